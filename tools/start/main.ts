/** `npm start`: builds the application and runs it, on Electron where that can be, otherwise on the stand-in. */
import { join } from 'node:path';
import { buildApp } from '../app/build.ts';
import { buildNative } from '../native/build.ts';
import { electronVersion, fetchElectron, findElectron, lookAtMachine } from './machine.ts';
import { runOnElectron } from './on-electron.ts';
import { runOnStandIn } from './on-stand-in.ts';
import { planStart } from './plan.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'out/start');
const socket = process.env['TAPLINE_SOCKET'] ?? join(folder, 'companion.sock');

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort());
}
const stop = stopping.signal;

async function electronProgram(display: boolean): Promise<string | undefined> {
  const found = findElectron();
  if (found !== undefined || !display) return found;
  console.log(`Electron ${electronVersion()} is fetched, this once: about 120 MB.`);
  return fetchElectron(stop);
}

/** @returns what TAPI's side needs in the application's environment */
async function serveTapi(): Promise<Readonly<Record<string, string>>> {
  const { library, host } = await buildNative();
  console.log(`To see what a TAPI program sees: TAPLINE_SOCKET=${socket} ${host} ${library}`);
  return { TAPLINE_SOCKET: socket };
}

async function start(): Promise<number> {
  const machine = lookAtMachine();
  const { on, tapi, say } = planStart({ ...machine, electron: await electronProgram(machine.display) });
  if (stop.aborted) return 0;
  for (const line of say) console.log(line);
  if (on.name === 'nothing') return 1;
  const { main } = await buildApp();
  const env = tapi ? await serveTapi() : {};
  if (on.name === 'electron') return runOnElectron(on.program, root, env, stop);
  const { chromium, headed } = on;
  return runOnStandIn({ main, appPath: root, chromium, headed, env, folder, stop });
}

process.exit(await start());
