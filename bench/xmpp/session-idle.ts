import { setTimeout as pause } from 'node:timers/promises';
import { DEADLINES } from '../../app/pbx/mobydick/mobydick.ts';
import { countWakeUps, type WakeUps } from '../wake-ups.ts';
import {
  accountAt,
  newCertificate,
  startParser,
  startServer,
  startStock,
  startTapline,
  USERS,
} from './parts.ts';

/** Sessions that are online and of which nobody wants anything. */
export type SessionIdle = {
  /** The companion with a shim. */
  readonly tapline: WakeUps;
  /** The library's client(), which sends no pings. */
  readonly stock: WakeUps;
  /** A Node that does nothing. */
  readonly nothing: WakeUps;
  readonly seconds: number;
  /** Pings of Tapline's session per minute. */
  readonly pings: number;
};

const SETTLE_MS = 5_000;
const SECONDS = 30;
const MINUTE_MS = 60_000;

/** Looks for half a minute at all three at once. Needs Linux. */
export async function measureSessionIdle(): Promise<SessionIdle> {
  const certificate = newCertificate();
  const { process: server, port } = await startServer(certificate);
  const tapline = startTapline();
  const stock = startStock();
  const nothing = startParser();
  try {
    await tapline.ask('connect', accountAt(port, USERS.withShim, certificate.fingerprint), true);
    await stock.ask('connect', accountAt(port, USERS.stock, certificate.fingerprint));
    await pause(SETTLE_MS);
    const ours = countWakeUps(tapline.pid);
    const theirs = countWakeUps(stock.pid);
    const none = countWakeUps(nothing.pid);
    await pause(SECONDS * 1_000);
    const pings = MINUTE_MS / DEADLINES.quiet;
    return { tapline: ours(), stock: theirs(), nothing: none(), seconds: SECONDS, pings };
  } finally {
    await Promise.all([server, tapline, stock, nothing].map((part) => part.kill()));
  }
}
