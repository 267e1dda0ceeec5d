import { describe, expect, it } from 'vitest';
import type { Outcome, Results } from './results.ts';
import { PLACES, type Place, statement, testsOf, unit } from './statement.ts';
import { judge } from './verdict.ts';

const nothing: Results = { tests: new Map(), units: new Map() };

function results(tests: Record<string, Outcome>, units: Record<string, Outcome> = {}): Results {
  return { tests: new Map(Object.entries(tests)), units: new Map(Object.entries(units)) };
}

const everywhere = (here: Results): Record<Place, Results> => ({ native: here, x64: here, x86: here });
const rings = testsOf('a.test.ts', 'a call', PLACES)('rings');
const ends = testsOf('a.test.ts', 'a call')('ends');

describe('a statement', () => {
  it('holds where all its proofs ran and passed', () => {
    const { at, missing } = judge(
      statement(1, '', rings, ends, unit('handles_differ')),
      everywhere(
        results(
          { 'a.test.ts > a call > rings': 'passed', 'a.test.ts > a call > ends': 'passed' },
          { handles_differ: 'passed' },
        ),
      ),
    );
    expect(at).toEqual({ native: 'holds', x64: 'holds', x86: 'holds' });
    expect(missing).toEqual([]);
  });

  it('says nothing of a place where nothing proves it', () => {
    const here = everywhere(results({ 'a.test.ts > a call > ends': 'passed' }));
    expect(judge(statement(1, '', ends), here).at).toEqual({ native: 'holds', x64: 'none', x86: 'none' });
    expect(judge(statement(1, ''), here).at).toEqual({ native: 'none', x64: 'none', x86: 'none' });
  });

  it('does not hold where one proof did not run, and names it', () => {
    const native = results({ 'a.test.ts > a call > rings': 'passed' });
    const { at, missing } = judge(statement(1, '', rings), { native, x64: nothing, x86: nothing });
    expect(at).toEqual({ native: 'holds', x64: 'not run', x86: 'not run' });
    expect(missing).toEqual([
      'x64: a.test.ts > a call > rings (not run)',
      'x86: a.test.ts > a call > rings (not run)',
    ]);
  });

  it('fails by one failure, whatever did not run beside it', () => {
    const native = results({ 'a.test.ts > a call > ends': 'failed' }, { handles_differ: 'passed' });
    const { at } = judge(statement(1, '', ends, unit('handles_differ'), unit('texts_end')), {
      ...everywhere(nothing),
      native,
    });
    expect(at.native).toBe('fails');
  });

  it('may stand on every test whose title begins alike, if there is one', () => {
    const all = testsOf('a.test.ts')('closes on …');
    const of = (tests: Record<string, Outcome>) =>
      judge(statement(1, '', all), { ...everywhere(nothing), native: results(tests) }).at.native;
    expect(of({ 'a.test.ts > closes on noise': 'passed', 'a.test.ts > closes on silence': 'passed' })).toBe(
      'holds',
    );
    expect(of({ 'a.test.ts > closes on noise': 'passed', 'a.test.ts > closes on silence': 'failed' })).toBe(
      'fails',
    );
    expect(of({ 'a.test.ts > opens': 'passed' })).toBe('not run');
  });
});
