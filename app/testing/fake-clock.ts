import type { Clock, Timer } from '../clock.ts';

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  readonly #timers = new Map<number, { readonly at: number; readonly act: () => void }>();
  #now: number;
  #last = 0;

  constructor(now = Date.UTC(2026, 0, 5)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, act: () => void): Timer => {
    this.#last += 1;
    const id = this.#last;
    this.#timers.set(id, { at: this.#now + ms, act });
    return { cancel: () => void this.#timers.delete(id) };
  };

  /** Timers that have neither run nor been cancelled. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass: what is due runs in its order, and what that sets up runs too when it is due by then. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      const timer = this.#timers.get(next);
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, timer?.at ?? 0);
      timer?.act();
    }
    this.#now = until;
  }

  #next(until: number): number | undefined {
    const due = [...this.#timers].filter(([, timer]) => timer.at <= until);
    return due.sort(([idA, a], [idB, b]) => a.at - b.at || idA - idB)[0]?.[0];
  }
}
