import type { Clock } from '../../app/clock.ts';
import type { Events, TraceRow, WindowKind } from '../../contract/renderer-api.ts';
import type { TraceService } from '../companion/service.ts';

/** New rows leave together, at most this often, in ms: a frame of a screen at 60 Hz. */
export const BATCH_MS = 16;

type Send = (kind: WindowKind, name: 'trace', event: Events['trace']) => void;

/**
 * Brings new trace rows to the windows that follow the trace: one message with all rows of a batch, none and no timer
 * while nothing is new or nobody follows.
 */
export class TraceFeed {
  readonly #trace: TraceService;
  readonly #send: Send;
  readonly #clock: Clock;
  /** The sequence number of the first row that a window has not got yet. */
  readonly #followers = new Map<WindowKind, number>();
  #stop: (() => void) | undefined;
  #batch: TraceRow[] = [];

  constructor(trace: TraceService, send: Send, clock: Clock) {
    this.#trace = trace;
    this.#send = send;
    this.#clock = clock;
  }

  /** The rows from a sequence number on; those that are new after them are sent. */
  follow(kind: WindowKind, from: number): readonly TraceRow[] {
    const rows = this.#trace.from(from);
    this.#followers.set(kind, (rows.at(-1)?.sequence ?? 0) + 1);
    this.#stop ??= this.#trace.follow((row) => this.#add(row));
    return rows;
  }

  /** The window follows no longer, or its page is gone. */
  unfollow(kind: WindowKind): void {
    this.#followers.delete(kind);
    if (this.#followers.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#batch = [];
  }

  #add(row: TraceRow): void {
    this.#batch.push(row);
    if (this.#batch.length === 1) this.#clock.after(BATCH_MS, () => this.#flush());
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    const last = batch.at(-1);
    if (!last) return;
    for (const [kind, next] of this.#followers) {
      const news = batch.filter(({ sequence }) => sequence >= next);
      this.#followers.set(kind, last.sequence + 1);
      if (news.length > 0) this.#send(kind, 'trace', news);
    }
  }
}
