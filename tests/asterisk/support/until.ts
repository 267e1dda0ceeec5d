import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for two servers on a busy machine; what is reached in time costs none of it. Milliseconds. */
export const PATIENCE = 20_000;
const POLL = 5;

/** Waits for something to be found. Rejects with `what`, evaluated then, when it never is. */
export async function until<T>(find: () => T | undefined | false, what: () => string): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(what());
    await sleep(POLL);
  }
}
