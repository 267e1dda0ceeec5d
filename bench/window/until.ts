import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Looks until there is something. @throws Error naming `what` when there is nothing within `ms` */
export async function until<Value>(
  what: string,
  ms: number,
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  for (const end = performance.now() + ms; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await pause(LOOK_EVERY_MS);
  }
}
