import type { Element } from '@xmpp/client';
import type { PbxListener, PhoneState } from '../port.ts';
import { decodeMessage } from './codec/incoming.ts';
import { phonePresence } from './codec/phone-presence.ts';
import type { UserInfo } from './codec/user-info.ts';
import { MAX_CHANNELS, MAX_EARLY_EVENTS } from './limits.ts';
import { channelReport, endedCall, pickupEvent } from './reports.ts';
import { NS_DELAY } from './session/namespaces.ts';
import type { Link } from './session/session.ts';
import { note, wireLine } from './trace.ts';
import { isOwn } from './users.ts';

/** What the PBX tells of its own accord, told on in the port's words. */
export type Events = {
  /** A new session begins: nothing of the one before holds, and what comes now waits until it is online. */
  readonly begin: () => void;
  /** The session is online: tells what has waited. */
  readonly online: (own: UserInfo, link: Link) => void;
  /** Takes a message or presence. Traces it, whatever becomes of it. */
  readonly take: (stanza: Element, link: Link) => void;
  /** The phone a channel is on, as far as events told. */
  readonly deviceOf: (channel: string) => string | undefined;
};

/** @param relocated is told when the user's phones are others than before */
export function createEvents({ event, trace }: PbxListener, relocated: (user: UserInfo) => void): Events {
  let own: UserInfo | undefined;
  /** What came while the user information was under way; undefined when the session is online. */
  let early: Element[] | undefined = [];
  const devices = new Map<string, string>();
  /** What was told last of the own phone. */
  let phoneState: PhoneState | undefined;

  /** A stanza that is not used is traced, with the reason. */
  const ignore = (stanza: Element, why: string) => {
    trace(wireLine('in', stanza));
    trace(note('ignored', why));
  };

  const tell = (stanza: Element, link: Link, user: UserInfo) => {
    if (stanza.name === 'presence') return tellPhone(stanza, link, user);
    const decoded = decodeMessage(stanza);
    if (!decoded.ok) return ignore(stanza, decoded.why);
    const { value } = decoded;
    if (value.kind === 'ended') {
      if (!isOwn(value.entry.user, user)) return ignore(stanza, 'a call of somebody else');
      trace(wireLine('in', stanza));
      return event({ type: 'ended', user: user.user, call: endedCall(value.entry) });
    }
    if (value.kind === 'located') {
      // The user information of a new session is younger than what had waited for the one before.
      if (isOld(stanza, link)) return ignore(stanza, 'a delayed SetLocation');
      trace(wireLine('in', stanza));
      own = { ...user, locations: value.locations };
      return relocated(own);
    }
    const { eventType } = value.event;
    // That a channel is gone stays true.
    if (isOld(stanza, link) && eventType !== 'hangup') return ignore(stanza, `a delayed ${eventType}`);
    if (value.kind === 'pickup') {
      trace(wireLine('in', stanza));
      return event(pickupEvent(value.event, user));
    }
    const { channel, device } = value.event;
    if (eventType === 'hangup') devices.delete(channel);
    else if (device !== '' && devices.size < MAX_CHANNELS) devices.set(channel, device);
    event({ type: 'channel', report: channelReport(value.event, user), wire: wireLine('in', stanza) });
  };

  const tellPhone = (stanza: Element, link: Link, { user }: UserInfo) => {
    trace(wireLine('in', stanza));
    const phone = phonePresence(stanza, link.address);
    if (phone === undefined || phone === phoneState) return;
    phoneState = phone;
    event({ type: 'phone', user, phone });
  };

  return {
    begin: () => {
      early = [];
      devices.clear();
      phoneState = undefined;
    },
    online: (user, link) => {
      own = user;
      const waiting = early ?? [];
      early = undefined;
      for (const stanza of waiting) tell(stanza, link, own);
    },
    take: (stanza, link) => {
      const from = stanza.attrs['from'];
      if (stanza.name === 'message' && from?.toLowerCase() !== `pbx.${link.address.domain}`.toLowerCase())
        ignore(stanza, `from ${from ?? 'nobody'}`);
      else if (own && early === undefined) tell(stanza, link, own);
      else if (early && early.length < MAX_EARLY_EVENTS) early.push(stanza);
      else ignore(stanza, 'too many events before the user information');
    },
    deviceOf: (channel) => devices.get(channel),
  };
}

/**
 * What waited for a session that had vanished is old news. In a session that was resumed it is what came while the
 * connection was down, in its order.
 */
const isOld = (stanza: Element, link: Link): boolean =>
  !link.resumed && stanza.getChild('delay', NS_DELAY) !== undefined;
