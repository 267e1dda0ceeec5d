/**
 * Names that were added lately, in two halves: the older one is forgotten whole. A set whose first name is taken out for
 * each one that is added would have to look for its first name past all that were taken out before.
 */
export class Recent {
  readonly #least: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  /** @param least the last so many that were added are remembered, but those deleted; never more than twice as many */
  constructor(least: number) {
    this.#least = least;
  }

  has(name: string): boolean {
    return this.#newer.has(name) || this.#older.has(name);
  }

  add(name: string): void {
    if (this.#newer.size >= this.#least) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(name);
  }

  delete(name: string): void {
    this.#newer.delete(name);
    this.#older.delete(name);
  }

  clear(): void {
    this.#newer.clear();
    this.#older.clear();
  }
}
