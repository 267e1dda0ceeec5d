import { readdirSync, readFileSync } from 'node:fs';

/** How often a process is woken that nobody wants anything of: times per minute. */
export type WakeUps = {
  readonly mainThread: number;
  /** Of all threads. */
  readonly allThreads: number;
};

const MINUTE_MS = 60_000;

/**
 * Counts how often the threads of a process wait and are woken: voluntary context switches, proc(5). Needs Linux.
 * @returns what tells the count from then to the moment it is called
 */
export function countWakeUps(pid: number): () => WakeUps {
  const before = switches(pid);
  const began = performance.now();
  return () => {
    const minutes = (performance.now() - began) / MINUTE_MS;
    const counts = [...switches(pid)].map(([thread, count]) => ({
      thread,
      perMinute: (count - (before.get(thread) ?? 0)) / minutes,
    }));
    return {
      mainThread: counts.find(({ thread }) => thread === pid)?.perMinute ?? Number.NaN,
      allThreads: counts.reduce((sum, { perMinute }) => sum + perMinute, 0),
    };
  };
}

/** Of every thread so far, by its id. */
function switches(pid: number): ReadonlyMap<number, number> {
  const threads = readdirSync(`/proc/${pid}/task`).map(Number);
  return new Map(
    threads.map((thread) => [
      thread,
      statusField(`/proc/${pid}/task/${thread}/status`, 'voluntary_ctxt_switches'),
    ]),
  );
}

/** A number of a status file of proc(5). @throws Error when it is not there */
export function statusField(file: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return Number(found);
}
