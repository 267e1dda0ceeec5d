import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, CallState, CallVerb } from './call.ts';
import { features } from './features.ts';
import { begin, type CallEvent, type CallSeed, reduce } from './reduce.ts';
import type { CallEventType } from './transitions.ts';

/** States of a conference, and UNKNOWN, which may stand for any state. */
const joined: readonly CallState[] = ['conferenced', 'onHoldPendConf', 'unknown'];

/**
 * The TSPI reference's table of legal transitions (section 5.1), row by row as it stands there: what is marked as
 * usable or tolerated. Written from the reference, not from the code.
 */
const legal: Readonly<Record<string, readonly CallState[]>> = {
  'new inbound': ['offering', 'accepted', 'connected', 'onHold'],
  'new outbound': ['dialtone', 'dialing', 'proceeding', 'connected', 'disconnected'],
  offering: ['idle', 'accepted', 'connected', 'disconnected', 'unknown'],
  accepted: ['idle', 'connected', 'disconnected', 'unknown'],
  dialtone: ['idle', 'dialing', 'proceeding', 'connected', 'disconnected', 'unknown'],
  dialing: ['idle', 'proceeding', 'ringback', 'busy', 'connected', 'disconnected', 'unknown'],
  proceeding: ['idle', 'ringback', 'busy', 'connected', 'onHold', 'disconnected', 'unknown', 'specialInfo'],
  ringback: ['idle', 'busy', 'connected', 'disconnected', 'unknown', 'specialInfo'],
  busy: ['idle', 'disconnected', 'unknown'],
  connected: ['idle', 'connected', 'onHold', 'onHoldPendTransfer', 'disconnected', ...joined],
  onHold: ['idle', 'connected', 'onHoldPendTransfer', 'disconnected', ...joined],
  onHoldPendTransfer: ['idle', 'connected', 'onHold', 'disconnected', ...joined],
  // The reference has no rows for these: what a conference or an announcement can turn into.
  conferenced: ['idle', 'connected', 'onHold', 'onHoldPendTransfer', 'disconnected', ...joined],
  onHoldPendConf: ['idle', 'connected', 'onHold', 'onHoldPendTransfer', 'disconnected', ...joined],
  specialInfo: ['idle', 'connected', 'disconnected', 'unknown'],
  disconnected: ['idle'],
  idle: [],
};

/** The reference's features per state (section 5.8), for the verbs a call of ours can have. */
const offered: Readonly<Record<string, readonly CallVerb[]>> = {
  idle: [],
  unknown: [],
  offering: ['drop', 'answer', 'accept', 'redirect'],
  accepted: ['drop', 'answer', 'redirect'],
  dialtone: ['drop', 'dial'],
  dialing: ['drop', 'dial'],
  proceeding: ['drop', 'blindTransfer', 'hold'],
  ringback: ['drop'],
  busy: ['drop'],
  connected: ['drop', 'hold', 'blindTransfer', 'generateDigits'],
  onHold: ['drop', 'unhold'],
  onHoldPendTransfer: ['drop', 'unhold'],
  specialInfo: ['drop'],
  conferenced: ['drop'],
  onHoldPendConf: ['drop', 'unhold'],
  disconnected: ['drop'],
};

const verbs: readonly CallVerb[] = [
  'accept',
  'answer',
  'blindTransfer',
  'dial',
  'drop',
  'generateDigits',
  'hold',
  'redirect',
  'unhold',
];

const seed = (direction: 'inbound' | 'outbound', can: readonly CallVerb[] = verbs): CallSeed => ({
  id: 1,
  line: 'pbx/anna',
  direction,
  origin: direction === 'outbound' ? 'outbound' : 'external',
  reason: 'direct',
  can: new Set(can),
});

const plain: readonly Exclude<CallEventType, 'disconnected' | 'ended' | 'farBusy'>[] = [
  'offered',
  'accepted',
  'offHook',
  'dialed',
  'proceeding',
  'ringing',
  'answered',
  'held',
  'heldForTransfer',
  'heldForConference',
  'conferenced',
  'retrieved',
  'specialInfo',
  'unclear',
];

const party = fc.record({ number: fc.string({ maxLength: 6 }), name: fc.string({ maxLength: 6 }) });
const parties = fc.option(fc.record({ caller: party, called: party }, { requiredKeys: [] }), {
  nil: undefined,
});
const event: fc.Arbitrary<CallEvent> = fc
  .tuple(
    fc.oneof(
      ...plain.map((type) => fc.constant({ type })),
      fc.constant({ type: 'described' } as const),
      fc.constantFrom('station', 'trunk').map((mode) => ({ type: 'farBusy', mode }) as const),
      fc.constantFrom('normal', 'busy', 'pickup').map((mode) => ({ type: 'ended', mode }) as const),
      fc.constant({ type: 'disconnected', mode: 'normal' } as const),
    ),
    fc.nat(),
    parties,
  )
  .map(([what, at, known]) => ({ ...what, at, ...(known && { parties: known }) }) as CallEvent);

/** Every value a call goes through: one per published snapshot. */
function life(direction: 'inbound' | 'outbound', events: readonly CallEvent[], can = verbs): Call[] {
  const all: Call[] = [];
  for (const happened of events) {
    const last = all.at(-1);
    all.push(...(last ? reduce(last, happened) : begin(seed(direction, can), happened)));
  }
  return all;
}

const states = (calls: readonly Call[]): CallState[] => calls.map((call) => call.status.state);
const mode = (call: Call): unknown => ('mode' in call.status ? call.status.mode : undefined);
const direction = fc.constantFrom('inbound' as const, 'outbound' as const);

describe('any sequence of events', () => {
  it('begins with OFFERING or DIALTONE', () => {
    fc.assert(
      fc.property(direction, fc.array(event), (way, events) => {
        const [first] = life(way, events);
        if (first) expect(first.status.state).toBe(way === 'inbound' ? 'offering' : 'dialtone');
      }),
    );
  });

  it('takes only legal transitions', () => {
    fc.assert(
      fc.property(direction, fc.array(event, { maxLength: 30 }), (way, events) => {
        let from = `new ${way}`;
        for (const call of life(way, events)) {
          const to = call.status.state;
          if (to !== from && from !== 'unknown') expect(legal[from], `${from} -> ${to}`).toContain(to);
          from = to;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('repeats no state: the same state and mode come only with news of the parties', () => {
    fc.assert(
      fc.property(direction, fc.array(event, { maxLength: 30 }), (way, events) => {
        const calls = life(way, events);
        calls.slice(1).forEach((call, i) => {
          const before = calls[i] as Call;
          if (call.status.state !== before.status.state || mode(call) !== mode(before)) return;
          expect([call.caller, call.called]).not.toEqual([before.caller, before.called]);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('reaches IDLE at most once, and nothing comes after it', () => {
    fc.assert(
      fc.property(direction, fc.array(event, { maxLength: 30 }), (way, events) => {
        const all = states(life(way, events));
        const idle = all.indexOf('idle');
        if (idle >= 0) expect(idle).toBe(all.length - 1);
      }),
    );
  });

  it('ends in IDLE once the call has ended, exactly once', () => {
    fc.assert(
      fc.property(direction, fc.array(event, { maxLength: 20 }), (way, events) => {
        const end: CallEvent = { type: 'ended', mode: 'normal', at: 1 };
        const all = states(life(way, [...events, end, end]));
        if (all.length > 0) expect(all.filter((state) => state === 'idle')).toHaveLength(1);
      }),
    );
  });

  it('never offers what the state forbids or the PBX cannot', () => {
    fc.assert(
      fc.property(direction, fc.array(event), fc.subarray([...verbs]), (way, events, can) => {
        for (const call of life(way, events, can)) {
          for (const verb of features(call)) {
            expect(offered[call.status.state]).toContain(verb);
            expect(can).toContain(verb);
          }
        }
      }),
    );
  });

  it('leaves the values it was given as they were', () => {
    const call = Object.freeze(life('inbound', [{ type: 'offered', at: 1 }])[0] as Call);
    fc.assert(fc.property(event, (happened) => void reduce(call, happened)));
  });
});

describe('the sequences of the TSPI reference', () => {
  const at = 5;
  const run = (way: 'inbound' | 'outbound', ...events: CallEvent[]): CallState[] => states(life(way, events));

  it('5.2: a call comes in, is answered and dropped', () => {
    const talk = run(
      'inbound',
      { type: 'offered', at },
      { type: 'answered', at },
      { type: 'ended', mode: 'normal', at },
    );
    expect(talk).toEqual(['offering', 'connected', 'disconnected', 'idle']);
  });

  it('5.3: the caller gives up', () => {
    const missed = life('inbound', [
      { type: 'offered', at },
      { type: 'ended', mode: 'cancelled', at },
    ]);
    expect(states(missed)).toEqual(['offering', 'disconnected', 'idle']);
    expect(missed[1]?.status).toEqual({ state: 'disconnected', mode: 'cancelled' });
    expect(missed.at(-1)?.answered).toBe(false);
  });

  it('5.4: a call goes out and is answered', () => {
    const events: CallEvent[] = [
      { type: 'dialed', at },
      { type: 'ringing', at },
      { type: 'answered', at },
      { type: 'ended', mode: 'normal', at },
    ];
    expect(run('outbound', ...events)).toEqual([
      'dialtone',
      'dialing',
      'proceeding',
      'ringback',
      'connected',
      'disconnected',
      'idle',
    ]);
  });

  it('5.4: the far end is busy: no DISCONNECTED, as the driver before Tapline did it', () => {
    const events: CallEvent[] = [
      { type: 'dialed', at },
      { type: 'ringing', at },
      { type: 'farBusy', mode: 'station', at },
      { type: 'ended', mode: 'busy', at },
    ];
    expect(run('outbound', ...events)).toEqual([
      'dialtone',
      'dialing',
      'proceeding',
      'ringback',
      'busy',
      'idle',
    ]);
  });

  it('disconnected: over for those who talked, and IDLE comes with the end', () => {
    const talked = run(
      'inbound',
      { type: 'offered', at },
      { type: 'answered', at },
      { type: 'disconnected', mode: 'normal', at },
      { type: 'disconnected', mode: 'normal', at },
      { type: 'answered', at },
      { type: 'ended', mode: 'normal', at },
    );
    expect(talked).toEqual(['offering', 'connected', 'disconnected', 'idle']);
  });

  it.each<[string, CallEvent['type'], CallState]>([
    ['inbound', 'offered', 'offering'],
    ['inbound', 'answered', 'connected'],
    ['outbound', 'dialed', 'dialing'],
    ['outbound', 'ringing', 'ringback'],
    ['outbound', 'specialInfo', 'specialInfo'],
    ['outbound', 'answered', 'connected'],
  ])('UNKNOWN: %s, and %s leads out of it', (way, type, state) => {
    const told = run(way as 'inbound', { type: 'unclear', at }, { type: 'unclear', at }, {
      type,
      at,
    } as CallEvent);
    expect(told).toEqual([way === 'inbound' ? 'offering' : 'dialtone', 'unknown', state]);
  });

  it('UNKNOWN: what talked does not ring again', () => {
    const told = run(
      'inbound',
      { type: 'answered', at },
      { type: 'unclear', at },
      { type: 'offered', at },
      { type: 'held', at },
    );
    expect(told).toEqual(['offering', 'connected', 'unknown', 'onHold']);
  });

  it('a call goes into a conference and comes back from it', () => {
    const told = run(
      'inbound',
      { type: 'answered', at },
      { type: 'heldForConference', at },
      { type: 'conferenced', at },
      { type: 'retrieved', at },
      { type: 'ended', mode: 'normal', at },
    );
    expect(told.slice(2)).toEqual(['onHoldPendConf', 'conferenced', 'connected', 'disconnected', 'idle']);
  });

  it('the network says why a call cannot be made', () => {
    const told = run('outbound', { type: 'dialed', at }, { type: 'specialInfo', at });
    expect(told).toEqual(['dialtone', 'dialing', 'proceeding', 'specialInfo']);
  });

  it('5.1: a call found in the middle gets its first states', () => {
    expect(run('inbound', { type: 'answered', at })).toEqual(['offering', 'connected']);
    expect(run('outbound', { type: 'answered', at })).toEqual([
      'dialtone',
      'dialing',
      'proceeding',
      'connected',
    ]);
  });

  it('an incoming call that ends before anybody heard of it is no call', () => {
    expect(run('inbound', { type: 'ended', mode: 'normal', at })).toEqual([]);
  });
});

describe('who is connected', () => {
  const parties = { caller: { number: '1', name: 'Ada' }, called: { number: '2', name: 'Bob' } };
  it.each([
    ['inbound', parties.caller],
    ['outbound', parties.called],
  ] as const)('%s: the far end', (way, farEnd) => {
    const last = life(way, [{ type: 'answered', at: 1, parties }]).at(-1);
    expect(last?.connected).toEqual(farEnd);
    expect(last?.answered).toBe(true);
  });
});

describe('where a call came from', () => {
  it('may become known later: a new value, in the state it is in', () => {
    const calls = life('inbound', [
      { type: 'offered', at: 1 },
      { type: 'described', at: 2, origin: 'conference' },
      { type: 'described', at: 3, origin: 'conference' },
    ]);
    expect(calls.map(({ origin, status }) => [origin, status.state])).toEqual([
      ['external', 'offering'],
      ['conference', 'offering'],
    ]);
  });
});
