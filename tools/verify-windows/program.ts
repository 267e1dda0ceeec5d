/** Runs a program of Windows to its end. */
import { spawnSync } from 'node:child_process';

/** How long a program may take, in ms. tsp-setup has a shorter deadline of its own. */
const PROGRAM_MS = 120_000;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

export function run(program: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: PROGRAM_MS });
  return { code: status, out: `${stdout ?? ''}${stderr ?? ''}`.trim() };
}

/** Runs a program that has to end with `expected`. Throws with what it said. */
export function mustRun(expected: number, program: string, ...args: readonly string[]): string {
  const { code, out } = run(program, ...args);
  if (code !== expected) throw new Error(`it ended with ${code} instead of ${expected}: ${out}`);
  return out;
}

/** Stops the telephony service, so that it lets go of the DLL. It need not run. @throws when it goes on running */
export function stopTelephony(): void {
  run('net', 'stop', 'TapiSrv', '/y');
  // `net` gives up sooner than a service may take.
  const stopped = "(Get-Service TapiSrv).WaitForStatus('Stopped', '00:01:00')";
  mustRun(0, 'powershell', '-NoProfile', '-NonInteractive', '-Command', stopped);
}
