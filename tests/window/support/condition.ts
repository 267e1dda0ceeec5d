import { expect } from 'vitest';

/** How long anything that is to happen may take, in ms: machines differ in speed. */
export const SOON_MS = 20_000;
const LOOK_EVERY_MS = 20;

/** What is so now or soon. */
export const soon = <Value>(read: () => Value, what?: string) =>
  expect.poll(read, {
    timeout: SOON_MS,
    interval: LOOK_EVERY_MS,
    ...(what !== undefined && { message: what }),
  });

/** The first value that `read` has to give, now or soon. Rejects with `what` when there is none. */
export async function awaited<Value>(
  what: string,
  read: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  for (const end = Date.now() + SOON_MS; ; ) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
