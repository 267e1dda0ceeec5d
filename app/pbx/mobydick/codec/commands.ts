import { type Element, xml } from '@xmpp/client';
import type { ClientIdentity } from '../ports.ts';
import { NS_CMD } from './elements.ts';
import { encodeSubscriptions, type Subscription } from './subscriptions.ts';

/** A command of the PBX, typed. */
export type Command =
  | {
      readonly name: 'ClientInfo';
      readonly identity: ClientIdentity;
      readonly user: string;
      readonly jid: string;
      readonly subscriptions: readonly Subscription[];
    }
  | { readonly name: 'Dial'; readonly target: string }
  | { readonly name: 'Hangup'; readonly channel: string }
  /** Keys of a phone. Hold takes back what is held (phone.Hold). */
  | { readonly name: 'Offhook' | 'Hold'; readonly device: string }
  /** Blind, of an active call (base.Transfer). */
  | { readonly name: 'Transfer'; readonly channel: string; readonly target: string }
  | { readonly name: 'Pickup'; readonly target: string }
  /** The newest finished calls of the signed-in user. */
  | { readonly name: 'FindOwn'; readonly limit: number };

/** The <cmd/> that goes into an iq of type get without an address. */
export function encodeCommand(command: Command): Element {
  switch (command.name) {
    case 'ClientInfo':
      return wrap('xmppuser', clientInfo(command));
    case 'Dial':
      return wrap('base', xml('Dial', { target: command.target, prefix: 'auto' }));
    case 'Hangup':
      return wrap('base', xml('Hangup', { channel: command.channel }));
    case 'Offhook':
    case 'Hold':
      return wrap('phone', xml(command.name, { device: command.device }));
    case 'Transfer': {
      const { channel, target } = command;
      return wrap('base', xml('Transfer', { channel, target, prefix: 'auto' }));
    }
    case 'Pickup':
      return wrap('base', xml('Pickup', { target: command.target }));
    case 'FindOwn':
      return wrap('journal', xml('FindOwn', { limit: String(command.limit) }));
  }
}

const wrap = (module: string, command: Element) => xml('cmd', { xmlns: NS_CMD, module }, command);

/** The server expects this one first after the sign-in. The address of the client is for fax printing: not told. */
function clientInfo(command: Command & { name: 'ClientInfo' }): Element {
  return xml(
    'ClientInfo',
    {},
    xml('os', {}, command.identity.os),
    xml('osUser', {}, command.identity.osUser),
    xml('clientVersion', {}, command.identity.version),
    xml('user', {}, command.user),
    xml('jid', {}, command.jid),
    xml('clientIp'),
    encodeSubscriptions(command.subscriptions),
  );
}
