import type { Bridge, TraceRow } from '../../contract/renderer-api.ts';
import { GridModel } from './grid-model.ts';
import { RING_CAPACITY, type TraceFilter, TraceRing } from './trace-ring.ts';
import { TraceView } from './trace-view.ts';

/** How long one frame may spend on filtering, in ms. */
const FILTER_MS = 8;

export type FollowerPorts = {
  readonly bridge: Bridge;
  /** Calls back before the next frame is painted. */
  readonly nextFrame: (then: () => void) => void;
  readonly now: () => number;
};

/** Follows the trace: takes every entry at once, and shows what is new once for each frame. */
export class TraceFollower {
  readonly ring = new TraceRing();
  readonly view = new TraceView(this.ring, RING_CAPACITY);
  readonly grid = new GridModel(this.view);
  readonly #ports: FollowerPorts;
  readonly #listeners = new Set<(rows: readonly TraceRow[]) => void>();
  #framed = false;
  // An entry that was selected before the filter changed, to be found again among its rows.
  #wanted: number | undefined;

  constructor(ports: FollowerPorts) {
    this.#ports = ports;
  }

  /** Begins. Returns the way to stop. `failed` is called if main does not let this window follow. */
  follow(failed: () => void): () => void {
    const { bridge } = this.#ports;
    // What overtakes the first answer has to wait for it: entries are kept in their order.
    let early: (readonly TraceRow[])[] | undefined = [];
    let stopped = false;
    const stop = bridge.on('trace', (rows) => {
      if (early) early.push(rows);
      else this.#take(rows);
    });
    const begin = (rows: readonly TraceRow[]) => {
      if (stopped) return;
      this.#take(rows);
      for (const batch of early ?? []) this.#take(batch);
      early = undefined;
    };
    bridge.invoke('followTrace', { from: 0 }).then(begin, failed);
    return () => {
      stopped = true;
      stop();
      bridge.invoke('unfollowTrace', {}).catch(() => undefined);
    };
  }

  /** Calls `listener` with entries as they come. Returns the way to stop it. */
  onRows(listener: (rows: readonly TraceRow[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  setFilter(filter: TraceFilter): void {
    const { active } = this.grid;
    if (active !== undefined) this.#wanted = this.view.ordinal(active);
    this.grid.clear();
    this.view.setFilter(filter);
    this.#frame();
  }

  /** The selected entry. */
  selected(): TraceRow | undefined {
    const { active } = this.grid;
    return active === undefined ? undefined : this.row(active);
  }

  /** The entry of a row. */
  row(index: number): TraceRow | undefined {
    return this.ring.get(this.view.ordinal(index));
  }

  #take(rows: readonly TraceRow[]): void {
    this.ring.append(rows);
    for (const listener of this.#listeners) listener(rows);
    this.#frame();
  }

  #frame(): void {
    if (this.#framed) return;
    this.#framed = true;
    this.#ports.nextFrame(() => {
      this.#framed = false;
      const until = this.#ports.now() + FILTER_MS;
      const complete = this.view.advance(() => this.#ports.now() >= until);
      this.grid.refresh();
      this.#findAgain();
      if (!complete) this.#frame();
    });
  }

  #findAgain(): void {
    if (this.#wanted === undefined || this.view.scanned <= this.#wanted) return;
    const index = this.view.indexOf(this.#wanted);
    this.#wanted = undefined;
    if (index !== undefined && this.grid.active === undefined) this.grid.reveal(index);
    else if (index === undefined) this.grid.follow();
  }
}
