import type { Text } from '../language.ts';
import type { Certificate } from './port.ts';

/** The steps of the connection test, in their order. */
export const TEST_STEPS = ['name', 'tcp', 'tls', 'signIn', 'userInfo', 'role', 'phone'] as const;

export type TestStepName = (typeof TEST_STEPS)[number];

/** `warned`: it works, and something is missing or should be known. `skipped`: not tested. */
export type TestStepResult = 'passed' | 'warned' | 'failed' | 'skipped';

/** How one step went, for people. */
export type TestStep = {
  readonly step: TestStepName;
  readonly result: TestStepResult;
  /** ms, a whole number; 0 for a step that was skipped. */
  readonly duration: number;
  readonly what: Text;
  /** What to do: always there at `warned` and `failed`, nowhere else. */
  readonly todo?: Text;
  /** The certificate that was not trusted. */
  readonly certificate?: Certificate;
};

/** The outcome of a step, before its place and time are known. */
export type StepOutcome = Omit<TestStep, 'step' | 'duration'>;

/**
 * The steps so far, each told once, in their order and as it ends. The step under way began when the one
 * before it ended.
 */
export class StepLog {
  readonly steps: TestStep[] = [];
  readonly #now: () => number;
  readonly #tell: (step: TestStep) => void;
  #since: number;

  /** `now` in ms. What `tell` throws comes out of the method that told it. */
  constructor(now: () => number, tell: (step: TestStep) => void) {
    this.#now = now;
    this.#tell = tell;
    this.#since = now();
  }

  /** The step under way; undefined when all have ended. */
  get underWay(): TestStepName | undefined {
    return TEST_STEPS[this.steps.length];
  }

  /** Ends the step under way. */
  end(outcome: StepOutcome): void {
    const step = this.underWay;
    if (!step) return;
    const now = this.#now();
    const duration = outcome.result === 'skipped' ? 0 : Math.max(0, Math.round(now - this.#since));
    this.#since = now;
    const ended = { step, duration, ...outcome };
    this.steps.push(ended);
    this.#tell(ended);
  }

  /**
   * Ends all steps before `step`, or every one there is left. A step that has ended already stays as it is.
   */
  endUntil(step: TestStepName | undefined, outcome: (step: TestStepName) => StepOutcome): void {
    const until = step === undefined ? TEST_STEPS.length : TEST_STEPS.indexOf(step);
    while (this.steps.length < until) this.end(outcome(TEST_STEPS[this.steps.length] as TestStepName));
  }
}
