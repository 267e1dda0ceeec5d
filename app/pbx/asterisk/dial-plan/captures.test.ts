import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PbxHint } from '../../port.ts';
import type { AsteriskLine } from '../account.ts';
import type { AmiPacket } from '../ami/packet.ts';
import { AmiReader } from '../ami/reader.ts';
import type { LineFact } from '../facts.ts';
import { DialPlanCalls } from './dial-plan-calls.ts';

// What each story tells was written from a reading of the scenario's description beside the recorded stream.

const captures = new URL('../../../../tests/asterisk/captures/', import.meta.url);

const line = (name: string, channel = name): AsteriskLine => ({ name, channel, extension: '', person: '' });
const bob = line('PJSIP/bob');
const carol = line('PJSIP/carol');
const alice = line('PJSIP/alice');
const lineOne = line('line_1', 'PJSIP/bob');
const lineTwo = line('line_2', 'PJSIP/carol');

/** `line what cause, caller's number and name > number called`, without what is not told. */
function told({ line, what, caller, called }: LineFact): string {
  const cause = 'cause' in what ? ` ${what.cause}` : '';
  const from = caller ? `, ${`${caller.number} ${caller.name}`.trim()}` : '';
  return `${line} ${what.kind}${cause}${from}${called ? ` > ${called.number}` : ''}`;
}

function replay(path: string, lines: readonly AsteriskLine[], prepare?: (calls: DialPlanCalls) => void) {
  const hints: PbxHint[] = [];
  const calls = new DialPlanCalls(lines, (hint) => hints.push(hint));
  prepare?.(calls);
  const facts: LineFact[] = [];
  const reader = new AmiReader((packet: AmiPacket) => facts.push(...calls.take(packet, 0)));
  expect(reader.read(readFileSync(new URL(path, captures)))).toBeUndefined();
  // A minute later whatever still waits is told.
  facts.push(...calls.elapsed(60_000));
  return { facts, story: facts.map(told), hints: hints.map(({ code, subject }) => `${code} ${subject}`) };
}

/** The recordings of a scenario, of every version that has one. */
const recordings = (scenario: string): string[] =>
  ['22', '16'].flatMap((version) =>
    readdirSync(new URL(`${version}/`, captures))
      .filter((name) => name.startsWith(`${scenario}-`) && name.endsWith('.ami'))
      .map((name) => `${version}/${name}`),
  );

const ZOE = '0301234567 Zoë Müller';

describe.each(recordings('20'))('%s', (path) => {
  it('rings two lines, one answers, and the other is free again', () => {
    const { story, hints } = replay(path, [lineOne, lineTwo]);
    expect(story).toEqual([
      `line_1 ringing, ${ZOE}`,
      `line_2 ringing, ${ZOE}`,
      `line_1 busy, ${ZOE}`,
      `line_2 gone answeredElsewhere, ${ZOE}`,
      `line_1 gone unsaid, ${ZOE}`,
    ]);
    expect(hints).toEqual([]);
  });

  it('tells one line its own story', () => {
    expect(replay(path, [line('LINE_2')]).story).toEqual([
      `LINE_2 ringing, ${ZOE}`,
      `LINE_2 gone answeredElsewhere, ${ZOE}`,
    ]);
  });
});

describe.each(recordings('21'))('%s', (path) => {
  it('needs no telephone', () => {
    const { story, hints } = replay(path, [line('line_1', 'Local/ring-answer@sim')]);
    expect(story).toEqual([`line_1 ringing, ${ZOE}`, `line_1 busy, ${ZOE}`, `line_1 gone unsaid, ${ZOE}`]);
    expect(hints).toEqual([]);
  });
});

describe.each(recordings('22'))('%s', (path) => {
  it('reads what old pipes have left in the name of the event, and says so once', () => {
    const { story, hints } = replay(path, [lineOne]);
    expect(story).toEqual(['line_1 ringing, 0301234567 X', 'line_1 gone unsaid, 0301234567 X']);
    expect(hints).toEqual(['pipes classic']);
  });
});

describe.each([...recordings('23'), ...recordings('91')])('%s', (path) => {
  it('tells one phone that rings, talks, and hangs up, though IDLE comes twice', () => {
    const { story, facts, hints } = replay(path, [bob, carol]);
    expect(story).toEqual([
      `PJSIP/bob ringing, ${ZOE}`,
      `PJSIP/bob renamed, ${ZOE} > 100`,
      `PJSIP/bob busy, ${ZOE} > 100`,
      `PJSIP/bob gone unsaid, ${ZOE} > 100`,
    ]);
    expect(hints).toEqual([]);
    expect(new Set(facts.map(({ call }) => call)).size).toBe(1);
    // The phone's own channel is known from its CONNECTED on.
    expect(facts.map(({ ownChannel, ids }) => ownChannel !== undefined && ids.includes(ownChannel))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe.each(recordings('25'))('%s', (path) => {
  it('tells a call that nobody answered', () => {
    expect(replay(path, [bob]).story).toEqual([
      `PJSIP/bob ringing, ${ZOE}`,
      `PJSIP/bob renamed, ${ZOE} > 100`,
      `PJSIP/bob gone unsaid, ${ZOE} > 100`,
    ]);
  });
});

describe.each(recordings('27'))('%s', (path) => {
  const story = [
    'PJSIP/alice dialed > 0301234567',
    'PJSIP/alice proceeding > 0301234567',
    'PJSIP/alice busy > 0301234567',
    'PJSIP/alice gone unsaid > 0301234567',
  ];

  it('tells the call that we dialled under its own ChannelId', () => {
    const { facts, ...rest } = replay(path, [alice], (calls) =>
      calls.originated({ id: 'tapi-27-1', line: 'PJSIP/alice', call: 1, kind: 'dial', target: '0301234567' }),
    );
    expect(rest).toEqual({ story, hints: [] });
    for (const { ids, ownChannel, origin, direction } of facts)
      expect([ids[0], ownChannel, origin, direction]).toEqual([
        'tapi-27-1',
        'tapi-27-1',
        'outbound',
        'outbound',
      ]);
  });

  it('tells it as well when it was dialled at the phone', () => {
    expect(replay(path, [alice]).story).toEqual(story);
  });
});

describe.each(recordings('28'))('%s', (path) => {
  it('tells that the far end is busy', () => {
    expect(replay(path, [alice]).story).toEqual([
      'PJSIP/alice dialed > 0301234567',
      'PJSIP/alice proceeding > 0301234567',
      'PJSIP/alice farBusy > 0301234567',
      'PJSIP/alice gone busy > 0301234567',
    ]);
  });
});

describe.each(recordings('29'))('%s', (path) => {
  const { facts, hints } = replay(path, [bob, lineOne]);
  /** The last name that each call of a line was told with. */
  const names = (line: string) => {
    const own = facts.filter((fact) => fact.line === line);
    return [...new Map(own.map(({ call, caller }) => [call, caller?.name])).values()];
  };

  it('tells names as the dial plan filtered them', () => {
    expect(names('PJSIP/bob')).toEqual([
      'Doe John',
      "O'Brien & Söhne (GmbH)",
      'backslash',
      'say hi',
      '日本 株式会社',
      'abcde',
    ]);
  });

  it('tells names whole where they came unfiltered, also one that a comma cut', () => {
    expect(names('line_1')).toEqual([
      'Doe, John',
      "O'Brien & Söhne (GmbH)",
      'back\\slash',
      'say "hi"',
      '日本 株式会社',
      'a;b|c=d:e',
    ]);
    expect(hints).toEqual(['nameCut classic']);
  });

  it('tells no name that would be a command', () => {
    expect(facts.every(({ what }) => ['ringing', 'renamed', 'gone'].includes(what.kind))).toBe(true);
  });
});

describe.each(recordings('31'))('%s', (path) => {
  it('tells a pickup on a line that was never announced', () => {
    const { story, hints } = replay(path, [bob, carol]);
    expect(story).toEqual([
      `PJSIP/bob ringing, ${ZOE}`,
      `PJSIP/bob renamed, ${ZOE} > 100`,
      `PJSIP/carol busy, ${ZOE}`,
      `PJSIP/bob gone answeredElsewhere, ${ZOE} > 100`,
      `PJSIP/carol gone unsaid, ${ZOE}`,
    ]);
    expect(hints).toEqual([]);
  });
});

describe.each(recordings('32'))('%s', (path) => {
  it('follows a Macro and a chan_sip phone', () => {
    const { story, hints } = replay(path, [line('sip/SipBob')]);
    expect(story).toEqual([
      `sip/SipBob ringing, ${ZOE}`,
      `sip/SipBob busy, ${ZOE}`,
      `sip/SipBob gone unsaid, ${ZOE}`,
    ]);
    expect(hints).toEqual([]);
  });
});

describe.each(recordings('34'))('%s', (path) => {
  it('goes on without the event whose colon was forgotten, and says so', () => {
    const { story, hints } = replay(path, [lineOne]);
    expect(story).toEqual(['line_1 busy, 1', 'line_1 gone unsaid, 1']);
    expect(hints).toEqual(['colonForgotten classic']);
  });
});

describe.each([
  ['asterisk-1.2-inbound', []],
  ['asterisk-1.4-inbound', ['uniqueidMissing ']],
  ['asterisk-1.8-11-inbound', []],
])('legacy-from-source/%s', (name, expected) => {
  it('tells one line that was announced, in the headers of its time', () => {
    const { story, hints } = replay(`legacy-from-source/${name}.ami`, [lineOne, lineTwo]);
    expect(story).toEqual([
      'line_1 ringing',
      'line_1 renamed, 0301234567',
      'line_1 busy, 0301234567',
      'line_1 gone unsaid, 0301234567',
    ]);
    expect(hints).toEqual(expected);
  });
});
