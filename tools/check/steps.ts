/** One part of the check: a command, and why it cannot run here, if so. */
export type Step = {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Asked right before it runs. A sentence: the step is skipped, which fails in CI. */
  readonly missing?: () => string | undefined;
};

/** Steps that run one after the other. */
export type Lane = readonly Step[];

/** Lanes that run side by side: their steps share no file that one of them writes. */
export type Phase = readonly Lane[];

/** How a step ended. */
export type StepResult = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** Why it was skipped. */
  readonly reason?: string;
};

export type CheckPorts = {
  /** Runs a step and gives its exit code. `live`: what it prints may be shown as it comes, no other step is running. */
  readonly run: (step: Step, live: boolean) => Promise<number | null>;
  /** ms. */
  readonly now: () => number;
  readonly say: (line: string) => void;
};

/** Runs one phase after the other; a failure does not keep the next steps from running. Results in the order of `phases`. */
export async function runPhases(phases: readonly Phase[], ports: CheckPorts): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const lanes of phases) {
    const live = lanes.length === 1;
    results.push(...(await Promise.all(lanes.map((lane) => runLane(lane, live, ports)))).flat());
  }
  return results;
}

async function runLane(lane: Lane, live: boolean, { run, now, say }: CheckPorts): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of lane) {
    const { name } = step;
    const reason = step.missing?.();
    const started = now();
    say(`\n── ${name}${reason === undefined ? '' : `: skipped, ${reason}`}`);
    const code = reason === undefined ? await run(step, live) : null;
    const seconds = (now() - started) / 1000;
    if (reason !== undefined) results.push({ name, outcome: 'skipped', seconds, reason });
    else results.push({ name, outcome: code === 0 ? 'passed' : 'failed', seconds });
  }
  return results;
}

/** The closing lines, and whether all is well. In CI, a part that was skipped is a failure. */
export function summary(results: readonly StepResult[], ci: boolean): { lines: string[]; ok: boolean } {
  const count = (outcome: StepResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const skipped = count('skipped');
  const failed = count('failed') + (ci ? skipped : 0);
  const lines = results.map(
    ({ name, outcome, seconds, reason }) =>
      `${outcome.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${name}${reason === undefined ? '' : ` (${reason})`}`,
  );
  if (ci && skipped > 0) lines.push('In CI every part must run: what was skipped counts as failed.');
  lines.push(`${count('passed')} passed, ${failed} failed${ci ? '' : `, ${skipped} skipped`}`);
  return { lines, ok: failed === 0 && count('passed') > 0 };
}
