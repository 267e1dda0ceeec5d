import type { Deadlines } from './deadlines.ts';

/**
 * How long to wait before the next attempt, ms: doubling from the first to the longest wait, and between half and all of
 * it by chance, so that a thousand companions do not come back in the same moment.
 * @param failures attempts that failed in a row, from 1
 * @param random 0 up to but not including 1
 */
export function backOff(failures: number, random: number, deadlines: Deadlines): number {
  const { backOffFirst, backOffLongest } = deadlines;
  const doublings = Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
  const whole = Math.min(backOffLongest, backOffFirst * 2 ** doublings);
  return Math.round(jitter(whole, random));
}

/** Half to all of `whole`. */
export const jitter = (whole: number, random: number): number => whole / 2 + (whole / 2) * random;

/** Keeps the power small enough to stay exact. */
const MAX_DOUBLINGS = 30;
