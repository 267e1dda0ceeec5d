/** What the exchange needs from outside: time and names for channels. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs once after `ms` milliseconds, never inside this call; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Gives a fresh id for a base such as `SIP/anna`; no id may come twice. */
export type ChannelIds = (base: string) => string;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Ids in Asterisk's shape, `SIP/anna-0000001a`, counted up from `first`. */
export function countedIds(first = 1): ChannelIds {
  let next = first;
  return (base) => `${base}-${(next++).toString(16).padStart(8, '0')}`;
}
