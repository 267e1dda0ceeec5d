import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../ami/packet.ts';
import type { LineFact } from '../facts.ts';
import { phone } from '../testing/story.ts';
import { MAX_CHANNELS } from './channels.ts';
import { NativeCalls, PBX_ANSWERS } from './native-calls.ts';

const STATES = { Down: '0', Ring: '4', Ringing: '5', Up: '6' } as const;
type State = keyof typeof STATES;
type Seen = {
  readonly id: string;
  readonly state?: State;
  readonly linked?: string;
  readonly exten?: string;
};

/** The headers of a channel named by its id: `bob.2` is `PJSIP/bob-0000002`. */
function channel(
  { id, state = 'Up', linked = 'trunk.1', exten = '' }: Seen,
  prefix = '',
): [string, string][] {
  const [resource, number] = id.split('.');
  const own: Record<string, string> = { trunk: '0301', bob: '1002', alice: '1001', carol: '1003' };
  return [
    [`${prefix}Channel`, `PJSIP/${resource}-0000000${number}`],
    [`${prefix}ChannelState`, STATES[state]],
    [`${prefix}CallerIDNum`, own[resource ?? ''] ?? '<unknown>'],
    [`${prefix}CallerIDName`, '<unknown>'],
    [`${prefix}ConnectedLineNum`, '<unknown>'],
    [`${prefix}ConnectedLineName`, '<unknown>'],
    [`${prefix}Exten`, exten],
    [`${prefix}Uniqueid`, id],
    [`${prefix}Linkedid`, linked],
  ];
}

const event = (name: string, seen: Seen, more: Record<string, string> = {}): AmiPacket => ({
  headers: [['Event', name], ...channel(seen), ...Object.entries(more)],
});

const dial = (name: string, from: Seen, to: Seen, status = ''): AmiPacket => ({
  headers: [['Event', name], ...channel(from), ...channel(to, 'Dest'), ['DialStatus', status]],
});

const trunk: Seen = { id: 'trunk.1', state: 'Ring', exten: '500' };
const bob = (state: State): Seen => ({ id: 'bob.2', state });

const rings = [
  event('Newchannel', trunk),
  event('Newchannel', bob('Down')),
  dial('DialBegin', trunk, bob('Down')),
  event('Newstate', bob('Ringing')),
];
const answered = [...rings, event('Newstate', bob('Up')), dial('DialEnd', trunk, bob('Up'), 'ANSWER')];

const lines = [
  phone('PJSIP/bob', '1002', 'Bob Builder', 'bob'),
  phone('PJSIP/alice', '1001', 'Alice', 'alice'),
  phone('PJSIP/carol', '1003', 'Carol', 'carol'),
];

function taken(...packets: AmiPacket[]): LineFact[] {
  const calls = new NativeCalls(lines);
  return packets.flatMap((packet) => calls.take(packet, 0));
}

const told = (facts: readonly LineFact[]): string[] =>
  facts
    .filter(({ what }) => what.kind !== 'renamed')
    .map(({ line, what }) => `${line} ${what.kind}${what.kind === 'gone' ? ` ${what.cause}` : ''}`);

it('a session that is lost may find an Asterisk that counts anew: Uniqueids of before mean other channels', () => {
  const calls = new NativeCalls(lines);
  const kinds = (packets: readonly AmiPacket[]) =>
    packets.flatMap((packet) => calls.take(packet, 0)).map(({ what }) => what.kind);
  kinds(answered);
  kinds([event('Hangup', bob('Up'), { Cause: '16' }), event('Hangup', trunk, { Cause: '16' })]);
  // What comes late is no call.
  expect(kinds(answered)).toEqual([]);
  calls.lost();
  expect(kinds(answered)).toContain('busy');
  // The same where the end was missed.
  calls.lost();
  calls.beginListing();
  expect(calls.listed([]).map(({ what }) => what.kind)).toEqual(['gone']);
  expect(kinds(answered)).toContain('busy');
});

describe('facts, not sequences', () => {
  it('tells no more of packets that come twice', () => {
    expect(told(taken(...answered.flatMap((packet) => [packet, packet])))).toEqual(told(taken(...answered)));
  });

  it('does not care whether the phone rings before it is called', () => {
    const [, , begin, ringing] = rings;
    const early = [...rings.slice(0, 2), ringing, begin].flatMap((packet) => packet ?? []);
    expect(told(taken(...early))).toEqual(['bob ringing']);
  });

  it('takes a state that came late for what it is', () => {
    expect(told(taken(...answered, event('Newstate', bob('Ringing'))))).toEqual(['bob ringing', 'bob busy']);
    const dialled = { id: 'alice.1', linked: 'alice.1', state: 'Ring', exten: '5002' } as const;
    const leg = { id: 'carol.2', linked: 'alice.1' };
    const out = [
      event('Newchannel', dialled),
      dial('DialBegin', dialled, { ...leg, state: 'Down' }),
      event('Newstate', { ...leg, state: 'Ringing' }),
      dial('DialBegin', dialled, { ...leg, state: 'Down' }),
    ];
    expect(told(taken(...out).filter(({ line }) => line === 'alice'))).toEqual([
      'alice dialed',
      'alice proceeding',
      'alice ringing',
    ]);
  });

  it('believes nothing of a channel that has ended', () => {
    const hangup = event('Hangup', bob('Up'), { Cause: '16' });
    const late = [
      hangup,
      event('BridgeLeave', bob('Up')),
      dial('DialEnd', trunk, bob('Up'), 'ANSWER'),
      hangup,
    ];
    expect(told(taken(...answered, ...late))).toEqual(['bob ringing', 'bob busy', 'bob gone unsaid']);
    // Nor where its end is the first that is heard.
    expect(told(taken(hangup, ...answered))).toEqual([]);
  });

  it('begins in the middle of a call', () => {
    expect(told(taken(event('Hold', bob('Up'))))).toEqual(['bob held']);
    expect(taken(event('Newstate', { id: 'bob.2', linked: 'bob.2', state: 'Up' }))).toMatchObject([
      { direction: 'outbound', what: { kind: 'busy' } },
    ]);
  });

  it('means nothing by events of other channels, or of none', () => {
    const other: AmiPacket = { headers: [['Event', 'DTMFEnd'], ...channel(bob('Up'))] };
    expect(taken(other, { headers: [] }, { headers: [['Event', 'Newchannel']] })).toEqual([]);
  });
});

describe('how calls end', () => {
  const end = (cause: string, status = 'CANCEL', from = trunk) =>
    told(
      taken(
        ...rings,
        ...(from === trunk ? [event('HangupRequest', trunk)] : []),
        dial('DialEnd', from, bob('Ringing'), status),
        event('Hangup', bob('Ringing'), { Cause: cause }),
      ),
    ).at(-1);

  it.each([
    ['26', 'CANCEL', 'answeredElsewhere'],
    ['16', 'CANCEL', 'cancelled'],
    ['127', 'CANCEL', 'cancelled'],
    ['16', 'NOANSWER', 'noAnswer'],
    ['17', 'BUSY', 'rejected'],
    ['21', 'NOANSWER', 'rejected'],
    ['16', '', 'unsaid'],
  ])('cause %s after %s', (cause, status, told) => {
    expect(end(cause, status)).toBe(`bob gone ${told}`);
  });

  it('sent away by AMI Redirect: the caller goes on elsewhere', () => {
    expect(end('16', 'CANCEL', { ...trunk, exten: '5003' })).toBe('bob gone forwarded');
  });

  it('a queue stops ringing, and the caller waits on', () => {
    const stopped = [
      dial('DialEnd', trunk, bob('Ringing'), 'CANCEL'),
      event('Hangup', bob('Ringing'), { Cause: '0' }),
    ];
    expect(told(taken(...rings, ...stopped)).at(-1)).toBe('bob gone noAnswer');
  });

  it('forwarded by the phone itself', () => {
    const forwarded: AmiPacket = {
      headers: [...dial('DialEnd', trunk, bob('Ringing'), 'CANCEL').headers, ['Forward', '1003@phones']],
    };
    expect(told(taken(...rings, forwarded, event('Hangup', bob('Ringing'), { Cause: '16' }))).at(-1)).toBe(
      'bob gone forwarded',
    );
  });

  it('a busy phone is told once for each caller, however often a queue tries', () => {
    const refused = (id: string) => [
      event('Newchannel', { id, state: 'Down' }),
      dial('DialBegin', trunk, { id, state: 'Down' }),
      event('Hangup', { id, state: 'Down' }, { Cause: '17' }),
    ];
    const facts = taken(event('Newchannel', trunk), ...refused('bob.2'), ...refused('bob.3'));
    expect(told(facts)).toEqual(['bob ringing', 'bob gone busy']);
    expect(facts[0]?.caller).toEqual({ number: '0301', name: '' });
  });

  it('a phone that never rang tells nothing', () => {
    const quiet = [...rings.slice(0, 3), event('Hangup', bob('Down'), { Cause: '26' })];
    expect(told(taken(...quiet))).toEqual([]);
  });

  it.each([
    ['1', 'unknownNumber'],
    ['17', 'busy'],
    ['34', 'congestion'],
    ['27', 'outOfOrder'],
    ['16', 'unsaid'],
  ])('a call that was dialled, cause %s', (cause, expected) => {
    const own = { id: 'alice.1', linked: 'alice.1', state: 'Ring', exten: '123' } as const;
    const facts = taken(event('Newchannel', own), event('Hangup', own, { Cause: cause }));
    expect(told(facts)).toEqual(['alice dialed', `alice gone ${expected}`]);
  });
});

describe('lines and phones', () => {
  it('compares names without case, and knows a phone by either', () => {
    const calls = new NativeCalls([phone('Local/1002@Phones/n', '1002', '', 'pjsip/BOB')]);
    const facts = rings.flatMap((packet) => calls.take(packet, 0));
    expect(facts.map(({ line }) => line)).toEqual(['pjsip/BOB']);
  });

  it('takes a Local channel and the phone behind it for one call', () => {
    const calls = new NativeCalls([phone('Local/1002@phones', '1002', '', 'PJSIP/bob')]);
    const local = (half: string, state: State): [string, string][] => [
      ...channel({ id: `local.${half}`, state }).filter(([name]) => name !== 'Channel'),
      ['Channel', `Local/1002@phones-00000001;${half}`],
    ];
    const packet = (name: string, headers: [string, string][], more: [string, string][] = []): AmiPacket => ({
      headers: [['Event', name], ...headers, ...more],
    });
    const facts = [
      event('Newchannel', trunk),
      packet('Newchannel', local('1', 'Down')),
      packet('Newchannel', local('2', 'Ring')),
      event('Newchannel', bob('Down')),
      event('Newstate', bob('Ringing')),
      packet('Newstate', local('1', 'Ringing')),
      event('Newstate', bob('Up')),
      packet('Newstate', local('1', 'Up')),
      // They have optimised themselves away.
      packet('Hangup', local('1', 'Up'), [['Cause', '16']]),
      packet('Hangup', local('2', 'Up'), [['Cause', '16']]),
      event('Hangup', bob('Up'), { Cause: '16' }),
    ].flatMap((one) => calls.take(one, 0));
    expect(told(facts)).toEqual(['PJSIP/bob ringing', 'PJSIP/bob busy', 'PJSIP/bob gone unsaid']);
    expect(facts.at(-2)?.ownChannel).toBe('bob.2');
  });

  it('calls a call internal that a colleague’s line makes', () => {
    const caller: Seen = { id: 'alice.1', linked: 'alice.1', state: 'Ring', exten: '1002' };
    const called: Seen = { id: 'bob.2', linked: 'alice.1', state: 'Ringing' };
    const facts = taken(event('Newchannel', caller), event('Newchannel', called));
    expect(facts.find(({ line }) => line === 'bob')).toMatchObject({
      origin: 'internal',
      caller: { number: '1001', name: 'Alice' },
      called: { number: '1002', name: '' },
    });
    expect(taken(...rings).find(({ line }) => line === 'bob')?.origin).toBe('inbound');
  });

  it('hides a caller who hides, from the first report on', () => {
    const hidden = event('NewCallerid', trunk, {
      'CID-CallingPres': '35 (Presentation Prohibited, Network Number)',
    });
    const shown: AmiPacket = {
      headers: event('NewConnectedLine', bob('Down')).headers.map(([name, value]) =>
        name === 'ConnectedLineNum' ? [name, '0301'] : [name, value],
      ),
    };
    const [first, ...rest] = rings;
    const facts = taken(...[first, hidden, shown, ...rest].flatMap((packet) => packet ?? []));
    expect(facts.map(({ caller }) => caller)).toEqual(
      facts.map(() => ({ number: '', name: '', withheld: true })),
    );
    expect(told(facts)).toEqual(['bob ringing']);
  });
});

describe('calls that were asked for', () => {
  const own = (state: State): Seen => ({ id: 'alice.1', linked: 'alice.1', state });
  const dialled = (calls: NativeCalls) =>
    [
      event('Newchannel', own('Down')),
      event('Newstate', own('Ringing')),
      event('Newstate', own('Up')),
      dial('DialBegin', { ...own('Up'), exten: '5009' }, { id: 'trunk.2', linked: 'alice.1', state: 'Down' }),
      dial('DialEnd', own('Up'), { id: 'trunk.2', linked: 'alice.1' }, 'ANSWER'),
    ].flatMap((packet) => calls.take(packet, 0));

  it('begin when the own phone is called; the far end has to answer', () => {
    const calls = new NativeCalls(lines);
    calls.originated({ id: 'alice.1', line: 'alice', call: 1, kind: 'dial', target: '5009' });
    expect(told(dialled(calls))).toEqual(['alice offHook', 'alice dialed', 'alice proceeding', 'alice busy']);
  });

  it('keep what they were, whatever comes late', () => {
    const calls = new NativeCalls(lines);
    calls.originated({ id: 'alice.1', line: 'alice', call: 1, kind: 'dial', target: '5009' });
    const states: State[] = ['Down', 'Ringing', 'Up', 'Ringing'];
    const facts = states.flatMap((state) => calls.take(event('Newstate', own(state)), 0));
    expect(told(facts)).toEqual(['alice offHook', 'alice dialed']);
  });

  it('are answered by the PBX where nobody is called for a while', () => {
    const calls = new NativeCalls(lines);
    calls.originated({ id: 'alice.1', line: 'alice', call: 1, kind: 'dial', target: '*97' });
    calls.take(event('Newchannel', own('Down')), 1_000);
    expect(calls.due()).toBeUndefined();
    calls.take(event('Newstate', own('Up')), 2_000);
    calls.take(event('NewConnectedLine', own('Up')), 4_000);
    expect(calls.due()).toBe(2_000 + PBX_ANSWERS);
    expect(calls.elapsed(2_000 + PBX_ANSWERS - 1)).toEqual([]);
    expect(told(calls.elapsed(2_000 + PBX_ANSWERS))).toEqual(['alice busy']);
    expect(calls.due()).toBeUndefined();
  });

  it('are not, where somebody is called in time, or it is over', () => {
    const calls = new NativeCalls(lines);
    calls.originated({ id: 'alice.1', line: 'alice', call: 1, kind: 'dial', target: '5009' });
    dialled(calls);
    expect(calls.due()).toBeUndefined();
    calls.originated({ id: 'alice.9', line: 'alice', call: 2, kind: 'dial', target: '5009' });
    calls.take(event('Newstate', { id: 'alice.9', linked: 'alice.9', state: 'Up' }), 0);
    expect(calls.due()).toBe(PBX_ANSWERS);
    calls.take(event('Hangup', { id: 'alice.9', linked: 'alice.9' }, { Cause: '16' }), 1);
    expect(calls.due()).toBeUndefined();
  });

  it('of another program begin when they are on their way', () => {
    const facts = dialled(new NativeCalls(lines));
    expect(told(facts)).toEqual(['alice proceeding', 'alice busy']);
    expect(facts[0]).toMatchObject({ direction: 'outbound', called: { number: '5009' } });
  });

  it('as a pickup come in', () => {
    const calls = new NativeCalls(lines);
    calls.originated({ id: 'alice.1', line: 'alice', call: 1, kind: 'pickup', target: '1002' });
    const facts = [
      ...rings,
      event('Newchannel', own('Down')),
      event('Newstate', own('Ringing')),
      event('Newstate', own('Up')),
      {
        headers: [['Event', 'Pickup'], ...channel(own('Up')), ...channel(bob('Ringing'), 'Target')],
      } as AmiPacket,
      event('Hangup', bob('Ringing'), { Cause: '16' }),
    ].flatMap((packet) => calls.take(packet, 0));
    expect(told(facts)).toEqual(['bob ringing', 'alice ringing', 'alice busy', 'bob gone answeredElsewhere']);
    expect(facts.find(({ line, what }) => line === 'alice' && what.kind === 'busy')).toMatchObject({
      direction: 'inbound',
      caller: { number: '0301' },
      called: { number: '1002' },
    });
  });
});

describe('a list of all channels', () => {
  const item = (seen: Seen, application: string, bridge = ''): AmiPacket => ({
    headers: [['Event', 'Status'], ...channel(seen), ['BridgeID', bridge], ['Application', application]],
  });

  it('ends what is not in it, and tells all that lives once more', () => {
    const calls = new NativeCalls(lines);
    for (const packet of [...answered, event('Newchannel', { id: 'carol.3', state: 'Ringing' })])
      calls.take(packet, 0);
    calls.beginListing();
    const facts = calls.listed(
      [item(bob('Up'), 'AppDial', 'b'), item({ ...trunk, state: 'Up' }, 'Dial', 'b')],
      0,
    );
    expect(told(facts)).toEqual(['carol gone unsaid', 'bob busy']);
    expect(calls.living()).toEqual(new Set(['bob.2', 'trunk.1']));
  });

  it('is older than what was heard since it was asked for', () => {
    const calls = new NativeCalls(lines);
    for (const packet of rings) calls.take(packet, 0);
    calls.beginListing();
    const since = [
      event('Hangup', bob('Ringing'), { Cause: '26' }),
      event('Newchannel', { id: 'carol.3', state: 'Ringing' }),
    ];
    for (const packet of since) calls.take(packet, 0);
    expect(told(calls.listed([item(bob('Ringing'), 'AppDial'), item(trunk, 'Dial')], 0))).toEqual([
      'carol ringing',
    ]);
  });

  it('tells calls that were dialled before it: on their way, ringing, answered', () => {
    const own = (state: State, bridge?: string) =>
      item({ id: 'alice.1', linked: 'alice.1', state, exten: '5009' }, 'Dial', bridge);
    const far = (state: State, bridge?: string) =>
      item({ id: 'trunk.2', linked: 'alice.1', state }, 'AppDial', bridge);
    const listed = (...items: AmiPacket[]) => told(new NativeCalls(lines).listed(items, 0));
    expect(listed(own('Ring'))).toEqual(['alice dialed']);
    expect(listed(far('Down'), own('Ring'))).toEqual(['alice proceeding']);
    expect(listed(far('Ringing'), own('Ring'))).toEqual(['alice ringing']);
    // Lifted by a program, and the far end rings still.
    expect(listed(own('Up'), far('Ringing'))).toEqual(['alice ringing']);
    expect(listed(own('Up', 'b'), far('Up', 'b'))).toEqual(['alice busy']);
  });
});

it('tells control which channel to act on', () => {
  const calls = new NativeCalls(lines);
  for (const packet of rings) calls.take(packet, 0);
  expect(calls.nameOf('bob.2')).toBe('PJSIP/bob-00000002');
  expect(calls.farEndOf('bob.2')).toMatchObject({ id: 'trunk.1', name: 'PJSIP/trunk-00000001' });
  expect(calls.ringingAt('bob').map(({ id }) => id)).toEqual(['bob.2']);
  calls.take(event('Rename', bob('Up'), { Newname: 'PJSIP/bob-00000002<ZOMBIE>' }), 0);
  expect(calls.nameOf('bob.2')).toBe('PJSIP/bob-00000002<ZOMBIE>');
  expect([calls.nameOf('x'), calls.farEndOf('x')]).toEqual([undefined, undefined]);
});

it('forgets the oldest of more channels than any phone system has', () => {
  const calls = new NativeCalls(lines);
  for (const packet of rings) calls.take(packet, 0);
  const facts = Array.from({ length: MAX_CHANNELS }, (_, at) =>
    event('Newchannel', { id: `x.${at}`, state: 'Ring' }),
  );
  expect(told(facts.flatMap((packet) => calls.take(packet, 0)))).toEqual(['bob gone unsaid']);
});
