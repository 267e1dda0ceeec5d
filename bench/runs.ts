/** What so many things took. */
export type Run = {
  readonly events: number;
  readonly seconds: number;
  /** Processor time of the whole process for that, all threads, s. */
  readonly processor: number;
};

/** Whoever sends is told this often how many were taken. */
const EVERY = 1_000;

/** Counts what comes, in one run after the other. */
export class Runs {
  readonly #progress: (seen: number) => void;
  #expected = 0;
  #seen = 0;
  #began = 0;
  #processor = process.cpuUsage();
  #run = Promise.withResolvers<Run>();

  /** @param progress is told now and then how many of a run have been dealt with */
  constructor(progress: (seen: number) => void = () => undefined) {
    this.#progress = progress;
  }

  /** A new run of so many begins with the next one. */
  readonly expect = (events: number): void => {
    this.#expected = events;
    this.#seen = 0;
    this.#run = Promise.withResolvers();
  };

  /** Resolves when the last one of the run has been dealt with. */
  readonly finished = (): Promise<Run> => this.#run.promise;

  /** One more has been dealt with. */
  one(): void {
    this.#seen += 1;
    if (this.#seen === 1) {
      this.#began = performance.now();
      this.#processor = process.cpuUsage();
    }
    if (this.#seen % EVERY === 0) this.#progress(this.#seen);
    if (this.#seen === this.#expected) this.#finish();
  }

  /** The clock stood at the end of the first one and stands at that of the last. */
  #finish(): void {
    const { user, system } = process.cpuUsage(this.#processor);
    const seconds = (performance.now() - this.#began) / 1_000;
    this.#run.resolve({ events: this.#expected - 1, seconds, processor: (user + system) / 1e6 });
  }
}
