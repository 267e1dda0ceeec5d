import type { TraceRow } from '../../contract/renderer-api.ts';

export type Leg = TraceRow['leg'];
export type Way = TraceRow['direction'];

export const legs: readonly Leg[] = ['pbx', 'core', 'link', 'tapi'];
const ways: readonly Way[] = ['in', 'out', 'note'];

/** How many entries the page keeps. */
export const RING_CAPACITY = 100_000;
/** How much text they may have together, in characters: one entry may have 4,000. */
export const RING_CHARACTERS = 64_000_000;
/** How many calls are remembered for choosing one. */
const MAX_CALLS = 200;

/**
 * The last trace entries, in columns: a hundred thousand objects would cost the page more than their texts do. An
 * entry's place is its ordinal: the first ever is 0, and it keeps its number when older ones are overwritten.
 */
export class TraceRing {
  readonly #capacity: number;
  readonly #characters: number;
  readonly #sequence: Float64Array;
  readonly #at: Float64Array;
  readonly #call: Uint32Array;
  readonly #leg: Uint8Array;
  readonly #way: Uint8Array;
  readonly #account: string[] = [];
  readonly #label: string[] = [];
  readonly #detail: string[] = [];
  #start = 0;
  #end = 0;
  #weight = 0;
  #last = 0;
  #lost = 0;
  #calls: readonly number[] = [];

  constructor(capacity = RING_CAPACITY, characters = RING_CHARACTERS) {
    this.#capacity = capacity;
    this.#characters = characters;
    this.#sequence = new Float64Array(capacity);
    this.#at = new Float64Array(capacity);
    this.#call = new Uint32Array(capacity);
    this.#leg = new Uint8Array(capacity);
    this.#way = new Uint8Array(capacity);
  }

  /** Ordinal of the oldest entry that is kept. */
  get start(): number {
    return this.#start;
  }

  /** Ordinal of the next entry. */
  get end(): number {
    return this.#end;
  }

  /** Entries that never came here, by the gaps between sequence numbers. */
  get lost(): number {
    return this.#lost;
  }

  /** Calls that entries belong to, newest first. The same array until there is another one. */
  get calls(): readonly number[] {
    return this.#calls;
  }

  /** Adds entries, oldest first. One that is here already (they overlap when following begins) is passed over. */
  append(rows: readonly TraceRow[]): void {
    for (const row of rows) {
      if (row.sequence <= this.#last) continue;
      if (this.#last > 0) this.#lost += row.sequence - this.#last - 1;
      this.#last = row.sequence;
      if (this.#end - this.#start === this.#capacity) this.#forget();
      this.#store(this.#end % this.#capacity, row);
      this.#end += 1;
      // The newest stays, however long it is.
      while (this.#weight > this.#characters && this.#end - this.#start > 1) this.#forget();
      if (row.call > 0 && row.call !== this.#calls[0] && !this.#calls.includes(row.call)) {
        this.#calls = [row.call, ...this.#calls].slice(0, MAX_CALLS);
      }
    }
  }

  #store(place: number, row: TraceRow): void {
    this.#sequence[place] = row.sequence;
    this.#at[place] = row.at;
    this.#call[place] = row.call;
    this.#leg[place] = legs.indexOf(row.leg);
    this.#way[place] = ways.indexOf(row.direction);
    this.#account[place] = row.account;
    this.#label[place] = row.label;
    this.#detail[place] = row.detail;
    this.#weight += row.label.length + row.detail.length;
  }

  #forget(): void {
    const place = this.#start % this.#capacity;
    this.#weight -= (this.#label[place]?.length ?? 0) + (this.#detail[place]?.length ?? 0);
    this.#label[place] = '';
    this.#detail[place] = '';
    this.#start += 1;
  }

  /** The entry at an ordinal; nothing where none is kept. */
  get(ordinal: number): TraceRow | undefined {
    if (ordinal < this.#start || ordinal >= this.#end) return undefined;
    const place = ordinal % this.#capacity;
    return {
      sequence: this.#sequence[place] ?? 0,
      at: this.#at[place] ?? 0,
      leg: legs[this.#leg[place] ?? 0] ?? 'core',
      direction: ways[this.#way[place] ?? 0] ?? 'note',
      account: this.#account[place] ?? '',
      call: this.#call[place] ?? 0,
      label: this.#label[place] ?? '',
      detail: this.#detail[place] ?? '',
    };
  }

  /** Whether an entry passes, without building it: filters look at every one. */
  passes(ordinal: number, filter: TraceFilter, text: RegExp | undefined): boolean {
    const place = ordinal % this.#capacity;
    if (filter.call !== 0 && this.#call[place] !== filter.call) return false;
    const leg = legs[this.#leg[place] ?? 0];
    if (leg && filter.without.has(leg)) return false;
    return !text || text.test(this.#label[place] ?? '') || text.test(this.#detail[place] ?? '');
  }
}

/** Which entries are shown. */
export type TraceFilter = {
  /** Stands in label or detail, in whichever case. Empty: any. */
  readonly text: string;
  /** 0: any. */
  readonly call: number;
  /** Legs that are left out. */
  readonly without: ReadonlySet<Leg>;
};

export const everything: TraceFilter = { text: '', call: 0, without: new Set() };
