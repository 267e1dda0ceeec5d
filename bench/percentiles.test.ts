import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, summarise } from './percentiles.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('percentile', () => {
  it.each([
    [upTo(100), 50, 50],
    [upTo(100), 99, 99],
    [upTo(100), 100, 100],
    [upTo(1_000), 99, 990],
    [upTo(4), 50, 2],
    [upTo(5), 50, 3],
    [upTo(10), 99, 10],
    [[7], 1, 7],
  ])('of %j at %d is %d', (sorted, percent, expected) => {
    expect(percentile(sorted, percent)).toBe(expected);
  });

  it.each([0, -1, 100.1, Number.NaN])('refuses %d percent', (percent) => {
    expect(() => percentile([1], percent)).toThrow(RangeError);
  });

  it('refuses to speak about nothing', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => summarise([])).toThrow(RangeError);
  });

  it('is the smallest sample that enough samples do not exceed', () => {
    const samples = fc.array(fc.integer(), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentile(
          values.toSorted((one, other) => one - other),
          percent,
        );
        const share = (bound: (value: number) => boolean) => values.filter(bound).length / values.length;
        expect(share((value) => value <= found)).toBeGreaterThanOrEqual(percent / 100);
        expect(share((value) => value < found)).toBeLessThan(percent / 100);
      }),
    );
  });
});

describe('summarise', () => {
  it('does not need order and does not make any', () => {
    const samples = [30, 10, 20];
    expect(summarise(samples)).toEqual({ count: 3, p50: 20, p95: 30, p99: 30 });
    expect(samples).toEqual([30, 10, 20]);
  });

  it('sorts numbers as numbers', () => {
    expect(summarise([100, 9, 10])).toMatchObject({ p50: 10, p99: 100 });
  });
});
