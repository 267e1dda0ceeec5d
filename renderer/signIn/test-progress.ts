import { type TestStepName, type TestStepView, testSteps } from '../../contract/renderer-api.ts';

/** How far a connection test is. */
export type TestProgress = {
  readonly state: 'none' | 'running' | 'passed' | 'failed';
  /** The steps that have ended, in their order. */
  readonly steps: readonly TestStepView[];
};

export const noTest: TestProgress = { state: 'none', steps: [] };
export const testBegins: TestProgress = { state: 'running', steps: [] };

/** A step has ended. Nobody counts steps when no test runs, and none counts twice. */
export function stepEnded(progress: TestProgress, step: TestStepView): TestProgress {
  const known = progress.steps.some((one) => one.step === step.step);
  return progress.state !== 'running' || known ? progress : { ...progress, steps: [...progress.steps, step] };
}

export const testEnded = (progress: TestProgress, passed: boolean): TestProgress => ({
  ...progress,
  state: passed ? 'passed' : 'failed',
});

export type StepState = TestStepView['result'] | 'now' | 'pending';

/** How one step stands: the first that has not ended is under way while the test runs. */
export function stepState({ state, steps }: TestProgress, step: TestStepName): StepState {
  const ended = steps.find((one) => one.step === step);
  if (ended) return ended.result;
  return state === 'running' && testSteps[steps.length] === step ? 'now' : 'pending';
}

/** What deserves to be read: what failed, and what works not quite. */
export const findings = ({ steps }: TestProgress): readonly TestStepView[] =>
  steps.filter(({ result }) => result === 'failed' || result === 'warned');
