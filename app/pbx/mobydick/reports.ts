import { nobody, type Party } from '../../calls/call.ts';
import type { ChannelReport, EndedCall, GoneCause, PbxEvent } from '../port.ts';
import type { ChannelEvent, ChannelParty } from './codec/channel-event.ts';
import type { JournalEntry } from './codec/journal-entry.ts';
import type { PickupEvent } from './codec/pickup-event.ts';

/** The user whose calls these are. */
export type Owner = { readonly user: string; readonly extension: string };

/** What a ChannelEvent means in the port's words. */
export function channelReport(event: ChannelEvent, owner: Owner): ChannelReport {
  return {
    user: owner.user,
    channel: event.channel,
    direction: isOutbound(event, owner) ? 'outbound' : 'inbound',
    internal: event.internal,
    what: whatOf(event),
    caller: party(event.source),
    called: party(event.target),
    redirecting: party(event.from),
  };
}

/** Where the PBX does not say, the own extension on the calling side tells. */
function isOutbound(event: ChannelEvent, owner: Owner): boolean {
  return event.outbound ?? (owner.extension !== '' && event.source.number === owner.extension);
}

/** A word that is not known, or that ends nothing (transfer, redirect), brings names and numbers and no state. */
function whatOf(event: ChannelEvent): ChannelReport['what'] {
  switch (event.eventType) {
    case 'ringing':
      return { kind: 'ringing' };
    case 'busy':
      return { kind: 'busy' };
    case 'hold':
      return { kind: 'held' };
    case 'unhold':
      return { kind: 'retrieved' };
    case 'hangup':
      return { kind: 'gone', cause: goneCause(event.details) };
    default:
      return { kind: 'renamed' };
  }
}

/** The vendor documents no words for `eventDetails`: these are the ones a PBX on Asterisk would use. */
const CAUSES: Readonly<Record<string, GoneCause>> = {
  answeredelsewhere: 'answeredElsewhere',
  pickup: 'answeredElsewhere',
  busy: 'busy',
  userbusy: 'busy',
  noanswer: 'noAnswer',
  rejected: 'rejected',
  declined: 'rejected',
  callrejected: 'rejected',
  forwarded: 'forwarded',
  redirect: 'forwarded',
  redirected: 'forwarded',
  transferred: 'forwarded',
  failed: 'failed',
  congestion: 'failed',
  unobtainable: 'failed',
  chanunavail: 'failed',
};

function goneCause(details: string): GoneCause {
  const word = details.toLowerCase().replaceAll(/[^a-z]/g, '');
  return Object.hasOwn(CAUSES, word) ? (CAUSES[word] ?? 'unsaid') : 'unsaid';
}

/** What Asterisk and carriers write in place of a number that the caller hides, or that nobody knows. */
const WITHHELD = /^(anonymous|restricted|private|withheld)$/i;
const UNKNOWN = /^(<unknown>|unknown|unavailable)$/i;

function party({ number, name, callerIdName }: ChannelParty): Party {
  const shown = callerIdName || name;
  if (WITHHELD.test(number)) return { ...nobody, withheld: true };
  return { number: UNKNOWN.test(number) ? '' : number, name: UNKNOWN.test(shown) ? '' : shown };
}

/** What a PickupEvent means in the port's words. */
export function pickupEvent(event: PickupEvent, owner: Owner): PbxEvent {
  const { target } = event;
  if (event.eventType === 'gone') return { type: 'pickupGone', user: owner.user, target };
  const caller = party({ number: event.sourceNumber, name: event.sourceName, callerIdName: '' });
  return { type: 'pickupOffered', offer: { user: owner.user, target, targetName: event.colleague, caller } };
}

/** What a JournalEntry means in the port's words. */
export function endedCall({ inbound, number, timestamp, duration }: JournalEntry): EndedCall {
  return {
    direction: inbound ? 'inbound' : 'outbound',
    number: UNKNOWN.test(number) || WITHHELD.test(number) ? '' : number,
    began: timestamp,
    lasted: duration * 1_000,
  };
}
