import { FakeClock } from '../../testing/fake-clock.ts';
import { ScriptedPbx } from '../../testing/scripted-pbx.ts';
import { runConnectionTest, type TestOptions, type TestResult, type TestStep } from '../connection-test.ts';
import type { PbxEvent, PbxListener, PbxUser, PhoneState, SessionProblem, SignInStage } from '../port.ts';

export const ANNA: PbxUser = {
  user: 'Anna',
  name: 'Anna Müller',
  extension: '340',
  abilities: new Set(['dial', 'answer', 'hangup']),
  answers: 'phone',
  holds: 'phone',
  role: 'user',
  phone: 'SIP anna',
};

export const STAGES: readonly SignInStage[] = ['resolve', 'connect', 'tls', 'signIn', 'bind', 'userInfo'];

/** A connection test of a scripted PBX, on a fake clock. */
export class ConnectionTestRig {
  readonly clock = new FakeClock();
  readonly pbx = new ScriptedPbx();
  /** Every step that was told. */
  readonly told: TestStep[] = [];
  /** How the test ended, once it has. */
  result: TestResult | undefined;
  #listener: PbxListener | undefined;

  start(options?: TestOptions): void {
    void this.run((step) => void this.told.push(step), options).then((result) => {
      this.result = result;
    });
  }

  run(tell: (step: TestStep) => void, options?: TestOptions): Promise<TestResult> {
    const connect = (listener: PbxListener) => {
      this.#listener = listener;
      return this.pbx;
    };
    return runConnectionTest(connect, { clock: this.clock }, tell, options);
  }

  say(event: PbxEvent): void {
    this.#listener?.event(event);
  }

  reach(...stages: readonly SignInStage[]): void {
    for (const stage of stages) this.say({ type: 'session', session: { state: 'connecting', stage } });
  }

  phone(phone: PhoneState, user = 'Anna'): void {
    this.say({ type: 'phone', user, phone });
  }

  online(...users: readonly PbxUser[]): void {
    this.say({ type: 'users', users });
    this.say({ type: 'session', session: { state: 'online', resumed: false } });
  }

  meets(problem: SessionProblem): void {
    this.say({ type: 'session', session: { state: 'waiting', delay: 1_000, problem } });
  }

  /** What was told, as `tls passed 20`. */
  get lines(): readonly string[] {
    return this.told.map(({ step, result, duration }) => `${step} ${result} ${duration}`);
  }

  /** The results alone. */
  get results(): readonly TestStep['result'][] {
    return this.told.map(({ result }) => result);
  }

  step(name: TestStep['step']): TestStep | undefined {
    return this.told.find(({ step }) => step === name);
  }
}
