/** The servers and adapters of one test, and the end of them all. */
import { afterEach } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { ANNA, adapterFor, BEN, type Told } from './signed-in.ts';
import { type Listener, listen } from './way-rig.ts';

let ends: (() => unknown)[] = [];

/** Ends after each test what it has opened, the last first. Call once in a test file. */
export function endingAll(): void {
  afterEach(async () => {
    const opened = ends.reverse();
    ends = [];
    for (const end of opened) await end();
  });
}

/** Called at the end of the test, the last one first. */
export const atEnd = (end: () => unknown) => void ends.push(end);

/** A simulator with Anna and Ben. */
export async function pbx(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ users: [ANNA, BEN], ...options });
  atEnd(() => simulator.close());
  return simulator;
}

export async function scriptedServer(script?: Script): Promise<ScriptedServer> {
  const server = await startScriptedServer(script);
  atEnd(() => server.close());
  return server;
}

/** A server that does with each connection what it is told. */
export async function serving(serve: Parameters<typeof listen>[0]): Promise<Listener> {
  const listener = await listen(serve);
  atEnd(() => listener.close());
  return listener;
}

/** An adapter that has begun to sign in. */
export function starting(...parameters: Parameters<typeof adapterFor>): Told {
  const told = adapterFor(...parameters);
  atEnd(() => told.pbx.stop());
  told.pbx.start();
  return told;
}

/** An adapter that is online. */
export async function online(...parameters: Parameters<typeof adapterFor>): Promise<Told> {
  const told = starting(...parameters);
  await told.untilState('online');
  return told;
}
