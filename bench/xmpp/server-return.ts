import { setTimeout as pause } from 'node:timers/promises';
import type { Certificate } from '../../simulator/mobydick/certificate.ts';
import { type Summary, summarise } from '../percentiles.ts';
import { accountAt, newCertificate, type Server, startServer, startTapline, USERS } from './parts.ts';

/** ms from the moment a server that was killed listens again to the one when its client is signed in again. */
export type ServerReturn = {
  /** The client comes back when it would have tried anyway. */
  readonly byItself: Summary;
  /** The client is told that the network has come back. */
  readonly checked: Summary;
  /** How long the server was away, ms. */
  readonly away: number;
};

const AWAY_MS = 3_000;
/** Clients that wait for the same server: each has a back-off with jitter of its own. */
const BY_ITSELF = { clients: 10, rounds: 2 };
/** One client at a time: they all come at once. */
const CHECKED = { clients: 1, rounds: 6 };

/** Kills the server of clients that are signed in, brings it back after some seconds, and waits for them. */
export async function measureServerReturn(): Promise<ServerReturn> {
  const certificate = newCertificate();
  return {
    byItself: summarise(await outages(certificate, BY_ITSELF, false)),
    checked: summarise(await outages(certificate, CHECKED, true)),
    away: AWAY_MS,
  };
}

async function outages(
  certificate: Certificate,
  { clients, rounds }: typeof BY_ITSELF,
  checked: boolean,
): Promise<number[]> {
  let server: Server | undefined;
  const tapline = startTapline();
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      server ??= await startServer(certificate);
      const { port } = server;
      await tapline.ask('gather', accountAt(port, USERS.tapline, certificate.fingerprint), clients);
      const back = tapline.ask('back');
      await server.process.kill();
      await pause(AWAY_MS);
      server = await startServer(certificate, true, port);
      const { at } = server;
      if (checked) await tapline.ask('check');
      times.push(...(await back).map((signedIn) => signedIn - at));
      await tapline.ask('leave');
    }
    return times;
  } finally {
    await Promise.all([tapline.kill(), server?.process.kill()]);
  }
}
