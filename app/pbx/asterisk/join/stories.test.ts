import { describe, expect, it } from 'vitest';
import type { Originated } from '../originated.ts';
import { capture, phone, replay } from '../testing/story.ts';

/**
 * What TAPI programs see of recorded calls. Each story was written from the description of its capture
 * (tests/asterisk/captures/*.md), not from what came out.
 */

const alice = phone('PJSIP/alice', '1001', 'Alice Ärmel', 'alice');
const bob = phone('PJSIP/bob', '1002', 'Bob Builder', 'bob');
const carol = phone('PJSIP/carol', '1003', 'Carol', 'carol');
const everybody = [alice, bob, carol];

const asked = (id: string, line: string, target: string, kind: Originated['kind'] = 'dial'): Originated => ({
  id,
  line,
  target,
  kind,
  call: 7,
});

function story(
  name: string,
  versions: readonly string[],
  states: readonly string[],
  ends: readonly string[],
) {
  it.each(versions)(`${name} (%s)`, (version) => {
    const told = replay(capture(version, name), everybody);
    expect(told.states).toEqual(states);
    expect(told.ends).toEqual(ends);
  });
}

const ended = (call: string, mode = 'normal') => [`${call}: disconnected ${mode}`, `${call}: idle`];
const begun = (call: string) => [`${call}: dialtone`, `${call}: dialing`];
const both = ['22', '16'];

/**
 * Bob holds who called him, and asks Carol; then the two others are joined. `givenBack`: his phone has taken the first
 * call back for that.
 */
const consulted = (givenBack: readonly string[]) => [
  'bob 1: offering',
  'bob 1: connected',
  'bob 1: onHold',
  ...begun('bob 2'),
  'bob 2: proceeding',
  'carol 1: offering',
  'bob 2: ringback',
  'carol 1: connected',
  'bob 2: connected',
  ...givenBack,
  ...ended('bob 1'),
  ...ended('bob 2'),
  ...ended('carol 1'),
];
const consultedEnds = [
  'bob 1: 0301234567 Zoë Müller > 500',
  'bob 2: 1002 Bob Builder > 5003 Carol = 1003 Carol',
  'carol 1: 1002 Bob Builder > 5003 = 0301234567 Zoë Müller',
];

describe('calls from outside', () => {
  story(
    '50-native-inbound-answered',
    both,
    ['bob 1: offering', 'bob 1: connected', ...ended('bob 1')],
    ['bob 1: 0301234567 Zoë Müller > 500'],
  );
  story(
    '51-native-group-elsewhere',
    ['22'],
    [
      'carol 1: offering',
      'bob 1: offering',
      'carol 1: connected',
      ...ended('bob 1', 'pickup'),
      ...ended('carol 1'),
    ],
    ['carol 1: 0301234567 Zoë Müller > 600', 'bob 1: 0301234567 Zoë Müller > 600'],
  );
  story(
    '52-native-missed',
    ['22'],
    ['bob 1: offering', ...ended('bob 1', 'cancelled')],
    ['bob 1: 0301234567 Zoë Müller > 500'],
  );
  story(
    '53-native-pickup',
    both,
    [
      'bob 1: offering',
      // Asterisk answers the code to take a call over; then the code is no call any more, and what it took is one.
      ...begun('carol 1'),
      'carol 1: proceeding',
      'carol 1: connected',
      ...ended('carol 1'),
      'carol 2: offering',
      'carol 2: connected',
      ...ended('bob 1', 'pickup'),
      ...ended('carol 2'),
    ],
    [
      'bob 1: 0301234567 Zoë Müller > 500',
      'carol 1: 1003 Carol > *8 = 0301234567 Zoë Müller',
      'carol 2: 0301234567 Zoë Müller > 1002 Bob Builder',
    ],
  );
  story(
    '54-native-hold',
    both,
    ['bob 1: offering', 'bob 1: connected', 'bob 1: onHold', 'bob 1: connected', ...ended('bob 1')],
    ['bob 1: 0301234567 Zoë Müller > 500'],
  );
  story(
    '61-dtmf',
    ['22'],
    ['bob 1: offering', 'bob 1: connected', ...ended('bob 1')],
    ['bob 1: 0301234567 Zoë Müller > 500'],
  );
  story(
    '62-ami-hangup',
    ['22'],
    [
      'bob 1: offering',
      ...ended('bob 1', 'reject'),
      'bob 2: offering',
      'bob 2: connected',
      ...ended('bob 2'),
    ],
    ['bob 1: 0301234567 Zoë Müller > 500', 'bob 2: trunk > 500'],
  );
  story(
    '67-two-calls-waiting',
    ['22'],
    [
      'bob 1: offering',
      'bob 1: connected',
      'bob 2: offering',
      'bob 1: onHold',
      'bob 2: connected',
      ...ended('bob 2'),
      'bob 1: connected',
      ...ended('bob 1'),
    ],
    ['bob 1: 0301 First > 500', 'bob 2: 0302 Second > 500'],
  );
  story(
    '68-connected-line-callerid',
    ['22'],
    ['bob 1: offering', 'bob 1: connected', ...ended('bob 1')],
    ['bob 1: 0301234567 Looked up > 500'],
  );
  story(
    '72-native-local-ringgroup',
    both,
    [
      'bob 1: offering',
      'carol 1: offering',
      'carol 1: connected',
      ...ended('bob 1', 'pickup'),
      ...ended('carol 1'),
    ],
    ['bob 1: 0301234567 Zoë Müller > 610', 'carol 1: 0301234567 Zoë Müller > 610'],
  );
  story(
    '73-native-not-reached',
    ['22'],
    ['bob 1: offering', ...ended('bob 1', 'busy')],
    ['bob 1: 0301 Busy test > 500'],
  );
});

describe('queues and conferences', () => {
  const of = (line: string, states: readonly string[]) => states.filter((state) => state.startsWith(line));
  const caller = '0301234567 Zoë Müller > 630';

  it.each(both)('79-queue (%s): nobody answers the first time', (version) => {
    const told = replay(capture(version, '79-queue'), everybody);
    expect(of('bob', told.states)).toEqual([
      'bob 1: offering',
      ...ended('bob 1'),
      'bob 2: offering',
      ...ended('bob 2', 'pickup'),
    ]);
    expect(of('carol', told.states)).toEqual([
      'carol 1: offering',
      ...ended('carol 1'),
      'carol 2: offering',
      'carol 2: connected',
      ...ended('carol 2'),
    ]);
    expect([...told.ends].sort()).toEqual(
      ['bob 1', 'bob 2', 'carol 1', 'carol 2'].map((call) => `${call}: ${caller}`),
    );
  });

  it('84-queue-busy-member: a busy phone is told once, however often it is tried', () => {
    const { states } = replay(capture('22', '84-queue-busy-member'), everybody);
    expect(of('bob', states)).toEqual(['bob 1: offering', ...ended('bob 1', 'busy')]);
    expect(of('carol', states)).toEqual([
      'carol 1: offering',
      ...ended('carol 1'),
      'carol 2: offering',
      ...ended('carol 2', 'cancelled'),
    ]);
  });

  story(
    '85-conference',
    ['22'],
    [
      ...begun('alice 1'),
      'alice 1: proceeding',
      'alice 1: connected',
      ...begun('bob 1'),
      'bob 1: proceeding',
      'bob 1: connected',
      ...ended('alice 1'),
      ...ended('bob 1'),
    ],
    ['alice 1: 1001 Alice Ärmel > 640', 'bob 1: 1002 Bob Builder > 640'],
  );
});

describe('calls answered from the computer', () => {
  const held = ['bob 1: offering', 'bob 1: connected', 'bob 1: onHold', ...ended('bob 1')];
  const ends = ['bob 1: 0301234567 Zoë Müller > 500'];
  story('63-answer-by-notify-talk', ['22'], held, ends);
  story('70-answer-notify-in-dialog', ['22'], held, ends);
  story('71-answer-notify-yealink', ['22'], ['bob 1: offering', ...ended('bob 1', 'cancelled')], ends);
  story(
    '74-answer-by-dialplan-notify',
    ['22'],
    ['bob 1: offering', 'bob 1: connected', ...ended('bob 1')],
    ends,
  );
  story(
    '64-answer-on-other-phone',
    ['22'],
    [
      'bob 1: offering',
      'carol 1: offering',
      'carol 1: connected',
      ...ended('bob 1', 'pickup'),
      ...ended('carol 1'),
    ],
    ['bob 1: 0301234567 Zoë Müller > 500', 'carol 1: 0301234567 Zoë Müller > 1002 Bob Builder'],
  );
});

describe('transfers', () => {
  const blind = [
    'bob 1: offering',
    'bob 1: connected',
    ...ended('bob 1'),
    'carol 1: offering',
    'carol 1: connected',
    ...ended('carol 1'),
  ];
  const blindEnds = [
    'bob 1: 0301234567 Zoë Müller > 500',
    'carol 1: 0301234567 Zoë Müller > 5003 via 1002 Bob Builder',
  ];
  story('55-native-blindxfer-refer', both, blind, blindEnds);
  story('56-ami-blindtransfer', both, blind, blindEnds);
  // A redirected channel is not told to have been transferred.
  const redirected = ['bob 1: 0301234567 Zoë Müller > 500', 'carol 1: 0301234567 Zoë Müller > 500'];
  story('57-ami-redirect', both, blind, redirected);
  story(
    '58-ami-deflect-ringing',
    ['22'],
    [
      'bob 1: offering',
      ...ended('bob 1', 'forwarded'),
      'carol 1: offering',
      'carol 1: connected',
      ...ended('carol 1'),
    ],
    redirected,
  );
  story('59-native-attended-phone', both, consulted(['bob 1: connected']), consultedEnds);
  story(
    '60-ami-atxfer',
    ['22'],
    [
      'bob 1: offering',
      'bob 1: connected',
      'bob 1: onHold',
      'bob 1: connected',
      'carol 1: offering',
      'carol 1: connected',
      ...ended('bob 1'),
      ...ended('carol 1'),
    ],
    [
      'bob 1: 0301234567 Zoë Müller > 500 = 1003 Carol',
      'carol 1: 1002 Bob Builder > 5003 = 0301234567 Zoë Müller',
    ],
  );
  story(
    '65-park',
    ['22'],
    [
      'bob 1: offering',
      'bob 1: connected',
      ...begun('carol 1'),
      'carol 1: proceeding',
      'carol 1: connected',
      ...ended('carol 1'),
    ],
    ['bob 1: 0301234567 Zoë Müller > 500', 'carol 1: 1003 Carol > 701 = 0301234567 Zoë Müller'],
  );
});

describe('transfers, measured for this', () => {
  story(
    '75-ami-redirect-called-party',
    both,
    [
      ...begun('alice 1'),
      'alice 1: proceeding',
      'bob 1: offering',
      'alice 1: ringback',
      'bob 1: connected',
      'alice 1: connected',
      ...ended('alice 1'),
      'carol 1: offering',
      'carol 1: connected',
      ...ended('carol 1'),
      ...ended('bob 1'),
    ],
    [
      'alice 1: 1001 Alice Ärmel > 5002 Bob Builder = 1002 Bob Builder',
      'bob 1: 1001 Alice Ärmel > 5002 = 1003 Carol',
      'carol 1: 1002 Bob Builder > 5003',
    ],
  );
  it.each(both)('77-consult-and-bridge (%s)', (version) => {
    const told = replay(capture(version, '77-consult-and-bridge'), everybody, [
      asked('tapi-77', 'bob', '5003'),
    ]);
    expect(told.states).toEqual(consulted([]));
    expect(told.ends).toEqual(consultedEnds);
  });
});

describe('calls made at the phone', () => {
  story(
    '66-native-outbound-phone',
    ['22'],
    [
      ...begun('alice 1'),
      'alice 1: proceeding',
      'alice 1: ringback',
      'alice 1: connected',
      ...ended('alice 1'),
      ...begun('alice 2'),
      'alice 2: proceeding',
      'alice 2: busy',
      'alice 2: idle',
    ],
    ['alice 1: 1001 Alice Ärmel > 5009', 'alice 2: 1001 Alice Ärmel > 5009'],
  );
  story(
    '82-registration-states',
    ['22'],
    [
      ...begun('alice 1'),
      'alice 1: proceeding',
      'bob 1: offering',
      'alice 1: ringback',
      'bob 1: connected',
      'alice 1: connected',
      ...ended('alice 1'),
      ...ended('bob 1'),
    ],
    ['alice 1: 1001 Alice Ärmel > 5002 Bob Builder = 1002 Bob Builder', 'bob 1: 1001 Alice Ärmel > 5002'],
  );
});

describe('calls made from the computer', () => {
  const local = [phone('Local/ring-answer@sim/n', '', '', 'me')];

  it.each(both)(
    '40-originate-local-ok (%s): the phone is lifted, and nothing is called from it',
    (version) => {
      const packets = capture(version, '40-originate-local-ok');
      const [id] = packets.flatMap(({ headers }) => headers.filter(([name]) => name === 'Uniqueid'));
      const told = replay(packets, local, [asked(id?.[1] ?? '', 'me', 'answer')]);
      expect(told.states).toEqual([...begun('me 1'), ...ended('me 1')]);
      expect(told.ends).toEqual(['me 1: - > answer']);
      expect(told.reports.every(({ call }) => call === 7)).toBe(true);
      // Another program's: as long as nobody is called, it is not known to be a call at all.
      expect(replay(packets, local).states).toEqual([]);
    },
  );

  it.each([
    ['41-originate-busy', 'reject'],
    ['42-originate-noanswer', 'noAnswer'],
  ])('%s: the own phone is not lifted', (name, mode) => {
    const id = name.startsWith('41') ? 'tapi-41' : 'tapi-42';
    const told = replay(capture('22', name), everybody, [asked(id, 'alice', '5002')]);
    expect(told.states).toEqual(['alice 1: dialtone', ...ended('alice 1', mode)]);
    expect(told.ends).toEqual(['alice 1: 1001 Alice Ärmel > 5002']);
  });

  it('43-originate-rejected: declined, no way there, unknown phone', () => {
    const ids = new Set(
      capture('22', '43-originate-rejected').flatMap(({ headers }) =>
        headers.filter(([name]) => name === 'DestUniqueid').map(([, id]) => id),
      ),
    );
    const told = replay(
      capture('22', '43-originate-rejected'),
      everybody,
      [...ids].map((id) => asked(id, 'alice', '5002')),
    );
    expect(told.states).toEqual([
      'alice 1: dialtone',
      ...ended('alice 1', 'reject'),
      'alice 2: dialtone',
      ...ended('alice 2', 'congestion'),
      'alice 3: dialtone',
      ...ended('alice 3', 'outOfOrder'),
    ]);
  });

  it('45-originate-sync: another program’s calls that reach nobody', () => {
    expect(replay(capture('22', '45-originate-sync'), local).states).toEqual([]);
  });

  const called = [
    'alice 1: proceeding',
    'bob 1: offering',
    'alice 1: ringback',
    ...ended('bob 1', 'cancelled'),
    ...ended('alice 1'),
  ];
  it('46-originate-autoanswer-header: our own', () => {
    const told = replay(capture('22', '46-originate-autoanswer-header'), everybody, [
      asked('tapi-46', 'alice', '5002'),
    ]);
    expect(told.states).toEqual([...begun('alice 1'), ...called]);
    expect(told.ends).toEqual([
      'alice 1: 1001 Alice Ärmel > 5002 Bob Builder',
      'bob 1: 1001 Alice Ärmel > 5002',
    ]);
    expect(told.reports.filter(({ call }) => call === 7).every(({ user }) => user === 'alice')).toBe(true);
  });
  it('46-originate-autoanswer-header: another program’s', () => {
    const told = replay(capture('22', '46-originate-autoanswer-header'), everybody);
    expect(told.states).toEqual([...begun('alice 1'), ...called]);
    expect(told.reports.some(({ call }) => call !== undefined)).toBe(false);
  });

  it.each(both)(
    '76-originate-local-to-phone (%s): one call, though the phone has two channels',
    (version) => {
      const behind = { ...alice, channel: 'Local/5001@phones', name: 'PJSIP/alice' };
      const packets = capture(version, '76-originate-local-to-phone');
      const told = replay(packets, [behind, carol], [asked('tapi-76', 'PJSIP/alice', '5003')]);
      const call = 'PJSIP/alice 1';
      expect(told.states).toEqual([
        ...begun(call),
        `${call}: proceeding`,
        'carol 1: offering',
        `${call}: ringback`,
        'carol 1: connected',
        `${call}: connected`,
        ...ended(call),
        ...ended('carol 1'),
      ]);
      expect(told.reports.filter((report) => report.user === 'PJSIP/alice').every((r) => r.call === 7)).toBe(
        true,
      );
    },
  );

  it.each(both)('78-originate-to-announcement (%s): the PBX itself answers', (version) => {
    const packets = capture(version, '78-originate-to-announcement');
    const told = replay(packets, everybody, [asked('tapi-78', 'alice', '777')]);
    // It was hung up before PBX_ANSWERS.
    expect(told.states).toEqual([...begun('alice 1'), ...ended('alice 1')]);
  });

  it('64-answer-on-other-phone: our own', () => {
    const packets = capture('22', '64-answer-on-other-phone');
    const taker = packets
      .flatMap(({ headers }) => headers)
      .findLast(([name, value]) => name === 'Uniqueid' && value.startsWith('1795291023.'));
    const told = replay(packets, [carol], [asked(taker?.[1] ?? '', 'carol', '1002', 'pickup')]);
    expect(told.states).toEqual(['carol 1: offering', 'carol 1: connected', ...ended('carol 1')]);
    expect(told.reports.every(({ call }) => call === 7)).toBe(true);
  });
});

describe('what was there before', () => {
  const group = [
    'carol 1: offering',
    'bob 1: offering',
    'bob 1: connected',
    'bob 2: offering',
    ...ended('bob 2', 'cancelled'),
    ...ended('carol 1', 'cancelled'),
    ...ended('bob 1'),
  ];
  it.each([
    ['22', '80-resync'],
    ['22', '81-resync-least'],
    ['16', '81-resync-least'],
  ])('%s %s', (version, name) => {
    const told = replay(capture(version, name), everybody);
    expect([...told.states].sort()).toEqual([...group].sort());
    expect([...told.ends].sort()).toEqual([
      'bob 1: 0301234567 Zoë Müller > 500',
      'bob 2: 0302 Second, in a group > 600',
      'carol 1: 0302 Second, in a group > 600',
    ]);
  });
});
