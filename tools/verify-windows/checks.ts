/** Runs checks that build on each other. Knows nothing of Windows. */
import type { CheckResult } from './result.ts';

export interface Check {
  readonly id: string;
  readonly title: string;
  /** What of the conformance page it proves: numbers of statements, R1 to R12. */
  readonly proves?: readonly string[];
  /** Checks that must have passed before. */
  readonly needs?: readonly string[];
  /** It takes back what this check did, and runs whenever that one was tried, however it ended. */
  readonly undoes?: string;
  /** What was seen, in words; rejects when it is not as it should be. */
  readonly run: () => Promise<string>;
}

/** Why a check cannot run now; undefined when it can. */
function hindrance(check: Check, done: ReadonlyMap<string, CheckResult>): string | undefined {
  if (check.undoes !== undefined) {
    const tried = done.get(check.undoes);
    return tried !== undefined && tried.outcome !== 'not run'
      ? undefined
      : `${check.undoes} was not tried, there is nothing to take back`;
  }
  const missing = (check.needs ?? []).find((id) => done.get(id)?.outcome !== 'passed');
  return missing === undefined ? undefined : `${missing} has not passed`;
}

/**
 * Runs every check in its order; one that fails keeps those that need it from running, and nothing else.
 * @param clean takes numbers and names out of what a check says, before anything is kept
 * @throws when a check builds on one that does not stand before it
 */
export async function runChecks(
  checks: readonly Check[],
  now: () => number,
  say: (line: string) => void,
  clean: (detail: string) => string,
): Promise<CheckResult[]> {
  const done = new Map<string, CheckResult>();
  for (const check of checks) {
    const before = [...(check.needs ?? []), ...(check.undoes === undefined ? [] : [check.undoes])];
    const unknown = before.find((id) => !done.has(id));
    if (unknown !== undefined || done.has(check.id)) throw new Error(`the plan is wrong at ${check.id}`);
    const result = await runCheck(check, hindrance(check, done), now, clean);
    done.set(check.id, result);
    say(`${result.outcome.padEnd(7)}  ${result.title}${result.detail === '' ? '' : `: ${result.detail}`}`);
  }
  return [...done.values()];
}

async function runCheck(
  { id, title, proves = [], run }: Check,
  reason: string | undefined,
  now: () => number,
  clean: (detail: string) => string,
): Promise<CheckResult> {
  const result = { id, title, proves };
  if (reason !== undefined) return { ...result, outcome: 'not run', seconds: 0, detail: reason };
  const started = now();
  try {
    const detail = clean(await run());
    return { ...result, outcome: 'passed', seconds: (now() - started) / 1_000, detail };
  } catch (error) {
    const detail = clean(error instanceof Error ? error.message : String(error));
    return { ...result, outcome: 'failed', seconds: (now() - started) / 1_000, detail };
  }
}
