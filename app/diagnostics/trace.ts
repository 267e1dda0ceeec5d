import { redact } from './redact.ts';

/** Where on its way a call was seen: at the PBX, in the call model, on the link to the shim, at the telephony service. */
export type Leg = 'pbx' | 'core' | 'link' | 'tapi';

/** One thing that happened. What it says has been redacted. */
export type TraceEntry = {
  /** Counts up by one from 1. */
  readonly sequence: number;
  /** ms since 1970, with fractions. */
  readonly at: number;
  readonly leg: Leg;
  /** `in`: towards the companion; `out`: away from it; `note`: something inside it. */
  readonly direction: 'in' | 'out' | 'note';
  readonly account?: string;
  /** The call it belongs to, where that is known. */
  readonly call?: number;
  /** A few words: the command, event or state. */
  readonly label: string;
  readonly detail: string;
};

/** How many entries are kept: about an hour of a busy supervisor account. */
export const TRACE_CAPACITY = 20_000;
/** Longest label and detail that are kept, in characters. */
export const MAX_LABEL = 120;
export const MAX_DETAIL = 4_000;

/** What is traced, before it is stored. A detail that costs something may be given as the way to make it. */
type Raw = Omit<TraceEntry, 'sequence' | 'at' | 'detail'> & { readonly detail: string | (() => string) };

/**
 * The last entries, in memory only. Everything is redacted before it is stored, so that no way out of here needs to be.
 * That work is put off until the turn that traced is over: a call does not wait for being traced.
 */
export class Trace {
  readonly #ring: TraceEntry[] = [];
  readonly #listeners = new Set<(entry: TraceEntry) => void>();
  readonly #now: () => number;
  #waiting: { readonly at: number; readonly raw: Raw }[] = [];
  #sequence = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds an entry, with the time of this moment. */
  add(raw: Raw): void {
    this.#waiting.push({ at: this.#now(), raw });
    if (this.#waiting.length === 1) queueMicrotask(() => this.#storeWaiting());
  }

  /** What is kept, oldest first. */
  entries(): TraceEntry[] {
    this.#storeWaiting();
    const start = this.#sequence % TRACE_CAPACITY;
    return this.#ring.length < TRACE_CAPACITY
      ? [...this.#ring]
      : [...this.#ring.slice(start), ...this.#ring.slice(0, start)];
  }

  /** Calls `listener` with every new entry. Returns the way to stop it. */
  follow(listener: (entry: TraceEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #storeWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { at, raw } of waiting) this.#store(at, raw);
  }

  #store(at: number, { leg, direction, account, call, label, detail }: Raw): void {
    this.#sequence += 1;
    const text = typeof detail === 'string' ? detail : detail();
    const stored: TraceEntry = {
      sequence: this.#sequence,
      at,
      leg,
      direction,
      label: redact(label.slice(0, MAX_LABEL)),
      detail: text === '' ? '' : redact(text.slice(0, MAX_DETAIL)),
      ...(account !== undefined && { account }),
      ...(call !== undefined && { call }),
    };
    this.#ring[(this.#sequence - 1) % TRACE_CAPACITY] = stored;
    for (const listener of this.#listeners) {
      try {
        listener(stored);
      } catch {
        // A window that fails must stop neither the call that is traced nor another listener.
      }
    }
  }
}
