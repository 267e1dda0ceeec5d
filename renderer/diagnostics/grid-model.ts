import type { RowSource } from './trace-view.ts';

export type Range = { readonly from: number; readonly to: number };

/**
 * Where a list of fixed rows stands: which rows are in sight, which are selected, and whether the list follows its end.
 * Indexes are the source's. The list follows while it stands at its end and nothing is selected.
 */
export class GridModel {
  readonly source: RowSource;
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #top = 0;
  #visible = 1;
  #following = true;
  #active: number | undefined;
  #anchor = 0;

  constructor(source: RowSource) {
    this.source = source;
  }

  /** Index of the first row in sight. */
  get top(): number {
    return this.#top;
  }

  /** Rows that are wholly in sight. */
  get visible(): number {
    return this.#visible;
  }

  get following(): boolean {
    return this.#following && this.#active === undefined;
  }

  /** The row that the keyboard moves; the moving end of the selection. */
  get active(): number | undefined {
    return this.#active;
  }

  /** The selected rows, both ends included. */
  get selection(): Range | undefined {
    if (this.#active === undefined) return undefined;
    return { from: Math.min(this.#anchor, this.#active), to: Math.max(this.#anchor, this.#active) };
  }

  /** Counts up with every change. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  resize(visible: number): void {
    const rows = Math.max(1, visible);
    if (rows === this.#visible) return;
    this.#visible = rows;
    this.refresh();
  }

  /** The source has other rows than before. */
  refresh(): void {
    const { start, end } = this.source;
    if (this.#active !== undefined && (this.#active < start || this.#active >= end)) this.#active = undefined;
    this.#anchor = Math.max(this.#anchor, start);
    this.#top = this.following ? this.#lowest : this.#clamp(this.#top);
    this.#changed();
  }

  scrollTo(top: number): void {
    this.#top = this.#clamp(Math.round(top));
    this.#following = this.#top >= this.#lowest;
    this.#changed();
  }

  scrollBy(rows: number): void {
    this.scrollTo(this.#top + rows);
  }

  /** Makes a row the active one and brings it into sight. With `extend` the selection grows to it. */
  select(index: number, extend = false): void {
    const { start, end } = this.source;
    if (end === start) return;
    const row = Math.min(end - 1, Math.max(start, index));
    if (!extend || this.#active === undefined) this.#anchor = row;
    this.#active = row;
    if (row < this.#top) this.#top = row;
    else if (row >= this.#top + this.#visible) this.#top = row - this.#visible + 1;
    this.#following = this.#top >= this.#lowest;
    this.#changed();
  }

  /** Moves the active row. Without one, the last row in sight becomes it. */
  move(by: number, extend = false): void {
    const last = Math.min(this.source.end, this.#top + this.#visible) - 1;
    this.select(this.#active === undefined ? last : this.#active + by, extend);
  }

  selectAll(): void {
    const { start, end } = this.source;
    if (end === start) return;
    this.#anchor = start;
    this.#active = end - 1;
    this.#changed();
  }

  clear(): void {
    this.#active = undefined;
    this.refresh();
  }

  /** To the end, and on with it. */
  follow(): void {
    this.#active = undefined;
    this.#following = true;
    this.#top = this.#lowest;
    this.#changed();
  }

  /** Selects a row and puts it into the middle. */
  reveal(index: number): void {
    this.select(index);
    this.scrollTo(index - Math.floor(this.#visible / 2));
  }

  get #lowest(): number {
    return Math.max(this.source.start, this.source.end - this.#visible);
  }

  #clamp(top: number): number {
    return Math.min(this.#lowest, Math.max(this.source.start, top));
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
