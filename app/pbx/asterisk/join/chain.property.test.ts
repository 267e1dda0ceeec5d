import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelReport } from '../../port.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import { handlers } from '../native/events.ts';
import { Chain, capture, phone, storyOf } from '../testing/story.ts';

/** Whatever order packets come in, however often, and whichever are lost: calls stay legal, and none is left over. */

const lines = [
  phone('PJSIP/alice', '1001', 'Alice Ärmel'),
  phone('PJSIP/bob', '1002', 'Bob Builder'),
  phone('PJSIP/carol', '1003', 'Carol'),
];

const recorded = [
  '27-asttapi-outbound-click',
  '30-asttapi-transferred',
  '31-asttapi-pickup',
  '51-native-group-elsewhere',
  '54-native-hold',
  '55-native-blindxfer-refer',
  '59-native-attended-phone',
  '60-ami-atxfer',
  '64-answer-on-other-phone',
  '66-native-outbound-phone',
  '67-two-calls-waiting',
  '72-native-local-ringgroup',
  '73-native-not-reached',
].map((name) => capture('22', name));

const isUserEvent = (packet: AmiPacket) => header(packet, 'Event') === 'UserEvent';
const isHangup = (packet: AmiPacket) => header(packet, 'Event') === 'Hangup';

/** How far each packet is moved, and how often it comes: none is lost, one is as it should be. */
const disorder = fc.record({
  shifts: fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 40 }),
  times: fc.array(fc.constantFrom(0, 1, 1, 1, 1, 2), { minLength: 1, maxLength: 40 }),
});
type Disorder = typeof disorder extends fc.Arbitrary<infer Value> ? Value : never;

function disordered(packets: readonly AmiPacket[], { shifts, times }: Disorder): AmiPacket[] {
  const placed = packets.flatMap((packet, at) => {
    const place = at + (shifts[at % shifts.length] ?? 0);
    return Array.from({ length: times[at % times.length] ?? 1 }, () => ({ packet, place }));
  });
  return placed.sort((one, other) => one.place - other.place).map(({ packet }) => packet);
}

/** What no order of events may break. */
function expectLegal(reports: readonly ChannelReport[]): void {
  // Throws where a first report begins no call.
  const { states } = storyOf(reports);
  const over = new Set<string>();
  const direction = new Map<string, string>();
  for (const { channel, what, ...report } of reports) {
    expect(over.has(channel), `${channel} after its end`).toBe(false);
    expect(direction.get(channel) ?? report.direction).toBe(report.direction);
    direction.set(channel, report.direction);
    if (what.kind === 'gone') over.add(channel);
  }
  expect(states.filter((state) => state.endsWith(': idle'))).toHaveLength(over.size);
}

describe('any disorder', () => {
  it('yields legal calls, and none outlives its channels', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recorded), disorder, (packets, how) => {
        const chain = new Chain(lines);
        for (const packet of disordered(packets, how)) chain.take(packet);
        // What a session that lasts always brings in the end.
        for (const packet of packets.filter(isHangup)) chain.take(packet);
        expectLegal(chain.reports);
        const left = chain.listed([]);
        expectLegal(chain.reports);
        expect([...left]).toEqual([]);
      }),
    );
  });

  it('is the same with packets of several recordings at once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(recorded, { minLength: 2, maxLength: 4 }), disorder, (some, how) => {
        const chain = new Chain(lines);
        const mixed = some.flatMap((packets) => packets.map((packet, at) => ({ packet, at })));
        mixed.sort((one, other) => one.at - other.at);
        const packets = mixed.map(({ packet }) => packet);
        for (const packet of disordered(packets, how)) chain.take(packet);
        for (const packet of packets.filter(isHangup)) chain.take(packet);
        chain.listed([]);
        expectLegal(chain.reports);
      }),
    );
  });

  it('makes one call of both sources, however they overtake each other', () => {
    const answered = [capture('22', '30-asttapi-transferred'), capture('22', '28-asttapi-outbound-busy')];
    const late = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...answered), late, (packets, shifts) => {
        let count = 0;
        const placed = packets.map((packet, at) => {
          const shift = isUserEvent(packet) ? (shifts[count++ % shifts.length] ?? 0) + 0.5 : 0;
          return { packet, place: at + shift };
        });
        placed.sort((one, other) => one.place - other.place);
        const chain = new Chain(lines);
        for (const { packet } of placed) chain.take(packet);
        expectLegal(chain.reports);
        const begun = storyOf(chain.reports).states.filter((state) => /: (offering|dialtone)$/.test(state));
        expect(begun).toHaveLength(new Set(chain.reports.map(({ user }) => user)).size);
      }),
    );
  });

  it('a session that begins anew in the middle goes on with the same calls', () => {
    const packets = capture('22', '30-asttapi-transferred');
    fc.assert(
      fc.property(fc.nat({ max: packets.length - 1 }), (at) => {
        const chain = new Chain(lines);
        for (const packet of packets.slice(0, at)) chain.take(packet);
        const before = new Set(chain.reports.map(({ channel }) => channel));
        chain.beginListing();
        chain.joined.reset();
        chain.listed(statusOf(packets.slice(0, at)));
        for (const packet of packets.slice(at)) chain.take(packet);
        const bobs = new Set(chain.reports.filter(({ user }) => user === 'PJSIP/bob').map((r) => r.channel));
        expect(bobs.size).toBe(1);
        for (const channel of before)
          expect(chain.reports.some((report) => report.channel === channel)).toBe(true);
      }),
    );
  });
});

const id = fc.constantFrom('trunk.1', 'bob.2', 'bob.3', 'alice.4', 'carol.5', 'local.6', '');
const seen = fc.record({ id, linked: id, state: fc.constantFrom('', '0', '4', '5', '6', 'x') });
const anyEvent: fc.Arbitrary<AmiPacket> = fc
  .record({
    event: fc.constantFrom(...handlers.keys(), 'UserEvent', 'Nonsense'),
    own: seen,
    other: seen,
    prefix: fc.constantFrom('Dest', 'Target', 'Transferee', 'Transferer'),
    status: fc.constantFrom('RINGING', 'ANSWER', 'BUSY', 'CANCEL', 'NOANSWER', ''),
    bridge: fc.constantFrom('a', 'b'),
    cause: fc.constantFrom('16', '17', '26', ''),
    said: fc.constantFrom(
      'LINE_NEWCALL PJSIP/bob',
      'OFFERING',
      'CONNECTED',
      'DIALING',
      'HANGUP',
      'IDLE',
      'ONHOLD',
    ),
    exten: fc.constantFrom('s', '500', '*8', ''),
  })
  .map(({ event, own, other, prefix, ...more }) => ({
    headers: [
      ['Event', event],
      ...channelHeaders('', own),
      ...channelHeaders(prefix, other),
      ['DialStatus', more.status],
      ['BridgeUniqueid', more.bridge],
      ['Cause', more.cause],
      ['Exten', more.exten],
      ['UserEvent', 'TAPI'],
      [
        'TAPIEVENT',
        more.said.includes(' ')
          ? more.said
          : `[~${other.id}&PJSIP/bob] LINE_CALLSTATE LINECALLSTATE_${more.said}`,
      ],
    ],
  }));

type Seen = typeof seen extends fc.Arbitrary<infer Value> ? Value : never;

function channelHeaders(prefix: string, { id, linked, state }: Seen): [string, string][] {
  const resource = id.split('.')[0] ?? '';
  const name =
    resource === 'local' ? 'Local/1002@phones-00000006;1' : `PJSIP/${resource}-0000000${id.slice(-1)}`;
  return [
    [`${prefix}Channel`, name],
    [`${prefix}Uniqueid`, id],
    [`${prefix}Linkedid`, linked],
    [`${prefix}ChannelState`, state],
    [`${prefix}CallerIDNum`, resource],
    [`${prefix}ConnectedLineNum`, linked],
  ];
}

it('makes legal calls of any events at all, and lets none of them stay', () => {
  const asked = { id: 'alice.4', line: 'PJSIP/alice', call: 7, kind: 'dial', target: '500' } as const;
  const any = fc.array(
    fc.oneof({ weight: 9, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.constant('list') }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(any, fc.boolean(), (steps, ours) => {
      const local = { ...phone('Local/1002@phones', '1002', ''), name: 'PJSIP/bob' };
      const chain = new Chain([local, ...lines]);
      if (ours) chain.originated(asked);
      const taken: AmiPacket[] = [];
      for (const step of steps) {
        if (step !== 'list') {
          taken.push(step);
          chain.take(step);
          continue;
        }
        chain.beginListing();
        chain.listed(statusOf(taken));
      }
      chain.beginListing();
      expect([...chain.listed([])]).toEqual([]);
      expectLegal(chain.reports);
      expect(chain.native.living().size).toBe(0);
      expect([chain.native.due(), chain.native.channels.size]).toEqual([undefined, 0]);
    }),
    { numRuns: 300 },
  );
});

/** What Status would say at this moment: the last that was told of each channel that lives. */
function statusOf(packets: readonly AmiPacket[]): AmiPacket[] {
  const channels = new Map<string, AmiPacket>();
  for (const packet of packets) {
    const id = header(packet, 'Uniqueid');
    if (id === undefined || isUserEvent(packet)) continue;
    if (isHangup(packet)) channels.delete(id);
    else channels.set(id, packet);
  }
  return [...channels.values()];
}

it('follows 1,000 lines, each by itself', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => phone(`PJSIP/u${at}`, `${1_000 + at}`, ''));
  const chain = new Chain(many);
  const template = capture('22', '50-native-inbound-answered').filter((packet) => header(packet, 'Event'));
  const lookups = (from: number, to: number) => {
    let count = 0;
    for (const packet of template)
      for (let at = from; at < to; at += 1)
        chain.take({
          headers: [],
          find: (name: string) => {
            count += 1;
            const value = header(packet, name);
            if (value === undefined) return value;
            if (/uniqueid|linkedid/i.test(name)) return `${value}.${at}`;
            return name.endsWith('Channel') ? value.replace('PJSIP/bob', `PJSIP/u${at}`) : value;
          },
        } as AmiPacket);
    return count;
  };
  const few = lookups(0, 10);
  expect(lookups(10, 1_000) / 99).toBeCloseTo(few, 0);
  const { states } = storyOf(chain.reports);
  expect(states.filter((state) => state.endsWith(': connected'))).toHaveLength(1_000);
  expect(states.filter((state) => state.endsWith(': idle'))).toHaveLength(1_000);
  expect(chain.native.living().size).toBe(0);
});
