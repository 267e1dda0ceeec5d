import { nobody, type Party } from '../../../calls/call.ts';
import type { LineFact } from '../facts.ts';
import { isNumber, isSomebody, sameParty } from '../values.ts';
import type { Channel, Channels } from './channels.ts';
import { type LineCall, ownChannel } from './line-call.ts';

/** The ends of the call, as they are known now. */
export function endsOf(call: LineCall): Pick<LineFact, 'caller' | 'called' | 'connected' | 'redirecting'> {
  return {
    caller: call.caller,
    called: call.called,
    redirecting: call.redirecting,
    connected: connectedEnd(call),
  };
}

/** Learns the ends from the channels: who called is settled by the first that is known, its name may follow. */
export function learnEnds(call: LineCall, channels: Channels): void {
  if (call.direction === 'inbound') learnInbound(call, channels);
  else if (call.direction === 'outbound') learnOutbound(call);
}

function learnInbound(call: LineCall, channels: Channels): void {
  const own = ownChannel(call);
  call.shownFirst ??= isSomebody(own.connected) ? own.connected : undefined;
  if (!call.source) findSource(call, own, channels);
  const caller = call.source ? partyAt(call.source) : call.shownFirst;
  if (caller && isSomebody(caller)) call.caller = caller;
  const sender = call.source?.transferredBy ?? channels.get(own.dialer)?.transferredBy;
  if (sender && !call.answered) call.redirecting = sender;
  if (!call.answered || call.called === nobody) call.called = inboundCalled(call, own, sender !== undefined);
}

/** The caller's channel: the one that began the call or that calls the phone, if it is the number that is shown there. */
function findSource(call: LineCall, own: Channel, channels: Channels): void {
  for (const channel of [channels.get(own.linked), channels.get(own.dialer)]) {
    if (!channel || channel.local || call.channels.has(channel) || !isSomebody(channel.caller)) continue;
    const { number, withheld } = channel.caller;
    if (call.shownFirst && call.shownFirst.number !== number && !withheld) continue;
    call.source = channel;
    channel.shownBy.add(call);
    return;
  }
}

/** Whose phone a channel is: where a program lifted it, its CallerID may be whom it calls. */
export const partyAt = ({ line, caller }: Channel): Party => ({
  ...caller,
  number: line?.extension || caller.number,
  name: line?.person || caller.name,
});

/** What the caller dialled, or who sent the caller here, where that is a number; otherwise the phone's own. */
function inboundCalled(call: LineCall, own: Channel, sentHere: boolean): Party {
  const ways = [call.source?.dialled ?? '', own.dialerExten];
  const dialled = (sentHere ? ways.reverse() : ways).find(isNumber);
  if (dialled === undefined || dialled === own.caller.number)
    return isSomebody(own.caller) ? own.caller : call.called;
  return { number: dialled, name: '' };
}

function learnOutbound(call: LineCall): void {
  const { head, line, originated } = call;
  const shown = originated ? nobody : head.caller;
  call.caller = { number: line.extension || shown.number, name: line.person || shown.name };
  const number = (typeof originated === 'object' ? originated.target : '') || head.dialled;
  // Whom the phone is shown is its own CallerID where that was set to what is dialled.
  const { connected } = ownChannel(call);
  const name = head.hasCalled && connected.name !== head.caller.name ? connected.name : '';
  call.called = { number: number || call.called.number, name: name || call.called.name };
}

/** Who is at the other end, where that is not who called or was called. */
function connectedEnd(call: LineCall): Party | undefined {
  if (!call.answered) return undefined;
  const { connected, caller } = ownChannel(call);
  const expected = call.direction === 'inbound' ? call.caller : call.called;
  const others = [expected, call.shownFirst, ...(call.originated ? [caller] : [])];
  if (connected.number === '' || others.some((other) => other?.number === connected.number)) return undefined;
  return connected;
}

/** Whether the ends are others than those that were told. */
export function endsChanged(call: LineCall): boolean {
  const ends = endsOf(call);
  return !(['caller', 'called', 'connected', 'redirecting'] as const).every((end) =>
    sameParty(call.told?.[end], ends[end]),
  );
}

/** Ids of one call: more come only from a call that is joined with others again and again. */
export const MAX_IDS = 64;

/** Learns by what ids the call is known. @returns whether there are new ones */
export function learnIds({ ids, channels }: LineCall): boolean {
  const before = ids.size;
  for (const { id, linked, dialer } of channels)
    for (const known of [id, linked, dialer]) if (known !== undefined && ids.size < MAX_IDS) ids.add(known);
  return ids.size > before;
}
