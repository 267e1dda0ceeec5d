import { describe, expect, it } from 'vitest';
import { Runs } from './runs.ts';

describe('a run', () => {
  it('lasts from the end of the first to that of the last, and is followed by another', async () => {
    const told: number[] = [];
    const runs = new Runs((seen) => void told.push(seen));
    for (const count of [2_500, 2]) {
      runs.expect(count);
      const finished = runs.finished();
      for (let seen = 0; seen < count; seen += 1) runs.one();
      const { events, seconds, processor } = await finished;
      expect(events).toBe(count - 1);
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(processor).toBeGreaterThanOrEqual(0);
    }
    expect(told).toEqual([1_000, 2_000]);
  });
});
