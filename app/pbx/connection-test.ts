import type { Clock, Timer } from '../clock.ts';
import { StepLog, TEST_STEPS, type TestStep, type TestStepName } from './connection-test-steps.ts';
import {
  failedOutcome,
  passedOutcome,
  phoneOutcome,
  roleOutcome,
  skippedOutcome,
  userInfoOutcome,
} from './connection-test-texts.ts';
import type {
  Pbx,
  PbxEvent,
  PbxHint,
  PbxListener,
  PbxUser,
  PhoneState,
  SessionProblem,
  SessionState,
  SignInStage,
} from './port.ts';

export {
  TEST_STEPS,
  type TestStep,
  type TestStepName,
  type TestStepResult,
} from './connection-test-steps.ts';
export { RESULT_NAMES, STEP_NAMES, shown, stepName } from './connection-test-texts.ts';

/** How the test went. Every step is in `steps`, in the order of TEST_STEPS. */
export type TestResult = {
  /** No step failed and nobody cancelled: this account can sign in. Warnings do not count. */
  readonly passed: boolean;
  readonly cancelled: boolean;
  readonly steps: readonly TestStep[];
  /** What the failing step met. */
  readonly problem?: SessionProblem;
};

export type TestPorts = { readonly clock: Clock };

export type TestOptions = {
  /** ms for the whole test, signing out aside; TEST_DEADLINE unless set. */
  readonly deadline?: number;
  /** ms to wait for word about the phone, once signed in; PHONE_WAIT unless set. */
  readonly phoneWait?: number;
  /** The kind of PBX whose words to use; those for every PBX unless set. */
  readonly pbx?: SessionProblem['pbx'];
  /** Cancels the test: the step under way and those after it are skipped. */
  readonly signal?: AbortSignal;
};

/** More than one attempt of an adapter takes, so that its own, more exact failure comes first. */
export const TEST_DEADLINE = 30_000;
/** A server tells presence right after the sign-in, if it does at all. */
export const PHONE_WAIT = 2_000;
/** An adapter says goodbye within a second; one that never ends must not keep the test from ending. */
const SIGN_OUT_WAIT = 5_000;

/**
 * Tests an account in steps: signs in once with the session that `connect` makes, looks at what the PBX says
 * of user and phone, and signs out again, whatever happened. Stops at the first failure and never tries
 * twice.
 * @param connect makes the session. Where two sessions of one account replace each other (an XMPP resource), it must be
 *   another than the account's own.
 * @param tell gets each step as it ends, every one exactly once and in their order
 * @returns how it went. Rejects only with what `connect` or `tell` threw.
 */
export async function runConnectionTest(
  connect: (listener: PbxListener) => Pbx,
  { clock }: TestPorts,
  tell: (step: TestStep) => void,
  options: TestOptions = {},
): Promise<TestResult> {
  const { deadline = TEST_DEADLINE, phoneWait = PHONE_WAIT, pbx: kind, signal } = options;
  const over = Promise.withResolvers<void>();
  let listening = true;
  const heeded = (step: TestStep) => {
    if (!listening) return;
    try {
      tell(step);
    } catch (error) {
      listening = false;
      over.reject(error);
    }
  };
  const run = new TestRun(clock, phoneWait, kind, heeded, over.resolve);
  const cancel = () => run.cancel();
  if (signal?.aborted) {
    cancel();
    await over.promise;
    return run.result();
  }
  const pbx = connect({ event: (event) => run.event(event), trace: () => undefined });
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = clock.after(deadline, () => run.outOfTime(deadline));
  try {
    pbx.start();
    await over.promise;
  } finally {
    run.release();
    timer.cancel();
    signal?.removeEventListener('abort', cancel);
    await signOut(pbx, clock);
  }
  return run.result();
}

async function signOut(pbx: Pbx, clock: Clock): Promise<void> {
  const waited = Promise.withResolvers<void>();
  const timer = clock.after(SIGN_OUT_WAIT, waited.resolve);
  await Promise.race([pbx.stop(), waited.promise]);
  timer.cancel();
}

const STEP_OF: Readonly<Record<SignInStage | 'online', TestStepName>> = {
  resolve: 'name',
  connect: 'tcp',
  tls: 'tls',
  signIn: 'signIn',
  bind: 'signIn',
  userInfo: 'userInfo',
  online: 'phone',
};

/** One test: turns the port's events into steps. `over` is called once, when the last step has ended. */
class TestRun {
  readonly #log: StepLog;
  readonly #clock: Clock;
  readonly #phoneWait: number;
  readonly #pbx: SessionProblem['pbx'];
  readonly #over: () => void;
  readonly #phones = new Map<string, PhoneState>();
  #stage: SignInStage | 'online' = 'resolve';
  #plainText = false;
  #users: readonly PbxUser[] = [];
  readonly #hints: PbxHint[] = [];
  #waitForPhone: Timer | undefined;
  #problem: SessionProblem | undefined;
  #cancelled = false;

  constructor(
    clock: Clock,
    phoneWait: number,
    pbx: SessionProblem['pbx'],
    tell: (step: TestStep) => void,
    over: () => void,
  ) {
    this.#log = new StepLog(clock.now, tell);
    this.#clock = clock;
    this.#phoneWait = phoneWait;
    this.#pbx = pbx;
    this.#over = over;
  }

  get ended(): boolean {
    return this.#log.underWay === undefined;
  }

  event(event: PbxEvent): void {
    if (this.ended) return;
    if (event.type === 'users') this.#users = event.users;
    else if (event.type === 'hint') this.#hints.push(event.hint);
    else if (event.type === 'phone') this.#phoneTold(event.user, event.phone);
    else if (event.type === 'session') this.#session(event.session);
  }

  cancel(): void {
    if (this.ended) return;
    this.#cancelled = true;
    this.#endRest('cancelled');
  }

  /** The test's own deadline has passed, in ms. */
  outOfTime(deadline: number): void {
    this.#fail({ code: 'silent', stage: this.#stage, detail: `the test took longer than ${deadline} ms` });
  }

  /** Lets go of its timer. */
  release(): void {
    this.#waitForPhone?.cancel();
  }

  result(): TestResult {
    const problem = this.#problem;
    const cancelled = this.#cancelled;
    return { passed: !problem && !cancelled, cancelled, steps: this.#log.steps, ...(problem && { problem }) };
  }

  #session(session: SessionState): void {
    if (session.state === 'connecting') this.#reached(session.stage, session.plainText === true);
    else if (session.state === 'online') this.#online();
    else if (session.state !== 'stopped') this.#fail(session.problem);
  }

  /**
   * An adapter may go back, such as to another port: a step that has ended stays, the time counts for the
   * next.
   */
  #reached(stage: SignInStage, plainText: boolean): void {
    this.#stage = stage;
    this.#plainText ||= plainText;
    this.#pass(STEP_OF[stage]);
  }

  #pass(until: TestStepName): void {
    this.#log.endUntil(until, (step) => passedOutcome(step, this.#plainText, this.#pbx));
  }

  #online(): void {
    if (this.#stage === 'online') return;
    this.#stage = 'online';
    this.#pass('userInfo');
    const [own] = this.#users;
    this.#log.end(userInfoOutcome(own, this.#users.length - 1, this.#pbx));
    this.#log.end(roleOutcome(own, this.#hintsAbout('rights'), this.#pbx));
    const told = own && this.#phones.get(own.user);
    const known = told !== undefined || this.#hintsAbout('phone', own?.phone).length > 0;
    if (own?.phone === undefined || known) this.#phoneEnds(told);
    else this.#waitForPhone = this.#clock.after(this.#phoneWait, () => this.#phoneEnds(undefined));
  }

  #phoneTold(user: string, phone: PhoneState): void {
    this.#phones.set(user, phone);
    if (this.#stage === 'online' && user === this.#users[0]?.user) this.#phoneEnds(phone);
  }

  #phoneEnds(phone: PhoneState | undefined): void {
    const [own] = this.#users;
    this.#log.end(phoneOutcome(own, phone, this.#hintsAbout('phone', own?.phone), this.#pbx));
    this.#over();
  }

  /** `subject`: hints about another are left out. */
  #hintsAbout(about: PbxHint['about'], subject?: string): readonly PbxHint[] {
    return this.#hints.filter(
      (hint) => hint.about === about && (subject === undefined || hint.subject === subject),
    );
  }

  #fail(problem: SessionProblem): void {
    if (this.ended) return;
    this.#problem = problem;
    const step = this.#failingStep(problem);
    // Without a password nothing was tried: the steps before the sign-in have not passed.
    if (problem.code === 'passwordMissing') this.#log.endUntil(step, () => skippedOutcome('failure'));
    else this.#pass(step);
    this.#log.end(failedOutcome(problem));
    this.#endRest('failure');
  }

  /** The step that the problem's stage belongs to, but none that has ended already. */
  #failingStep({ code, stage }: SessionProblem): TestStepName {
    const underWay = this.#log.underWay ?? 'phone';
    if (code === 'passwordMissing') return 'signIn';
    // A name that is looked up for ever ends as a connection that did not come about.
    if (code === 'unreachable') return underWay;
    const step = STEP_OF[stage];
    return TEST_STEPS.indexOf(step) > TEST_STEPS.indexOf(underWay) ? step : underWay;
  }

  #endRest(why: 'failure' | 'cancelled'): void {
    this.#log.endUntil(undefined, () => skippedOutcome(why));
    this.#over();
  }
}
