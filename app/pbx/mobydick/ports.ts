import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { release, type, userInfo } from 'node:os';
import { type Clock, systemClock } from '../../clock.ts';

/** What the PBX is told about the machine (xmppuser.ClientInfo). */
export type ClientIdentity = { readonly os: string; readonly osUser: string; readonly version: string };

/** What the adapter needs of the world. */
export type MobydickPorts = {
  readonly clock: Clock;
  /** 0 up to but not including 1, for the jitter of the back-off. */
  readonly random: () => number;
  /** Unpredictable bytes, for the SCRAM nonce and the ids of requests. */
  readonly randomBytes: (count: number) => Buffer;
  /** Starts a TCP connection. */
  readonly connect: (host: string, port: number) => Socket;
  readonly identity: ClientIdentity;
};

/** The real world. `version` is the companion's. */
export function systemPorts(version: string): MobydickPorts {
  return {
    clock: systemClock,
    random: Math.random,
    randomBytes,
    connect: (host, port) => connect({ host, port }),
    identity: { os: `${type()} ${release()}`, osUser: nameOfUser(), version },
  };
}

/** A service account without a profile has no user information; that must not stop a sign-in. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
