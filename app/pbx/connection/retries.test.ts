import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEADLINES } from './deadlines.ts';
import { type Retry, SessionFailure } from './failure.ts';
import { createRetries, type Retries } from './retries.ts';

const failure = (retry: Retry) => new SessionFailure({ code: 'lost', stage: 'signIn', detail: '' }, retry);
const pauseAfter = (retry: Retry, worked = false) => retries.after(failure(retry), worked);
let retries: Retries;
beforeEach(() => {
  retries = createRetries(() => 1, DEADLINES);
});

describe('a refused password', () => {
  it('is not tried again (TAPI-6)', () => {
    expect(pauseAfter('otherPassword')).toBeUndefined();
  });

  it('that had worked is tried three times in all, with long pauses that nothing cuts short (TAPI-6)', () => {
    expect(pauseAfter('otherPassword', true)).toEqual({ delay: 30_000, mayEndEarly: false });
    expect(pauseAfter('otherPassword', true)).toEqual({ delay: 60_000, mayEndEarly: false });
    expect(pauseAfter('otherPassword', true)).toBeUndefined();
  });

  it('has its chances counted through other failures', () => {
    pauseAfter('otherPassword', true);
    pauseAfter('backOff', true);
    pauseAfter('otherPassword', true);
    pauseAfter('longWait', true);
    expect(pauseAfter('otherPassword', true)).toBeUndefined();
  });

  it('is given up when one that never worked comes in its place', () => {
    pauseAfter('otherPassword', true);
    expect(pauseAfter('otherPassword', false)).toBeUndefined();
  });

  it('has all its chances again after a sign-in', () => {
    pauseAfter('otherPassword', true);
    pauseAfter('otherPassword', true);
    retries.reset();
    expect(pauseAfter('otherPassword', true)).toMatchObject({ delay: 30_000 });
  });
});

describe('retries', () => {
  it('back off, and start over after a sign-in', () => {
    const delays = () => [1, 2, 3].map(() => pauseAfter('backOff')?.delay);
    expect(delays()).toEqual([1_000, 2_000, 4_000]);
    retries.reset();
    expect(delays()).toEqual([1_000, 2_000, 4_000]);
    expect(pauseAfter('backOff')?.mayEndEarly).toBe(true);
  });

  it('wait long after a conflict, whatever the network does', () => {
    expect(pauseAfter('longWait')).toEqual({ delay: 60_000, mayEndEarly: false });
  });

  it('are none where only the user can help', () => {
    expect(pauseAfter('never', true)).toBeUndefined();
  });

  it('send a password that is refused three times at most, whatever else happens', () => {
    const retry = fc.constantFrom<Retry>('backOff', 'longWait', 'otherPassword', 'never');
    fc.assert(
      fc.property(fc.array(retry), fc.boolean(), (given, worked) => {
        retries = createRetries(() => 0.5, DEADLINES);
        let refusals = 0;
        for (const next of given) {
          if (next === 'otherPassword') refusals += 1;
          if (!pauseAfter(next, worked)) break;
        }
        expect(refusals).toBeLessThanOrEqual(worked ? 3 : 1);
      }),
    );
  });
});
