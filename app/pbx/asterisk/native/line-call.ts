import { nobody, type Party } from '../../../calls/call.ts';
import type { ChannelReport } from '../../port.ts';
import type { AsteriskLine } from '../account.ts';
import type { LineFact } from '../facts.ts';
import type { Originated } from '../originated.ts';
import type { Channel } from './channels.ts';

/** How a call stands, as far as Asterisk's own events can tell. */
export type NativeKind = Extract<
  ChannelReport['what']['kind'],
  'offHook' | 'dialed' | 'proceeding' | 'ringing' | 'farBusy' | 'busy' | 'held'
>;

/**
 * One call of one line: the channel of its phone, and the Local channels that stood in for it. What is settled once is
 * kept here; everything else is read from the channels.
 */
export type LineCall = {
  /** The Uniqueid of its first channel, or that and a word: LineFact.call. */
  readonly key: string;
  readonly line: AsteriskLine;
  /** The channel it began with. It may end before the call does. */
  readonly head: Channel;
  /** Those that live. */
  readonly channels: Set<Channel>;
  /** Asked for by this adapter, or `elsewhere`: by another program. */
  originated: Originated | 'elsewhere' | undefined;
  /** Undefined while it could be either. */
  direction: 'inbound' | 'outbound' | undefined;
  rang: boolean;
  answered: boolean;
  /** A call at another phone that this one took over. */
  readonly pickedUp: boolean;
  /** Every Uniqueid and Linkedid that belonged to it. */
  readonly ids: Set<string>;
  caller: Party;
  called: Party;
  redirecting: Party;
  /** Whom the phone was shown when it began to ring. */
  shownFirst: Party | undefined;
  /** The channel that is the caller. */
  source: Channel | undefined;
  /** What was told last. */
  told: LineFact | undefined;
};

/** The call that a channel of a line's phone begins. */
export function newCall(head: Channel, line: AsteriskLine, asked: Originated | undefined): LineCall {
  const originated = asked ?? (isAskedElsewhere(head) ? 'elsewhere' : undefined);
  return { ...noCall(head, line), originated, direction: firstDirection(originated, head) };
}

/** The call at another phone that a line's phone has taken over. */
export const takenCall = (head: Channel, line: AsteriskLine): LineCall => ({
  ...noCall(head, line),
  key: `${head.id} picked up`,
  direction: 'inbound',
  pickedUp: true,
});

const noCall = (head: Channel, line: AsteriskLine): LineCall => ({
  key: head.id,
  line,
  head,
  originated: undefined,
  pickedUp: false,
  channels: new Set(),
  direction: undefined,
  rang: false,
  answered: false,
  ids: new Set(),
  caller: nobody,
  called: nobody,
  redirecting: nobody,
  shownFirst: undefined,
  source: undefined,
  told: undefined,
});

/** A phone that is called without a caller, or was lifted before a number was called: another program wants it so. */
function isAskedElsewhere({ id, linked, state, bridge, hasCalled }: Channel): boolean {
  if (id !== linked) return false;
  return state === 'down' || state === 'ringing' || (state === 'up' && bridge === undefined && hasCalled);
}

/** Undefined while it could be either. */
function firstDirection(
  originated: LineCall['originated'],
  { state, id, linked }: Channel,
): LineCall['direction'] {
  if (originated === 'elsewhere') return undefined;
  if (originated) return originated.kind === 'pickup' ? 'inbound' : 'outbound';
  // The first channel of a call is the caller's.
  return state === 'ring' || id === linked ? 'outbound' : 'inbound';
}

/** The phone itself rather than what stands in for it. */
export function ownChannel({ channels, head }: LineCall): Channel {
  let own: Channel | undefined;
  for (const channel of channels) if (!own || own.local) own = channel;
  return own ?? head;
}

/** How the call stands; undefined as long as there is nothing to tell. Reads only, but for what stays once it was. */
export function kindOf(call: LineCall): NativeKind | undefined {
  if (call.direction === undefined) return undefined;
  call.answered ||= isAnswered(call);
  if (call.answered) return isHeld(call) ? 'held' : 'busy';
  return call.direction === 'inbound' ? inboundKind(call) : outboundKind(call);
}

/** Whether the phone put the other end aside. */
function isHeld({ channels }: LineCall): boolean {
  for (const { held } of channels) if (held !== undefined) return true;
  return false;
}

/**
 * A phone that was lifted for a call that is still to be made talks to nobody: there the far end has to answer. The
 * channel that was asked for tells that, not what its Local channel calls to reach the phone.
 */
function isAnswered({ originated, pickedUp, channels, head, direction }: LineCall): boolean {
  if (pickedUp) return true;
  const telling = originated && channels.has(head) ? [head] : channels;
  for (const { state, bridge, legs } of telling) {
    if (state === 'up' && (bridge !== undefined || !originated)) return true;
    if (direction === 'outbound' && [...legs.values()].includes('answered')) return true;
  }
  return false;
}

function inboundKind(call: LineCall): NativeKind | undefined {
  for (const { state } of call.channels) call.rang ||= state === 'ringing';
  return call.rang ? 'ringing' : undefined;
}

function outboundKind({ originated, head }: LineCall): NativeKind | undefined {
  const legs = [...head.legs.values()];
  if (legs.includes('ringing')) return 'ringing';
  if (legs.length > 0) return 'proceeding';
  if (head.hasCalled) return head.legFailure === 'BUSY' ? 'farBusy' : 'proceeding';
  if (originated === undefined) return 'dialed';
  if (originated === 'elsewhere') return undefined;
  return head.state === 'up' ? 'dialed' : 'offHook';
}
