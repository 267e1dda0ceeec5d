import { everything, type TraceFilter, type TraceRing } from './trace-ring.ts';

/** Rows that a list can show. Their indexes run from `start` to before `end`, and stay theirs as old ones go. */
export type RowSource = { readonly start: number; readonly end: number };

/** How many entries are looked at between two looks at the clock. */
const STRIDE = 512;
const META = /[\\^$.*+?()[\]{}|]/g;

/** The entries of a ring that pass a filter, as rows. A new filter works its way through the ring in small pieces. */
export class TraceView implements RowSource {
  readonly #ring: TraceRing;
  readonly #capacity: number;
  #filter = everything;
  #text: RegExp | undefined;
  // Ordinals of the rows, at their index modulo the capacity; unused while everything passes.
  #ordinals = new Float64Array(0);
  #scanned = 0;
  #start = 0;
  #end = 0;

  constructor(ring: TraceRing, capacity: number) {
    this.#ring = ring;
    this.#capacity = capacity;
  }

  get filter(): TraceFilter {
    return this.#filter;
  }

  get #all(): boolean {
    return this.#filter === everything;
  }

  get start(): number {
    return this.#all ? this.#ring.start : this.#start;
  }

  get end(): number {
    return this.#all ? this.#ring.end : this.#end;
  }

  /** Entries below this ordinal have been looked at. */
  get scanned(): number {
    return this.#all ? this.#ring.end : this.#scanned;
  }

  /** Shows other entries. Rows get new indexes. */
  setFilter({ text, call, without }: TraceFilter): void {
    const open = text === '' && call === 0 && without.size === 0;
    this.#filter = open ? everything : { text, call, without };
    this.#text = text === '' ? undefined : new RegExp(text.replace(META, '\\$&'), 'iu');
    this.#scanned = this.#ring.start;
    this.#start = 0;
    this.#end = 0;
    if (!open && this.#ordinals.length === 0) this.#ordinals = new Float64Array(this.#capacity);
  }

  /** Looks at new entries until all are seen or `enough` says so. Answers whether all are seen. */
  advance(enough: () => boolean): boolean {
    if (this.#all) return true;
    const { start, end } = this.#ring;
    this.#scanned = Math.max(this.#scanned, start);
    while (this.#scanned < end) {
      const until = Math.min(end, this.#scanned + STRIDE);
      for (; this.#scanned < until; this.#scanned += 1) {
        if (!this.#ring.passes(this.#scanned, this.#filter, this.#text)) continue;
        this.#ordinals[this.#end % this.#capacity] = this.#scanned;
        this.#end += 1;
      }
      if (enough()) break;
    }
    // Rows whose entries were overwritten are gone.
    while (this.#start < this.#end && this.ordinal(this.#start) < start) this.#start += 1;
    return this.#scanned === end;
  }

  /** The ordinal of a row's entry. */
  ordinal(index: number): number {
    return this.#all ? index : (this.#ordinals[index % this.#capacity] ?? -1);
  }

  /** The row of an entry; nothing if it is not shown. */
  indexOf(ordinal: number): number | undefined {
    if (this.#all) return ordinal >= this.start && ordinal < this.end ? ordinal : undefined;
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.ordinal(middle) < ordinal) low = middle + 1;
      else high = middle;
    }
    return low < this.#end && this.ordinal(low) === ordinal ? low : undefined;
  }
}
