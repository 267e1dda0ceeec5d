import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWindows } from '../tools/native/build.ts';
import { bundleCompanion } from '../tools/rig/bundle.ts';
import { ControlServer } from '../tools/rig/control-server.ts';
import { type Summary, summarise } from './percentiles.ts';

/** How long a companion may take to be ready, in ms. */
const READY_MS = 15_000;

/** Bytes of what is delivered. */
export type DeliveredSizes = { readonly x64: number; readonly x86: number; readonly bundle: number };

/** Builds the DLL for x64 and x86 and the companion, and looks how large they are. */
export async function deliveredSizes(): Promise<DeliveredSizes> {
  const bytes = (file: string): number => statSync(file).size;
  const x64 = await buildWindows('x64');
  const x86 = await buildWindows('x86');
  return { x64: bytes(x64.library), x86: bytes(x86.library), bundle: bytes(await bundleCompanion()) };
}

/** Starts the companion natively, again and again. @returns ms from the start of the process until it listens */
export async function timeStarts(count: number): Promise<Summary> {
  const script = await bundleCompanion();
  const times: number[] = [];
  for (let start = 0; start < count; start += 1) times.push(await timeStart(script));
  return summarise(times);
}

async function timeStart(script: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-start-'));
  const control = new ControlServer();
  const port = await control.listen();
  const args = ['--control', String(port), '--socket', join(folder, 'companion.sock')];
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await control.report('ready', () => true, READY_MS);
    return performance.now() - started;
  } finally {
    child.kill('SIGKILL');
    await ended;
    control.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
