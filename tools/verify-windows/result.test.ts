import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CheckResult, MAX_RESULT, MAX_TEXT, readResult, writeResult } from './result.ts';

const check: CheckResult = {
  id: 'devices',
  title: 'The line is there',
  proves: ['R1', '121'],
  outcome: 'passed',
  seconds: 1.5,
  detail: 'device 3',
};
const result = {
  version: '0.1.0',
  images: { library: 'a'.repeat(64) },
  machine: { windows: 'Windows 11 Pro 10.0.26100', architecture: 'x64', node: 'v24.1.0' },
  startedAt: '2026-11-22T01:02:03.000Z',
  checks: [check],
};

const changed = (change: Record<string, unknown>): string =>
  JSON.stringify({ ...JSON.parse(writeResult(result)), ...change });

test('what is written is read', () => {
  const read = readResult(writeResult(result));
  expect(read).toEqual({ ok: true, result: { format: 1, product: 'Tapline', passed: true, ...result } });
});

test.each(['failed', 'not run'] as const)(
  'one check that is %s keeps the whole from having passed',
  (outcome) => {
    const read = readResult(writeResult({ ...result, checks: [check, { ...check, outcome }] }));
    expect(read).toMatchObject({ ok: true, result: { passed: false } });
  },
);

test('no check at all proves nothing', () => {
  expect(readResult(writeResult({ ...result, checks: [] }))).toMatchObject({ result: { passed: false } });
});

test('a long detail is cut, not refused', () => {
  const long = { ...check, detail: 'x'.repeat(MAX_TEXT + 1) };
  expect(readResult(writeResult({ ...result, checks: [long] }))).toMatchObject({ ok: true });
});

test.each([
  ['no JSON', '{', 'the result file is no JSON'],
  ['another format', changed({ format: 2 }), 'the result file is wrong at format'],
  ['passed where a check failed', changed({ checks: [{ ...check, outcome: 'failed' }] }), 'says passed'],
  ['a statement that does not exist', changed({ checks: [{ ...check, proves: ['122'] }] }), 'proves.0'],
  ['a field nobody knows', changed({ user: 'anna' }), 'wrong at user'],
  ['a hash that is none', changed({ images: { library: 'abc' } }), 'images.library'],
  ['too long', ' '.repeat(MAX_RESULT + 1), 'too long'],
])('a file is refused: %s', (_, file, problem) => {
  const read = readResult(file);
  expect(read.ok).toBe(false);
  expect(!read.ok && read.problem).toContain(problem);
});

test('reading never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (file) => {
      expect(typeof readResult(file).ok).toBe('boolean');
    }),
  );
});
