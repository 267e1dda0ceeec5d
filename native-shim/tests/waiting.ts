import { atPlace } from './place.ts';

/** How long something may take to come, in ms. */
export const DEADLINE = atPlace(9000, 20_000);

/** Things that arrive in some order, and tests that wait for one of them. */
export class Waiting<T> {
  readonly all: T[] = [];
  #taken = 0;
  #wake: (() => void) | undefined;

  put(item: T): void {
    this.all.push(item);
    this.#wake?.();
  }

  /** Leaves out what has come so far: what is taken next comes later. */
  passOver(): void {
    this.#taken = this.all.length;
  }

  /** Takes the first item after those taken before that fits; fails after the deadline, naming what was missing. */
  async take(fits: (item: T) => boolean, what: string): Promise<T> {
    const end = Date.now() + DEADLINE;
    let next = this.#taken;
    for (;;) {
      for (; next < this.all.length; next += 1) {
        const item = this.all[next] as T;
        if (fits(item)) {
          this.#taken = next + 1;
          return item;
        }
      }
      const left = end - Date.now();
      if (left <= 0)
        throw new Error(`${what} did not come; there were ${JSON.stringify(this.all.slice(-12))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
