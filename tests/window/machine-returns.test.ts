/** The machine wakes up, or somebody unlocks it: a session that waits for its next attempt does not wait any longer. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
/** Stands at the PBX's port and hangs up on everybody. */
let shut: Server;
/** When attempts began, ms: one attempt may connect twice, in the two ways that a server can be spoken to. */
let attempts: number[];
const APART_MS = 300;

beforeEach(async () => {
  seat = await takeSeat();
  await seat.signIn();
  const { port } = seat.pbx;
  await seat.pbx.close();
  attempts = [];
  shut = createServer((socket) => {
    const now = performance.now();
    if (now - (attempts.at(-1) ?? 0) > APART_MS) attempts.push(now);
    socket.on('error', () => undefined).destroy();
  });
  shut.listen(port, '127.0.0.1');
  await once(shut, 'listening');
});
afterEach(async () => {
  shut?.close();
  await seat?.stop();
});

it('tries at once when the machine wakes up, and when it is unlocked', async () => {
  // From the fourth attempt on the waits are of 4 s at least.
  for (const n of [1, 2, 3, 4]) await soon(() => attempts.length >= n).toBe(true);
  for (const event of ['resume', 'unlock-screen']) {
    // The attempt before is over.
    await soon(() => performance.now() - (attempts.at(-1) ?? 0) > APART_MS).toBe(true);
    const before = attempts.length;
    const at = performance.now();
    await seat.app.controls.power(event);
    await soon(() => attempts.length > before).toBe(true);
    expect((attempts[before] ?? 0) - at).toBeLessThan(3_500);
  }
});
