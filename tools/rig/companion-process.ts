import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCompanion } from './bundle.ts';
import { ControlServer } from './control-server.ts';
import { startWindowsNode } from './wine.ts';
import { wineFor } from './wine-places.ts';

/**
 * Where a part of the path runs. `wine-x86`: the DLL and its host are those of 32 bits; Node for Windows, of which there
 * is none of 32 bits any more, serves them over the same pipe.
 */
export type Where = 'native' | 'wine' | 'wine-x86';

/** The architecture of the DLL under Wine. */
export const architectureAt = (where: Exclude<Where, 'native'>): 'x64' | 'x86' =>
  where === 'wine' ? 'x64' : 'x86';

export type CompanionProcess = {
  readonly control: ControlServer;
  /** Asks it to end and waits until it has; kills it when it does not. */
  readonly stop: () => Promise<void>;
  /** Ends it without a word, as a crash does. */
  readonly kill: () => Promise<void>;
};

export type CompanionOptions = {
  readonly where: Where;
  /** A folder for its log. */
  readonly folder: string;
  /** native: the path of its socket. */
  readonly socket: string;
  /** Whether shims are served. */
  readonly serveShim?: boolean;
};

/** How long a companion may take to be there, in ms: Wine's first program starts slowly. */
const READY_MS = 30_000;
const STOP_MS = 5_000;

/** Starts the headless companion in a process of its own and waits until it listens. */
export async function startCompanion(options: CompanionOptions): Promise<CompanionProcess> {
  const { where, folder, socket, serveShim = true } = options;
  const script = await bundleCompanion(where === 'native' ? 'telephony service' : 'any process');
  const control = new ControlServer();
  const port = await control.listen();
  const args = ['--control', String(port), ...(serveShim ? [] : ['--no-shim'])];
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `companion-${port}.log`);
  const child =
    where === 'native'
      ? spawn(process.execPath, [script, ...args, '--socket', socket], {
          stdio: ['ignore', 'inherit', 'inherit'],
        })
      : startWindowsNode(script, args, log, wineFor(architectureAt(where)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    control.close();
  };
  const early = exited.then(() =>
    Promise.reject(new Error(`the companion ended early. ${logOf(where, log)}`)),
  );
  early.catch(() => undefined);
  await Promise.race([control.report('ready', () => true, READY_MS), early]).catch(async (error) => {
    await kill();
    throw error;
  });
  return {
    control,
    kill,
    async stop() {
      control.send({ op: 'stop' });
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(late);
      control.close();
    },
  };
}

const logOf = (where: Where, log: string): string =>
  where === 'native' ? '' : `It said: ${readFileSync(log, 'utf8').slice(-2_000)}`;
