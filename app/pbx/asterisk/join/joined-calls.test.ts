import { describe, expect, it } from 'vitest';
import type { ChannelReport } from '../../port.ts';
import type { LineFact } from '../facts.ts';
import { JoinedCalls } from './joined-calls.ts';

type What = LineFact['what'];
const gone = (cause: 'unsaid' | 'answeredElsewhere' = 'unsaid'): What => ({ kind: 'gone', cause });

const native = (call: string, what: What, more: Partial<LineFact> = {}): LineFact => ({
  line: 'bob',
  source: 'native',
  call,
  ownChannel: call,
  ids: [call, 'trunk.1'],
  what,
  direction: 'inbound',
  ...more,
});

const dialPlan = (call: string, what: What, more: Partial<LineFact> = {}): LineFact => ({
  line: 'bob',
  source: 'dialPlan',
  call,
  ids: ['trunk.1'],
  what,
  direction: 'inbound',
  ...more,
});

/** `1 ringing`, with calls counted in their order. */
function told(reports: readonly ChannelReport[]): string[] {
  const calls = [...new Set(reports.map(({ channel }) => channel))];
  return reports.map(({ channel, what }) => {
    const cause = what.kind === 'gone' || what.kind === 'disconnected' ? ` ${what.cause}` : '';
    return `${calls.indexOf(channel) + 1} ${what.kind}${cause}`;
  });
}

function taken(...facts: LineFact[]): string[] {
  const calls = new JoinedCalls();
  return told(facts.flatMap((fact) => calls.take(fact)));
}

describe('one call of two sources', () => {
  it('joins facts that share an id, whichever comes first', () => {
    const [seen, said] = [native('b', { kind: 'ringing' }), dialPlan('d', { kind: 'ringing' })];
    expect(taken(seen, said)).toEqual(['1 ringing']);
    expect(taken(said, seen)).toEqual(['1 ringing']);
  });

  it('keeps lines apart, and calls that share nothing', () => {
    expect(
      taken(
        native('b', { kind: 'ringing' }),
        dialPlan('d', { kind: 'ringing' }, { line: 'carol' }),
        dialPlan('e', { kind: 'ringing' }, { ids: ['trunk.2'] }),
      ),
    ).toEqual(['1 ringing', '2 ringing', '3 ringing']);
  });

  it('keeps two channels of one phone apart, though they are of one Linkedid', () => {
    expect(
      taken(
        native('b', { kind: 'busy' }),
        native('c', { kind: 'ringing' }),
        dialPlan('d', { kind: 'busy' }, { ownChannel: 'b', ids: ['b', 'trunk.1'] }),
        native('c', gone()),
        native('b', gone()),
      ),
    ).toEqual(['1 busy', '2 ringing', '2 gone unsaid', '1 gone unsaid']);
    expect(
      taken(
        dialPlan('d', { kind: 'busy' }, { ownChannel: 'b', ids: ['b', 'trunk.1'] }),
        native('c', { kind: 'ringing' }),
      ),
    ).toEqual(['1 busy', '2 ringing']);
  });

  it('knows every id of a call that turned out to be the same, also where it is told with the same list again', () => {
    const calls = new JoinedCalls();
    const ids = ['trunk.1', 'local.3'];
    calls.take(dialPlan('d', { kind: 'ringing' }, { ids }));
    const [first] = calls.take(native('b', { kind: 'ringing' }, { ids: ['b'] }));
    calls.take(native('b', { kind: 'ringing' }, { ids: ['b', 'trunk.1'] }));
    calls.take(dialPlan('d', { kind: 'busy' }, { ids }));
    expect(calls.channelsOf(first?.channel ?? '')?.ids).toEqual(['b', 'trunk.1', 'local.3']);
  });

  it('ends what was told apart when it turns out to be the same', () => {
    const calls = new JoinedCalls();
    const reports = [
      ...calls.take(dialPlan('d', { kind: 'busy' }, { caller: { number: '0301', name: 'Zoë' } })),
      ...calls.take(native('b', { kind: 'busy' }, { ids: ['b'] })),
      ...calls.take(native('b', { kind: 'renamed' })),
      ...calls.take(native('b', gone())),
      ...calls.take(dialPlan('d', gone())),
    ];
    expect(told(reports)).toEqual(['1 busy', '2 busy', '1 gone unsaid', '2 renamed', '2 gone unsaid']);
    // What the dial plan said of the one is true of the other.
    expect(reports.at(-1)?.caller).toEqual({ number: '0301', name: 'Zoë' });
    expect(calls.listed(new Set())).toEqual(new Set());
  });
});

describe('whose word counts', () => {
  it('lets Asterisk end a call, whatever the dial plan says', () => {
    expect(
      taken(dialPlan('d', { kind: 'ringing' }), native('b', { kind: 'ringing' }), native('b', gone())),
    ).toEqual(['1 ringing', '1 gone unsaid']);
  });

  it('lets a call live as long as its channel does', () => {
    expect(
      taken(
        native('b', { kind: 'busy' }),
        dialPlan('d', { kind: 'busy' }),
        dialPlan('d', gone()),
        native('b', { kind: 'held' }),
        native('b', gone()),
      ),
    ).toEqual(['1 busy', '1 held', '1 gone unsaid']);
  });

  it('believes the dial plan where there is no channel of the phone', () => {
    expect(taken(dialPlan('d', { kind: 'ringing' }), dialPlan('d', gone('answeredElsewhere')))).toEqual([
      '1 ringing',
      '1 gone answeredElsewhere',
    ]);
  });

  it('takes the reason from the dial plan where Asterisk has none', () => {
    expect(
      taken(
        native('b', { kind: 'ringing' }),
        dialPlan('d', { kind: 'ringing' }),
        dialPlan('d', gone('answeredElsewhere')),
        native('b', gone()),
      ),
    ).toEqual(['1 ringing', '1 gone answeredElsewhere']);
  });

  it('takes states from Asterisk: a word of the dial plan may be meant for another line', () => {
    expect(
      taken(
        dialPlan('d', { kind: 'ringing' }),
        native('b', { kind: 'ringing' }),
        dialPlan('d', { kind: 'busy' }),
        native('b', gone()),
      ),
    ).toEqual(['1 ringing', '1 gone unsaid']);
  });

  it('hears from the dial plan what Asterisk cannot tell of an outgoing call', () => {
    const out = { direction: 'outbound', ids: ['b'] } as const;
    expect(
      taken(
        native('b', { kind: 'offHook' }, out),
        native('b', { kind: 'dialed' }, out),
        dialPlan('d', { kind: 'proceeding' }, out),
        // Later, and no news.
        native('b', { kind: 'proceeding' }, out),
        // An announcement of the PBX itself: no channel answers.
        dialPlan('d', { kind: 'busy' }, out),
        native('b', { kind: 'ringing' }, out),
        native('b', gone(), out),
      ),
    ).toEqual(['1 offHook', '1 dialed', '1 proceeding', '1 busy', '1 gone unsaid']);
  });

  it('takes ends from the dial plan, and from Asterisk what it does not say', () => {
    const calls = new JoinedCalls();
    calls.take(
      native(
        'b',
        { kind: 'ringing' },
        { caller: { number: '+49301234567', name: 'Zoë' }, called: party('500') },
      ),
    );
    const [report] = calls.take(dialPlan('d', { kind: 'ringing' }, { caller: party('0301234567') }));
    expect(report).toMatchObject({
      what: { kind: 'renamed' },
      caller: { number: '0301234567', name: 'Zoë' },
      called: party('500'),
    });
    // A name goes with its own number only.
    const [other] = calls.take(dialPlan('d', { kind: 'renamed' }, { caller: party('0891') }));
    expect(other?.caller).toEqual(party('0891'));
  });

  it('says internal only where a source does', () => {
    const calls = new JoinedCalls();
    const [seen] = calls.take(native('b', { kind: 'ringing' }, { origin: 'inbound' }));
    expect(seen).toMatchObject({ internal: false, origin: 'inbound' });
    const [alone] = new JoinedCalls().take(dialPlan('d', { kind: 'ringing' }));
    expect(alone).toMatchObject({ internal: false, origin: 'inbound' });
    const [said] = calls.take(dialPlan('d', { kind: 'ringing' }, { origin: 'internal' }));
    expect(said).toMatchObject({ internal: true, origin: 'internal', what: { kind: 'renamed' } });
  });
});

const party = (number: string) => ({ number, name: '' });

describe('what is told', () => {
  it('tells a repeated fact once', () => {
    const ringing = native('b', { kind: 'ringing' });
    expect(taken(ringing, ringing, native('b', gone()), native('b', gone()), ringing)).toEqual([
      '1 ringing',
      '1 gone unsaid',
    ]);
  });

  it('tells nothing of a call that ends before it began', () => {
    expect(taken(dialPlan('d', { kind: 'renamed' }), dialPlan('d', gone()))).toEqual([]);
  });

  it('begins no incoming call with a state of outgoing ones', () => {
    expect(taken(native('b', { kind: 'proceeding' }), native('b', gone()))).toEqual([]);
  });

  it('goes no way back before the answer, nor to ringing after it', () => {
    const out = { direction: 'outbound' } as const;
    expect(
      taken(
        native('b', { kind: 'ringing' }, out),
        native('b', { kind: 'dialed' }, out),
        native('b', { kind: 'busy' }, out),
        native('b', { kind: 'ringing' }, out),
        native('b', { kind: 'held' }, out),
        native('b', { kind: 'busy' }, out),
      ),
    ).toEqual(['1 ringing', '1 busy', '1 held', '1 retrieved']);
  });

  it('leaves BUSY for an answer by way of UNKNOWN: TAPI knows no other', () => {
    const out = { direction: 'outbound' } as const;
    expect(
      taken(
        native('b', { kind: 'farBusy' }, out),
        native('b', { kind: 'proceeding' }, out),
        native('b', { kind: 'busy' }, out),
      ),
    ).toEqual(['1 farBusy', '1 unclear', '1 busy']);
  });

  it('tells nothing but the end after a disconnection', () => {
    const over: What = { kind: 'disconnected', cause: 'unsaid' };
    expect(
      taken(
        dialPlan('d', { kind: 'busy' }),
        dialPlan('d', over),
        dialPlan('d', { kind: 'busy' }),
        dialPlan('d', gone()),
      ),
    ).toEqual(['1 busy', '1 disconnected unsaid', '1 gone unsaid']);
  });
});

describe('calls that were asked for', () => {
  const asked = { id: 'tapi-1', line: 'bob', call: 7, kind: 'dial', target: '0301' } as const;
  const out = { direction: 'outbound', ids: ['tapi-1'] } as const;

  it('name what they were asked for', () => {
    const calls = new JoinedCalls();
    calls.originated(asked);
    const reports = [
      ...calls.take(native('x', { kind: 'ringing' })),
      ...calls.take(native('tapi-1', { kind: 'offHook' }, out)),
      ...calls.take(native('tapi-1', gone(), out)),
    ];
    expect(reports.map(({ call }) => call)).toEqual([undefined, 7, 7]);
  });

  it('are of their own line only, and of one call', () => {
    const calls = new JoinedCalls();
    calls.originated(asked);
    // The colleague's phone that rings for it, and the own one called in return.
    const called = { ids: ['c', 'tapi-1'] };
    const [there] = calls.take(native('c', { kind: 'ringing' }, { ...called, line: 'carol' }));
    const [here] = calls.take(native('c2', { kind: 'ringing' }, called));
    expect([there?.call, here?.call]).toEqual([undefined, undefined]);
  });
});

describe('a new session', () => {
  it('with an Asterisk that was started anew may hear names of before, of other calls', () => {
    const calls = new JoinedCalls();
    calls.take(native('b', { kind: 'busy' }));
    calls.reset();
    calls.take(native('b', gone()));
    calls.listed(new Set());
    expect(told(calls.take(native('b', { kind: 'ringing' })))).toEqual(['1 ringing']);
  });

  it('goes on with the calls that live, under their names', () => {
    const calls = new JoinedCalls();
    const [before] = calls.take(native('b', { kind: 'busy' }));
    calls.take(native('c', { kind: 'busy' }, { ids: ['c'] }));
    calls.reset();
    const [again] = calls.take(native('b', { kind: 'busy' }));
    expect(again).toEqual(before);
    expect(calls.listed(new Set(['b', 'trunk.1']))).toEqual(new Set([before?.channel]));
  });

  it('knows who the dial plan said it is, though that is not said again', () => {
    const calls = new JoinedCalls();
    const zoe = { number: '0301', name: 'Zoë' };
    calls.take(native('b', { kind: 'busy' }, { caller: { number: '0301', name: '' }, origin: 'inbound' }));
    calls.take(dialPlan('d', { kind: 'busy' }, { caller: zoe, origin: 'external' }));
    calls.reset();
    const seen = { caller: { number: '0301', name: '' }, origin: 'inbound' } as const;
    const [again] = calls.take(native('b', { kind: 'held' }, seen));
    expect(again).toMatchObject({ what: { kind: 'held' }, caller: zoe, origin: 'external' });
    expect(told(calls.take(dialPlan('d', gone()))), 'the phone still talks').toEqual([]);
    expect(told(calls.take(native('b', gone())))).toEqual(['1 gone unsaid']);
  });

  it('keeps a call of the dial plan whose channel lives', () => {
    const calls = new JoinedCalls();
    const [before] = calls.take(dialPlan('d', { kind: 'ringing' }));
    calls.reset();
    expect(calls.listed(new Set(['trunk.1']))).toEqual(new Set([before?.channel]));
    expect(told(calls.take(dialPlan('d', gone())))).toEqual(['1 gone unsaid']);
  });

  it('forgets what a whole session said nothing of, where nothing is listed', () => {
    const calls = new JoinedCalls();
    const [before] = calls.take(dialPlan('d', { kind: 'busy' }));
    calls.reset();
    expect(calls.channelsOf(before?.channel ?? ''), 'a word of it may still come').toBeDefined();
    calls.reset();
    expect(calls.channelsOf(before?.channel ?? '')).toBeUndefined();
  });

  it('and one after it keep a call that was listed', () => {
    const calls = new JoinedCalls();
    const [before] = calls.take(dialPlan('d', { kind: 'busy' }));
    for (const _ of [1, 2, 3]) {
      calls.reset();
      expect(calls.listed(new Set(['trunk.1']))).toEqual(new Set([before?.channel]));
    }
  });

  it('does not take the channel of one call for the other of the same phone', () => {
    const calls = new JoinedCalls();
    const [first] = calls.take(native('b', { kind: 'held' }));
    const [second] = calls.take(native('c', { kind: 'busy' }));
    calls.reset();
    const [again] = calls.take(native('c', { kind: 'busy' }));
    expect(again?.channel).toBe(second?.channel);
    expect(calls.listed(new Set(['c', 'trunk.1'])).has(first?.channel ?? '')).toBe(true);
    expect(calls.listed(new Set(['c']))).toEqual(new Set([second?.channel]));
  });
});

it('says which channels a call stands for', () => {
  const calls = new JoinedCalls();
  const [report] = calls.take(dialPlan('d', { kind: 'ringing' }));
  const channel = report?.channel ?? '';
  expect(calls.channelsOf(channel)).toEqual({ ids: ['trunk.1'] });
  calls.take(native('b', { kind: 'ringing' }));
  expect(calls.channelsOf(channel)).toEqual({ own: 'b', ids: ['trunk.1', 'b'] });
  calls.take(native('b', gone()));
  expect(calls.channelsOf(channel)).toBeUndefined();
});
