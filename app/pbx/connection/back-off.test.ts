import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff } from './back-off.ts';
import { DEADLINES } from './deadlines.ts';

describe('backOff', () => {
  it('doubles up to the longest wait', () => {
    const whole = [1, 2, 3, 4, 5, 6, 7].map((failures) => backOff(failures, 1, DEADLINES));
    expect(whole).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('stays between half and all of it, however often it failed', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const delay = backOff(failures, random, DEADLINES);
          expect(delay).toBeGreaterThanOrEqual(500);
          expect(delay).toBeLessThanOrEqual(30_000);
        },
      ),
    );
  });
});
