import { describe, expect, it } from 'vitest';
import { withinTime } from './within-time.ts';

const never = new Promise<void>(() => undefined);

describe('work within a time', () => {
  it('is over when it is done, when it fails, and when the time is', async () => {
    const begun = performance.now();
    await withinTime(Promise.resolve('done'), 5_000);
    await withinTime(Promise.reject(new Error('failed')), 5_000);
    await withinTime(never, 20);
    const took = performance.now() - begun;
    expect(took).toBeGreaterThanOrEqual(15);
    expect(took).toBeLessThan(4_000);
  });
});
