import type { Clock } from '../../clock.ts';

/** A clock that stands still until told to go on. */
export type FakeClock = Clock & {
  /** Goes on by `ms`, and lets what follows from each timer happen before the next. */
  readonly pass: (ms: number) => Promise<void>;
  /** Timers that wait now. */
  readonly waiting: () => number;
};

export function fakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly act: () => void }>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after: (ms, act) => {
      const timer = { at: now + ms, act };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    waiting: () => timers.size,
    pass: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.act();
        await settle();
      }
      now = end;
    },
  };
}
