import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../app/testing/fake-clock.ts';
import { Crashes } from './crashes.ts';
import { SAME_CLICK_MS, ToggleGuard } from './toggle-guard.ts';

describe('the toggle guard', () => {
  it('takes the click that closed the flyout for what it is', () => {
    const clock = new FakeClock();
    const guard = new ToggleGuard(clock.now);
    expect(guard.opens(), 'the first click of all').toBe(true);
    guard.closed();
    clock.advance(SAME_CLICK_MS - 1);
    expect(guard.opens()).toBe(false);
    clock.advance(1);
    expect(guard.opens()).toBe(true);
  });
});

describe('crashes', () => {
  it('are forgiven three times a minute', () => {
    const clock = new FakeClock();
    const crashes = new Crashes(clock.now);
    expect([1, 2, 3, 4].map(() => crashes.tryAgain())).toEqual([true, true, true, false]);
    clock.advance(60_000);
    expect(crashes.tryAgain()).toBe(true);
  });
});
