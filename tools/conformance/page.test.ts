import { describe, expect, it } from 'vitest';
import { type CheckResult, writeResult } from '../verify-windows/result.ts';
import { nothingByHand, readByHand } from './by-hand.ts';
import { page, rowOf } from './page.ts';
import { remarked, statement, testsOf, unit } from './statement.ts';
import { ON_WINDOWS } from './statements/on-windows.ts';

const at = { native: 'holds', x64: 'none', x86: 'not run' } as const;
const proof = testsOf('native-shim/tests/link.test.ts', 'the link')('takes | garbage');

describe('a row', () => {
  it('says where a statement holds and what proves it', () => {
    const one = statement(7, 'It rings.', proof, unit('handles_differ'));
    expect(rowOf({ statement: one, at, missing: [] })).toBe(
      '| 7 | It rings. | holds |  | **not run** | link: the link > takes \\| garbage; `handles_differ` |',
    );
  });

  it('carries a remark, and says when nothing proves it', () => {
    const one = remarked('Windows alone shows it', 7, 'It rings.');
    expect(rowOf({ statement: one, at, missing: [] })).toMatch(
      /open: no test proves it \(Windows alone shows it\) \|$/,
    );
  });
});

const result = (...outcomes: readonly CheckResult['outcome'][]): string =>
  writeResult({
    version: '1.0.0',
    images: {},
    machine: { windows: 'Windows 11', architecture: 'x64', node: 'v22' },
    startedAt: '2026-01-02T03:04:05Z',
    checks: outcomes.map((outcome, index) => ({
      id: `check-${index}`,
      title: 'It rings.',
      proves: ['R1'],
      outcome,
      seconds: 1,
      detail: '',
    })),
  });

describe('what Windows alone can prove', () => {
  it('is unproved without a result file', () => {
    const text = page([], [], nothingByHand);
    for (const id of Object.keys(ON_WINDOWS)) {
      expect(text).toMatch(new RegExp(`^\\| ${id} \\| .* \\| unproved \\|$`, 'm'));
    }
  });

  it('names the checks that show it, or tells a person what to do and to see', () => {
    const text = page([], [], nothingByHand);
    expect(text).toMatch(/^\| R1 \| .* \| `devices` \| unproved \|$/m);
    expect(text).toMatch(
      /^\| R12 \| .* \| A person\. Put .*<br>Has to be seen: `install` ends with 5 .* \|$/m,
    );
  });

  it('is what the checks of a result file say', () => {
    const outcomeOf = (...outcomes: readonly CheckResult['outcome'][]): string =>
      readByHand(result(...outcomes)).outcomeOf('R1');
    expect(outcomeOf('passed', 'passed')).toBe('holds');
    expect(outcomeOf('passed', 'not run')).toBe('unproved');
    expect(outcomeOf('passed', 'failed')).toBe('**fails**');
    expect(readByHand(result('passed')).outcomeOf('R2')).toBe('unproved');
    expect(page([], [], readByHand(result('passed')))).toContain('Seen on: Windows 11, x64');
  });

  it('is refused from a damaged one', () => {
    expect(() => readByHand('{')).toThrow('no JSON');
    expect(() => readByHand(result('passed').replace('"passed": true', '"passed": false'))).toThrow();
  });
});
