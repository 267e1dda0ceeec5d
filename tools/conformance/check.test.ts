import { describe, expect, it } from 'vitest';
import { nothingByHand } from './by-hand.ts';
import { compare } from './check.ts';
import { type Judgement, judgeAll } from './judgement.ts';
import type { Results } from './results.ts';
import { PLACES, type Place, type Proof } from './statement.ts';
import { STATEMENTS } from './statements/all.ts';
import { CAUGHT, caughtFault } from './statements/wrong.ts';
import { nameOf } from './verdict.ts';

const proofs: readonly Proof[] = [
  ...STATEMENTS.flatMap((one) => one.proofs),
  ...Object.keys(CAUGHT).map(caughtFault),
];

/** Everything ran and passed. */
function allPassed(): Record<Place, { tests: Map<string, 'passed' | 'failed'>; units: Results['units'] }> {
  const at = (place: Place) => {
    const here = proofs.filter(({ places }) => places.includes(place));
    const names = (kind: Proof['kind']) =>
      new Map(here.filter((one) => one.kind === kind).map((one) => [nameOf(one), 'passed'] as const));
    return { tests: new Map<string, 'passed' | 'failed'>(names('test')), units: names('unit') };
  };
  return { native: at('native'), x64: at('x64'), x86: at('x86') };
}

const judged = (change: (results: ReturnType<typeof allPassed>) => void = () => undefined): Judgement => {
  const results = allPassed();
  change(results);
  return judgeAll(results, nothingByHand);
};

describe('the page', () => {
  it('is accepted when it is what the results say', () => {
    expect(compare(judged().text, judged())).toEqual({ problems: [], unknown: [] });
  });

  it('is not when a row, a wrong driver or the text around them is another', () => {
    const { text } = judged();
    const problemsOf = (kept: string): readonly string[] => compare(kept, judged()).problems;
    expect(problemsOf(text.replace('| 57 | Exactly one completion. |', '| 57 | One completion. |'))).toEqual([
      'statement 57 stands on the page in other words',
    ]);
    expect(problemsOf(text.replace('| idle twice |', '| idle thrice |'))).toEqual([
      'the wrong driver IDLE_TWICE stands on the page in other words',
    ]);
    expect(problemsOf(text.replace('## On Windows', '## On foot'))).toEqual([
      'the text around the rows is another',
    ]);
  });

  it('does not hide a failure that is written on it', () => {
    const name =
      'native-shim/tests/link.test.ts > the link > back in time places a call that was made meanwhile';
    const failing = judged(({ x64 }) => x64.tests.set(name, 'failed'));
    expect(compare(failing.text, failing).problems).toEqual([`statement 62 fails: x64: ${name} (failed)`]);
  });

  it('says of what did not run that nothing is known', () => {
    const partly = judged(({ x86 }) => x86.tests.clear());
    const { problems, unknown } = compare(judged().text, partly);
    expect(problems).toEqual([]);
    expect(unknown).toContainEqual(expect.stringMatching(/^statement 58 is not proved: x86: /));
  });
});

describe('the statements', () => {
  it('are all there, once and in order', () => {
    expect(STATEMENTS.map(({ number }) => number)).toEqual(Array.from({ length: 121 }, (_, at) => at + 1));
  });

  it('each have a proof, and the scenarios prove them in every place', () => {
    expect(STATEMENTS.filter((one) => one.proofs.length === 0).map(({ number }) => number)).toEqual([]);
    const inPlace = (place: Place): number => proofs.filter(({ places }) => places.includes(place)).length;
    for (const place of PLACES) expect(inPlace(place)).toBeGreaterThan(60);
  });
});
