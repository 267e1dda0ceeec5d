/**
 * Where the scenarios run: on this machine itself, or the DLL for x64 or x86 under Wine. The variable TAPLINE_PLACE says
 * so; every scenario is written once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createInterface } from 'node:readline';
import { PLACES, type Place } from '../../tools/conformance/statement.ts';
import { buildNative, buildWindows, type NativeBuild } from '../../tools/native/build.ts';
import { buildRelay } from '../../tools/native/relay.ts';
import { windowsPath } from '../../tools/rig/wine.ts';
import { type Wine, wineFor } from '../../tools/rig/wine-places.ts';

const wanted = process.env['TAPLINE_PLACE'] ?? 'native';
const found = PLACES.find((place) => place === wanted);
if (found === undefined) throw new Error(`TAPLINE_PLACE is ${wanted}; it can be ${PLACES.join(', ')}`);

/** The place of this run. */
export const PLACE: Place = found;

/** Something for the place: rounds that take long under Wine are fewer there. */
export const atPlace = <T>(natively: T, underWine: T): T => (PLACE === 'native' ? natively : underWine);

/** The Wine of this place; undefined natively. */
export const wine: Wine | undefined = PLACE === 'native' ? undefined : wineFor(PLACE);

/** A path as the programs of this place know it. */
export const pathAtPlace = (path: string): string => (PLACE === 'native' ? path : windowsPath(path));

let building: Promise<NativeBuild> | undefined;

async function build(): Promise<NativeBuild> {
  if (PLACE === 'native') return buildNative();
  wine?.start();
  await buildRelay(PLACE);
  return buildWindows(PLACE);
}

/** The provider and the host for this place, built once, with their Wine ready. */
export function builtForPlace(): Promise<NativeBuild> {
  building ??= build();
  return building;
}

/** Starts a program that was built for this place. */
export function spawnAtPlace(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const [command = program, ...words] = [...(wine?.command ?? []), program, ...args];
  return spawn(command, words, { env: { ...process.env, ...wine?.environment, ...env }, stdio: 'pipe' });
}

/** An endpoint the shim finds. Closing it takes the endpoint away at once, as the end of a process does. */
export type Endpoint = { readonly close: () => Promise<void> };

/** Serves a Unix socket natively; under Wine the pipe of its session, passed on by a relay. */
export async function listenAtPlace(server: Server, path: string): Promise<Endpoint> {
  const closed = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  if (PLACE === 'native') {
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return { close: closed };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const relay = spawnAtPlace(await buildRelay(PLACE), [String(port)], {});
  const ended = once(relay, 'close');
  await relayListens(relay, ended);
  return {
    close: async () => {
      relay.kill('SIGKILL');
      await Promise.all([ended, closed()]);
    },
  };
}

async function relayListens(relay: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (!relay.stdout || !relay.stderr) throw new Error('the relay has no output');
  let complaint = '';
  relay.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const failed = ended.then(() => Promise.reject(new Error(`the relay ended: ${complaint}`)));
  failed.catch(() => undefined);
  await Promise.race([once(createInterface({ input: relay.stdout }), 'line'), failed]);
}
