import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type Clock, systemClock } from '../../clock.ts';

/** What the adapter needs of the world. */
export type AsteriskPorts = {
  readonly clock: Clock;
  /** 0 up to but not including 1, for the jitter of the back-off. */
  readonly random: () => number;
  /** Unpredictable bytes, for ActionIDs. */
  readonly randomBytes: (count: number) => Buffer;
  /** Starts a TCP connection. */
  readonly connect: (host: string, port: number) => Socket;
};

export const systemPorts: AsteriskPorts = {
  clock: systemClock,
  random: Math.random,
  randomBytes,
  connect: (host, port) => connect({ host, port }),
};
