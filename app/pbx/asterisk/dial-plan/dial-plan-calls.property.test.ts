import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineFact } from '../facts.ts';
import { LATE_LIMIT, MAX_CALLS_PER_LINE, MAX_HINTS, MAX_IDS, TALKING_LIMIT } from './limits.ts';
import { type From, line, Rig } from './testing/events.ts';
import { ENDS, ORIGINS, STATES } from './words.ts';

const NAMES = ['PJSIP/a', 'PJSIP/b', 'PJSIP/c'] as const;
const IDS = ['1.1', '1.2', '2.1', 'tapline-1'] as const;

/** What one run does, step after step. */
type Step =
  | { readonly do: 'say'; readonly from: From; readonly text: string }
  | { readonly do: 'hangup'; readonly id: string }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'list'; readonly living: readonly string[] };

const name = fc.constantFrom(...NAMES, 'pjsip/A', 'PJSIP/other');
const id = fc.constantFrom(...IDS);
const channel = name.map((phone) => `${phone}-0000000a`);
/** An Asterisk tells the Uniqueid of every sender, or of none (1.4 to 1.8), and no Linkedid without one. */
const froms: readonly fc.Arbitrary<From>[] = [
  fc.record({ id, linked: id, channel }, { requiredKeys: ['id'] }),
  fc.record({ channel }, { requiredKeys: [] }),
];
const target = fc.oneof(
  name,
  name.map((line) => `!${line}`),
  id.map((call) => `~${call}`),
);
const targets = fc
  .array(target, { maxLength: 3 })
  .map((all) => (all.length === 0 ? '' : `[${all.join('&')}] `));
const command = fc.oneof(
  { weight: 2, arbitrary: name.map((line) => `LINE_NEWCALL ${line}`) },
  { weight: 5, arbitrary: fc.constantFrom(...STATES.keys()).map((word) => `LINE_CALLSTATE ${word}`) },
  fc.constantFrom(...ORIGINS.keys()).map((word) => `SET CALLORIGIN ${word}`),
  fc.tuple(fc.constantFrom(...ENDS.keys()), fc.string()).map(([end, value]) => `SET ${end} ${value}`),
  fc.constant('LINE_LINEDEVSTATE RINGING'),
  fc.string(),
);
const stepBy = (from: fc.Arbitrary<From>): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('say' as const),
        from,
        text: fc.tuple(targets, command).map(([to, what]) => to + what),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('hangup' as const), id }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(700_000) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('list' as const), living: fc.subarray([...IDS]) }) },
  );

/** Any steps, some of them twice and all of them in any order. */
const steps = fc
  .oneof(...froms.map((from) => fc.array(stepBy(from), { maxLength: 60 })))
  .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)))
  .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));

function perform(rig: Rig, step: Step): LineFact[] {
  switch (step.do) {
    case 'say':
      return rig.say(step.from, step.text);
    case 'hangup':
      return rig.hangup(step.id);
    case 'pass':
      return rig.pass(step.ms);
    case 'list':
      rig.calls.beginListing();
      return rig.calls.listed(new Set(step.living), rig.now);
  }
}

function run(all: readonly Step[]) {
  const rig = new Rig(...NAMES.map((phone) => line(phone)));
  rig.calls.originated({ id: 'tapline-1', line: 'PJSIP/a', call: 1, kind: 'dial', target: '7' });
  const facts = all.flatMap((one) => perform(rig, one));
  return { rig, facts };
}

/** Everything that waits has waited long enough. */
function settle(rig: Rig): LineFact[] {
  const facts: LineFact[] = [];
  for (let round = 0; round < 4 && rig.calls.due() !== undefined; round += 1)
    facts.push(...rig.pass(TALKING_LIMIT + LATE_LIMIT));
  return facts;
}

const byCall = (facts: readonly LineFact[]): LineFact[][] => [
  ...Map.groupBy(facts, ({ call }) => call).values(),
];

describe('any events in any order, any of them twice', () => {
  it('make legal calls', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const facts of byCall(run(all).facts)) {
          const kinds = facts.map(({ what }) => what.kind);
          expect(['renamed', 'retrieved', 'gone', 'disconnected', 'unclear']).not.toContain(kinds[0]);
          expect(kinds.slice(0, -1)).not.toContain('gone');
          expect(new Set(facts.map(({ line, direction }) => `${line} ${direction}`)).size).toBe(1);
          const states = kinds.filter((kind) => kind !== 'renamed');
          states.forEach((kind, at) => {
            expect(kind).not.toBe(states[at - 1]);
          });
          const over = states.indexOf('disconnected');
          if (over >= 0) expect(['gone', undefined]).toContain(states[over + 1]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leave no call behind: each one ends, by itself if need be', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { rig, facts } = run(all);
        const ended = byCall([...facts, ...settle(rig)]);
        for (const call of ended) expect(call.at(-1)?.what.kind).toBe('gone');
        expect(rig.calls.due()).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('never ring the phone of a call that was dialled from it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const heard = all.findIndex((one) => one.do === 'hangup' && one.id === 'tapline-1');
        const { facts } = run(heard < 0 ? all : all.slice(0, heard));
        const own = facts.filter(({ line, ids }) => line === 'PJSIP/a' && ids[0] === 'tapline-1');
        expect(
          own.filter(({ what, direction }) => what.kind === 'ringing' && direction === 'inbound'),
        ).toEqual([]);
      }),
    );
  });

  it('stay within their limits', () => {
    fc.assert(
      fc.property(steps, fc.nat(200), (all, more) => {
        const { rig, facts } = run(all);
        for (let at = 0; at < more; at += 1)
          facts.push(...rig.say(`x${at}`, 'LINE_NEWCALL PJSIP/c', 'LINE_CALLSTATE LINECALLSTATE_OFFERING'));
        const living = byCall(facts).filter((call) => call.at(-1)?.what.kind !== 'gone');
        const onC = living.filter((call) => call[0]?.line === 'PJSIP/c');
        expect(onC.length).toBeLessThanOrEqual(MAX_CALLS_PER_LINE);
        expect(rig.hints.length).toBeLessThanOrEqual(MAX_HINTS);
        for (const { ids } of facts) expect(ids.length).toBeLessThanOrEqual(MAX_IDS);
      }),
    );
  });

  it('tell nothing about a line that nobody named', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const named = all.filter((one) => one.do !== 'say' || !/PJSIP\/[bc]|pjsip\/A/i.test(one.text));
        expect(run(named).facts.filter(({ line }) => line !== 'PJSIP/a')).toEqual([]);
      }),
    );
  });
});
