/** Crashes of one page that are forgiven, and in what time, in ms. */
const MAX_CRASHES = 3;
const WITHIN_MS = 60_000;

/** Decides whether a crashed page is worth another try: a page that crashes whenever it is loaded is not. */
export class Crashes {
  readonly #now: () => number;
  #times: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A page crashed. Whether to load it again. */
  tryAgain(): boolean {
    const now = this.#now();
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length <= MAX_CRASHES;
  }
}
