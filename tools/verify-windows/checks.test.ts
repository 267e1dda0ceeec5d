import { expect, test } from 'vitest';
import { type Check, runChecks } from './checks.ts';

const says: string[] = [];

function run(checks: readonly Check[]) {
  says.length = 0;
  let seconds = 0;
  const now = (): number => {
    seconds += 1;
    return seconds * 1_000;
  };
  const clean = (detail: string): string => detail.replace(/\d{4,}/g, '…');
  return runChecks(checks, now, (line) => says.push(line), clean);
}

const passes = (id: string, more: Partial<Check> = {}): Check => ({
  id,
  title: `Check ${id}`,
  run: async () => 'seen 0891234567',
  ...more,
});
const fails = (id: string, more: Partial<Check> = {}): Check =>
  passes(id, { run: () => Promise.reject(new Error('wrong at 0891234567')), ...more });

test('what passes, fails and cannot run is told apart, and no number is kept', async () => {
  const results = await run([
    passes('one', { proves: ['R1'] }),
    fails('two', { needs: ['one'] }),
    passes('three', { needs: ['one', 'two'] }),
    passes('four', { needs: ['one'] }),
  ]);
  expect(results).toEqual([
    { id: 'one', title: 'Check one', proves: ['R1'], outcome: 'passed', seconds: 1, detail: 'seen …' },
    { id: 'two', title: 'Check two', proves: [], outcome: 'failed', seconds: 1, detail: 'wrong at …' },
    {
      id: 'three',
      title: 'Check three',
      proves: [],
      outcome: 'not run',
      seconds: 0,
      detail: 'two has not passed',
    },
    { id: 'four', title: 'Check four', proves: [], outcome: 'passed', seconds: 1, detail: 'seen …' },
  ]);
  expect(says).toHaveLength(4);
  expect(says[2]).toBe('not run  Check three: two has not passed');
});

test('what was tried is taken back, passed or failed; what was not tried is not', async () => {
  const results = await run([
    fails('place'),
    passes('register', { needs: ['place'] }),
    passes('remove', { undoes: 'register' }),
    passes('displace', { undoes: 'place' }),
  ]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'not run', 'not run', 'passed']);
});

test.each([
  ['needs what comes later', [passes('one', { needs: ['two'] }), passes('two')]],
  ['takes back what is not there', [passes('one', { undoes: 'two' })]],
  ['has one name twice', [passes('one'), passes('one')]],
])('a plan that %s is refused', async (_, plan) => {
  await expect(run(plan)).rejects.toThrow('the plan is wrong');
});
