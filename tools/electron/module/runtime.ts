import type { Browser } from '../browser/browser.ts';
import type { Configuration, Recorded } from '../control/messages.ts';

/** What the parts of the stand-in share: there is one application in a process. */
export type Runtime = {
  readonly configuration: Configuration;
  readonly record: (recorded: Recorded) => void;
  /** Rejects when the browser cannot be reached. */
  readonly browser: Promise<Browser>;
  /** Custom schemes that the application serves. */
  readonly schemes: Set<string>;
  /** Ends the process once everything recorded has left. */
  readonly exit: (code: number) => void;
};

let current: Runtime | undefined;

/** Set once, before the application's main script runs. */
export function setRuntime(runtime: Runtime): void {
  current = runtime;
}

export function runtime(): Runtime {
  if (!current) throw new Error('the stand-in for Electron has not been started');
  return current;
}

export const record = (recorded: Recorded): void => runtime().record(recorded);

/** Records what went wrong where nobody waits for it. */
export const recordProblem = (error: unknown): void =>
  record({
    what: 'problem',
    problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
