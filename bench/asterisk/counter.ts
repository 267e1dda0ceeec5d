/** What so many things took. */
export type Run = {
  readonly seconds: number;
  /** Processor time of the whole process for that, all threads, s. */
  readonly processor: number;
};

/** Counts what comes, from the first of a run to the last. */
export class Counter {
  #expected = 0;
  #seen = 0;
  #began = 0;
  #processor = process.cpuUsage();
  #run = Promise.withResolvers<Run>();

  /** A run of so many begins with the next one. */
  readonly expect = (count: number): void => {
    this.#expected = count;
    this.#seen = 0;
    this.#run = Promise.withResolvers();
  };

  /** Resolves with the last one of the run. */
  readonly finished = (): Promise<Run> => this.#run.promise;

  one(): void {
    this.#seen += 1;
    if (this.#seen === 1) {
      this.#began = performance.now();
      this.#processor = process.cpuUsage();
    }
    if (this.#seen !== this.#expected) return;
    const { user, system } = process.cpuUsage(this.#processor);
    this.#run.resolve({
      seconds: (performance.now() - this.#began) / 1_000,
      processor: (user + system) / 1e6,
    });
  }
}
