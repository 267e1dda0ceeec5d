import type { Patch, SliceName, Slices } from '../../contract/renderer-api.ts';

/**
 * The state for windows as it is now, and everyone who wants to know of changes. What changes in one turn of the event
 * loop reaches the listeners as one patch for each slice: a thousand lines at a sign-in are one message.
 */
export class SliceStore {
  #slices: Slices;
  readonly #stale = new Map<SliceName, () => Partial<Slices>>();
  readonly #changed = new Set<SliceName>();
  readonly #listeners = new Set<(patch: Patch) => void>();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  get(): Slices {
    for (const make of this.#stale.values()) this.#slices = { ...this.#slices, ...make() };
    this.#stale.clear();
    return this.#slices;
  }

  set(change: Partial<Slices>): void {
    for (const name of Object.keys(change) as SliceName[]) {
      this.#stale.delete(name);
      this.#mark(name);
    }
    this.#slices = { ...this.#slices, ...change };
  }

  /** A slice has changed; `make` tells its value, once for all changes of the turn. */
  renew<Name extends SliceName>(name: Name, make: () => Slices[Name]): void {
    this.#stale.set(name, () => ({ [name]: make() }));
    this.#mark(name);
  }

  /** Calls `listener` with every slice that changed. Returns the way to stop it. */
  subscribe(listener: (patch: Patch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #mark(name: SliceName): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    this.#changed.add(name);
  }

  #tell(): void {
    const slices = this.get();
    const patches = [...this.#changed].map((slice) => ({ slice, value: slices[slice] }) as Patch);
    this.#changed.clear();
    for (const patch of patches) for (const listener of this.#listeners) listener(patch);
  }
}
