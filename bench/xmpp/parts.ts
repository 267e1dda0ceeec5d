import { join } from 'node:path';
import { type Certificate, shortLived } from '../../simulator/mobydick/certificate.ts';
import type { SimulatedUser } from '../../simulator/simulator.ts';
import { ANNA, BEN } from '../../tools/rig/rig.ts';
import type { Run } from '../runs.ts';
import type { Account, Client } from './client.ts';
import type { Heap } from './contender.ts';
import type { parser } from './parser.ts';
import { Process } from './process.ts';
import type { ServerOrders } from './server.ts';
import type { stock } from './stock.ts';
import type { tapline } from './tapline.ts';

const HOST = '127.0.0.1';
/** Of the embedded PBX and of Prosody in the tests alike. */
export const DOMAIN = 'mobydick';

/** A server in a process of its own. */
export type Server = {
  readonly process: Process<ServerOrders>;
  readonly port: number;
  /** When it listened, ms since 1970. */
  readonly at: number;
};

export type TaplineProcess = Process<typeof tapline & Heap>;
export type StockProcess = Process<typeof stock & Heap>;

const contender = join(import.meta.dirname, 'contender.ts');

export const startTapline = (): TaplineProcess => Process.start(contender, ['tapline']);
export const startParser = (): Process<typeof parser> => Process.start(contender, ['parser']);
/** It has no way to trust one certificate: it trusts all. The warning that Node prints says so. */
export const startStock = (): StockProcess =>
  Process.start(contender, ['stock'], { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' });

export const newCertificate = (): Certificate => shortLived([DOMAIN, HOST], Date.now());

/** @param port 0 takes a free one */
export async function startServer(certificate: Certificate, encrypted = true, port = 0): Promise<Server> {
  const process = Process.start<ServerOrders>(join(import.meta.dirname, 'server.ts'));
  try {
    return {
      process,
      ...(await process.ask('start', { users: Object.values(USERS), certificate, encrypted, port })),
    };
  } catch (error) {
    await process.kill();
    throw error;
  }
}

const CARLA: SimulatedUser = {
  ...ANNA,
  name: 'carla',
  fullName: 'Carla Vogt',
  extension: '342',
  device: 'SIP carla',
};
/** Who signs in as whom: events go to a user. */
export const USERS = { tapline: ANNA, stock: BEN, withShim: CARLA } as const;

/** @param fingerprint of the server's certificate; absent where nothing is encrypted */
export const accountAt = (port: number, user: Account['user'], fingerprint: string | undefined): Account => ({
  host: HOST,
  port,
  domain: DOMAIN,
  user,
  ...(fingerprint !== undefined && { fingerprint }),
});

/** Sends so many events to a client that is connected, and waits until it has dealt with them. */
export async function flood(
  { process: server }: Server,
  client: Process<Pick<Client, 'expect' | 'finished'>>,
  user: Account['user'],
  events: number,
): Promise<Run & { readonly calls: number; readonly alive: number }> {
  client.onNote = (taken) => void server.ask('taken', Number(taken));
  await client.ask('expect', events);
  const [run, told] = await Promise.all([client.ask('finished'), server.ask('events', user, events)]);
  return { ...run, ...told };
}
