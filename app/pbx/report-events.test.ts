import { describe, expect, it } from 'vitest';
import type { Call } from '../calls/call.ts';
import { begin, type CallEvent } from '../calls/reduce.ts';
import type { ChannelReport, GoneCause } from './port.ts';
import { reportEvents } from './report-events.ts';

const report = (
  what: ChannelReport['what'],
  direction: ChannelReport['direction'] = 'inbound',
  parties: Partial<ChannelReport> = {},
): ChannelReport => ({
  user: 'anna',
  channel: 'SIP/a-1',
  direction,
  internal: false,
  caller: { number: '', name: '' },
  called: { number: '', name: '' },
  redirecting: { number: '', name: '' },
  ...parties,
  what,
});

const gone = (cause: GoneCause): ChannelReport['what'] => ({ kind: 'gone', cause });

/** A call that rings, or talks. */
function call(type: 'offered' | 'answered'): Call {
  const seed = { id: 1, line: 'l', direction: 'inbound', origin: 'external', reason: 'direct' } as const;
  const states = begin({ ...seed, can: new Set() }, { type, at: 0 });
  const last = states.at(-1);
  if (!last) throw new Error('no call');
  return last;
}

const types = (events: readonly CallEvent[]): string[] =>
  events.map((event) => ('mode' in event ? `${event.type} ${event.mode}` : event.type));

describe('what a PBX reports, in the call model’s words', () => {
  it.each([
    ['ringing', 'inbound', 'offered'],
    ['ringing', 'outbound', 'ringing'],
    ['busy', 'inbound', 'answered'],
    ['busy', 'outbound', 'answered'],
    ['held', 'inbound', 'held'],
    ['retrieved', 'outbound', 'retrieved'],
    ['renamed', 'inbound', 'described'],
    ['accepted', 'inbound', 'accepted'],
    ['offHook', 'outbound', 'offHook'],
    ['dialed', 'outbound', 'dialed'],
    ['proceeding', 'outbound', 'proceeding'],
    ['farBusy', 'outbound', 'farBusy station'],
    ['specialInfo', 'outbound', 'specialInfo'],
    ['heldForTransfer', 'inbound', 'heldForTransfer'],
    ['heldForConference', 'inbound', 'heldForConference'],
    ['conferenced', 'outbound', 'conferenced'],
    ['unclear', 'inbound', 'unclear'],
  ] as const)('%s of an %s channel is %s', (kind, direction, type) => {
    expect(types(reportEvents(report({ kind }, direction), undefined, 7))).toEqual([type]);
  });

  it('carries the time and the ends that are known; the others stay as the call has them', () => {
    const caller = { number: '', name: '', withheld: true } as const;
    const [event] = reportEvents(
      report({ kind: 'ringing' }, 'inbound', { caller, called: { number: '370', name: '' } }),
      undefined,
      7,
    );
    expect(event).toEqual({
      type: 'offered',
      at: 7,
      parties: { caller, called: { number: '370', name: '' } },
    });
  });
});

describe('who answered, and where the call came from', () => {
  it('are told where the PBX says so', () => {
    const connected = { number: '372', name: 'Cleo' };
    const said = { connected, origin: 'conference' } as const;
    expect(reportEvents(report({ kind: 'busy' }, 'inbound', said), undefined, 7)).toEqual([
      { type: 'answered', at: 7, parties: { connected }, origin: 'conference' },
    ]);
  });
});

describe('a channel that is over and still there', () => {
  const over = (cause: GoneCause): ChannelReport['what'] => ({ kind: 'disconnected', cause });

  it.each<[GoneCause, 'inbound' | 'outbound', string]>([
    ['unsaid', 'inbound', 'disconnected normal'],
    ['noAnswer', 'inbound', 'disconnected normal'],
    ['congestion', 'outbound', 'disconnected congestion'],
    ['busy', 'outbound', 'farBusy station'],
  ])('%s, %s: %s', (cause, direction, event) => {
    expect(types(reportEvents(report(over(cause), direction), undefined, 7))).toEqual([event]);
  });

  it('ended normally when it had talked', () => {
    expect(types(reportEvents(report(over('busy')), call('answered'), 7))).toEqual(['disconnected normal']);
  });
});

describe('a channel that is gone', () => {
  it.each<[GoneCause, string]>([
    ['unsaid', 'ended normal'],
    ['busy', 'ended busy'],
    ['noAnswer', 'ended normal'],
    ['rejected', 'ended reject'],
    ['answeredElsewhere', 'ended pickup'],
    ['forwarded', 'ended forwarded'],
    ['failed', 'ended unreachable'],
    ['unknownNumber', 'ended badAddress'],
    ['congestion', 'ended congestion'],
    ['outOfOrder', 'ended outOfOrder'],
    ['cancelled', 'ended cancelled'],
  ])('%s: an incoming call that rang has %s', (cause, event) => {
    expect(types(reportEvents(report(gone(cause)), call('offered'), 7))).toEqual([event]);
  });

  it.each<[GoneCause, string[]]>([
    ['noAnswer', ['ended noAnswer']],
    ['busy', ['farBusy station', 'ended busy']],
    ['rejected', ['ended reject']],
  ])('%s: an outgoing call has %o', (cause, events) => {
    expect(types(reportEvents(report(gone(cause), 'outbound'), undefined, 7))).toEqual(events);
  });

  it.each<GoneCause>(['unsaid', 'busy', 'noAnswer', 'rejected', 'answeredElsewhere', 'forwarded', 'failed'])(
    '%s: a call that talked has ended normally',
    (cause) => {
      for (const direction of ['inbound', 'outbound'] as const)
        expect(types(reportEvents(report(gone(cause), direction), call('answered'), 7))).toEqual([
          'ended normal',
        ]);
    },
  );
});
