import type { Patch, SliceName, Slices } from '../../contract/renderer-api.ts';

/**
 * The state for windows as it is now, and everyone who wants to know of changes. What changes in one turn of the event
 * loop reaches the listeners as one patch for each slice: a thousand lines at a sign-in are one message.
 */
export class SliceStore {
  #slices: Slices;
  readonly #changed = new Set<SliceName>();
  readonly #listeners = new Set<(patch: Patch) => void>();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  get(): Slices {
    return this.#slices;
  }

  set(change: Partial<Slices>): void {
    this.#slices = { ...this.#slices, ...change };
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    for (const name of Object.keys(change)) this.#changed.add(name as SliceName);
  }

  /** Calls `listener` with every slice that changed. Returns the way to stop it. */
  subscribe(listener: (patch: Patch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(): void {
    const patches = [...this.#changed].map((slice) => ({ slice, value: this.#slices[slice] }) as Patch);
    this.#changed.clear();
    for (const patch of patches) for (const listener of this.#listeners) listener(patch);
  }
}
