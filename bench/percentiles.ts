/** What many measurements of one thing came to, in their unit. */
export type Summary = {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/**
 * The smallest sample that at least `percent` of all samples do not exceed (nearest rank): always one that was measured.
 * @param sorted ascending, at least one
 * @param percent above 0, up to 100
 * @throws RangeError for no samples and for a percentage out of range
 */
export function percentile(sorted: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100))
    throw new RangeError(`${percent} is no percentage above 0, up to 100`);
  const found = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  if (found === undefined) throw new RangeError('there is nothing to take a percentile of');
  return found;
}

/** Sums samples up; their order does not matter. @throws RangeError for no samples */
export function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (percent: number): number => percentile(sorted, percent);
  return { count: sorted.length, p50: at(50), p95: at(95), p99: at(99) };
}
