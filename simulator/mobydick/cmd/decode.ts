/** `<cmd/>` elements to commands. */
import type { Element } from '@xmpp/xml/index.js';
import { type AttributeFilter, COMMAND_LIMITS, type Command, type Subscription } from './commands.ts';

export type Decoded =
  | { readonly kind: 'command'; readonly command: Command }
  /** A well-formed command this PBX does not know. */
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'malformed'; readonly why: string };

const DEFAULT_JOURNAL_LIMIT = 100;

class Malformed extends Error {}

/** Reads the one command inside a `cmd`. Never throws. */
export function decodeCommand(cmd: Element): Decoded {
  const { module } = cmd.attrs;
  const [body, ...more] = cmd.getChildElements();
  if (module === undefined || body === undefined || more.length > 0) {
    return { kind: 'malformed', why: 'A cmd has a module and exactly one child' };
  }
  const name = `${module}.${body.name}`;
  try {
    const command = readCommand(name, body);
    return command === undefined ? { kind: 'unknown', name } : { kind: 'command', command };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', why: error.message };
    throw error;
  }
}

function readCommand(name: string, body: Element): Command | undefined {
  const optional = (attribute: string) => text(body, attribute, '');
  switch (name) {
    case 'xmppuser.ClientInfo':
      return { name, subscriptions: subscriptions(body.getChild('AddSubscription')) };
    case 'xmppuser.FindUserInfo':
      return { name, jid: optional('jid') };
    case 'event.AddSubscription':
    case 'event.RemoveSubscription':
      return { name, subscriptions: subscriptions(body) };
    case 'base.Dial':
      return {
        name,
        target: text(body, 'target'),
        prefix: text(body, 'prefix', 'auto'),
        device: optional('device'),
      };
    case 'base.DialFrom':
      return {
        name,
        identity: text(body, 'identity'),
        target: text(body, 'target'),
        prefix: text(body, 'prefix', 'auto'),
      };
    case 'base.Hangup':
      return { name, channel: optional('channel') };
    case 'base.Transfer':
      return {
        name,
        channel: text(body, 'channel'),
        target: text(body, 'target'),
        prefix: text(body, 'prefix', 'auto'),
      };
    case 'base.Pickup':
      return { name, target: text(body, 'target'), device: optional('device') };
    case 'phone.Offhook':
    case 'phone.Hold':
      return { name, device: text(body, 'device') };
    case 'journal.FindOwn':
      return { name, limit: limit(body) };
    case 'journal.FindByIdentity':
      return { name, identity: text(body, 'identity'), limit: limit(body) };
    case 'phonebook.Find':
      return { name, query: text(body, 'query') };
    case 'phonebook.FindAll':
      return { name };
    default:
      return undefined;
  }
}

/** An attribute; mandatory and not empty unless there is a fallback. */
function text(element: Element, attribute: string, fallback?: string): string {
  const value = element.attrs[attribute];
  if (value !== undefined && value.length > COMMAND_LIMITS.text) {
    throw new Malformed(`${attribute} is longer than ${COMMAND_LIMITS.text} characters`);
  }
  if (value !== undefined && value !== '') return value;
  if (fallback === undefined) throw new Malformed(`${element.name} needs ${attribute}`);
  return fallback;
}

function limit(element: Element): number {
  const value = text(element, 'limit', String(DEFAULT_JOURNAL_LIMIT));
  if (!/^[0-9]{1,9}$/.test(value)) throw new Malformed('limit is a number');
  return Math.min(Number(value), COMMAND_LIMITS.journal);
}

function subscriptions(list: Element | undefined): readonly Subscription[] {
  const elements = list?.getChildren('Subscription') ?? [];
  if (elements.length > COMMAND_LIMITS.subscriptions) throw new Malformed('Too many subscriptions');
  return elements.map(subscription);
}

function subscription(element: Element): Subscription {
  const scope = text(element, 'scope', 'user');
  if (scope !== 'user' && scope !== 'supervisor') throw new Malformed('scope is user or supervisor');
  const filters = element.getChildren('AttributeFilter');
  if (filters.length > COMMAND_LIMITS.filters) throw new Malformed('Too many filters');
  return {
    module: text(element, 'module'),
    type: text(element, 'type', '*'),
    scope,
    filters: filters.map(filter),
  };
}

function filter(element: Element): AttributeFilter {
  return { name: text(element, 'name'), equals: text(element, 'equals', '') };
}
