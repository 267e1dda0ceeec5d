import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rounds } from '../rounds.ts';

/** How long one echo may take, in ms. */
const ECHO_MS = 5_000;

/** Sends frames to a peer that sends them back, one at a time. @returns half of each round trip, in µs */
export async function timeEchoes(
  socket: Socket,
  bytes: number,
  { count, warmUp, pauseMs }: Rounds,
): Promise<number[]> {
  const frame = Buffer.alloc(bytes, 'x');
  const times: number[] = [];
  for (let round = -warmUp; round < count; round += 1) {
    if (pauseMs > 0) await pause(pauseMs);
    const sent = performance.now();
    const took = (await echoed(socket, frame)) - sent;
    if (round >= 0) times.push((took * 1_000) / 2);
  }
  return times;
}

/** @returns when the last byte came back, ms of performance.now() */
function echoed(socket: Socket, frame: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let missing = frame.length;
    const late = setTimeout(() => reject(new Error(`no echo within ${ECHO_MS} ms`)), ECHO_MS);
    const take = (chunk: Buffer): void => {
      missing -= chunk.length;
      if (missing > 0) return;
      resolve(performance.now());
      clearTimeout(late);
      socket.off('data', take);
    };
    socket.on('data', take);
    socket.write(frame);
  });
}
