import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { FakeClock } from './testing/fake-clock.ts';

describe('the machine’s clock', () => {
  it('tells the time of day', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  });

  it('calls once when the time is over, and not when it was cancelled', async () => {
    const called: string[] = [];
    const cancelled = systemClock.after(1, () => void called.push('cancelled'));
    cancelled.cancel();
    await new Promise<void>((resolve) => {
      const keep = setInterval(() => undefined, 1_000);
      systemClock.after(2, () => {
        called.push('due');
        clearInterval(keep);
        resolve();
      });
    });
    expect(called).toEqual(['due']);
  });
});

describe('the tests’ clock', () => {
  it('runs what is due in its order, and what that sets up', () => {
    const clock = new FakeClock(1_000);
    const ran: string[] = [];
    const note = (name: string) => (): void => void ran.push(`${name} ${clock.now()}`);
    clock.after(20, note('late'));
    clock.after(10, () => {
      note('early')();
      clock.after(5, note('inner'));
    });
    clock.after(10, note('same'));
    clock.after(11, note('cancelled')).cancel();
    clock.advance(9);
    expect(ran).toEqual([]);
    clock.advance(21);
    expect(ran).toEqual(['early 1010', 'same 1010', 'inner 1015', 'late 1020']);
    expect([clock.now(), clock.waiting]).toEqual([1_030, 0]);
  });
});
