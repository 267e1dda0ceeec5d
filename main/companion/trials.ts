import type { Companion } from '../../app/companion.ts';
import type { TestOptions, TestStep } from '../../app/pbx/connection-test.ts';
import type { SessionProblem, WireLine } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import type {
  CommandArguments,
  Language,
  Outcome,
  SignInOutcome,
  TestStepView,
} from '../../contract/renderer-api.ts';
import { accountKey } from '../settings/account-key.ts';
import { ownProblem } from '../text/problems.ts';
import { type Credentials, checkCredentials } from './credentials.ts';
import { probeSignIn } from './probe.ts';
import { certificateView, mayGoPlain, testStepView } from './views.ts';

export type TrialsPorts = {
  readonly companion: Companion;
  readonly language: Language;
  readonly resource: string;
  /** The settings of the accounts that are there, the demo aside. */
  readonly known: () => readonly AccountSettings[];
};

type Refused = Exclude<Outcome, { readonly ok: true }>;
type SignInRefused = Exclude<SignInOutcome, { readonly ok: true }>;

/** How a trial ended, with the settings that worked. */
export type Tried = { readonly ok: true; readonly account: AccountSettings } | SignInRefused;

/** What was refused before any server was asked. */
export const refusedSignIn = (refused: Refused): SignInRefused => ({ ...refused, needsDomain: false });

/** Signs in on trial, beside the sessions that are there, and keeps nothing. */
export class Trials {
  readonly #ports: TrialsPorts;
  #test: AbortController | undefined;

  constructor(ports: TrialsPorts) {
    this.#ports = ports;
  }

  /** Tests the connection and tells each step. One test at a time: a new one ends the one that runs. */
  async test(
    { account: _, test: __, ...typed }: CommandArguments<'testSignIn'>,
    tell: (step: TestStepView) => void,
  ): Promise<SignInOutcome> {
    this.cancelTest();
    const test = new AbortController();
    this.#test = test;
    const { language } = this.#ports;
    const tellUnlessCancelled = (step: TestStep) => {
      if (!test.signal.aborted) tell(testStepView(step, language));
    };
    const tried = await this.#try(typed, tellUnlessCancelled, { signal: test.signal });
    if (this.#test === test) this.#test = undefined;
    return tried.ok ? { ok: true } : tried;
  }

  cancelTest(): void {
    this.#test?.abort();
    this.#test = undefined;
  }

  /** Whether somebody can sign in with this. What the phone says is not waited for. */
  signIn(typed: Credentials): Promise<Tried> {
    return this.#try(typed, () => undefined, { phoneWait: 0 });
  }

  async #try(typed: Credentials, step: (step: TestStep) => void, options: TestOptions): Promise<Tried> {
    const { companion, language, resource } = this.#ports;
    const checked = checkCredentials(typed, resource, language);
    if (!checked.ok) return this.#refused('badCredentials', checked.why);
    const account = this.#asKnown(checked.account);
    const trace = ({ direction, label, text }: WireLine) =>
      void companion.trace.add({ leg: 'pbx', direction, account: account.key, label, detail: text });
    const pbx = account.kind === 'asterisk' ? account.kind : undefined;
    const all = { ...options, ...(pbx && { pbx }) };
    const result = await probeSignIn(account, typed.password, { step, trace }, all);
    if (result.passed) return { ok: true, account };
    if (result.problem) return this.#failed(result.problem, account);
    return this.#refused('testCancelled');
  }

  /**
   * What was typed, with the rest of the account that is there already: who signs in again has given his word for its
   * certificate, and keeps what an administrator set.
   */
  #asKnown(typed: AccountSettings): AccountSettings {
    const identity = accountKey(typed);
    for (const known of this.#ports.known()) if (accountKey(known) === identity) return merged(known, typed);
    return typed;
  }

  #refused(name: Parameters<typeof ownProblem>[0], detail?: string): SignInRefused {
    return refusedSignIn({ ok: false, problem: ownProblem(name, this.#ports.language, detail) });
  }

  #failed(problem: SessionProblem, account: AccountSettings): SignInRefused {
    const certificate = certificateView(problem, account.pinnedCertificate);
    return {
      ok: false,
      problem: describeProblem(problem, this.#ports.language),
      ...(certificate && { certificate }),
      needsDomain: problem.code === 'domainUnknown',
      ...(mayGoPlain(account, problem) && { mayGoPlain: true }),
    };
  }
}

/** The form of an Asterisk says all there is to say but the certificate; that of the other kind leaves more unsaid. */
function merged(known: AccountSettings, typed: AccountSettings): AccountSettings {
  const { key, pinnedCertificate } = known;
  if (typed.kind === 'asterisk')
    return { ...(pinnedCertificate !== undefined && { pinnedCertificate }), ...typed, key };
  const { port: _, ...rest } = known;
  return { ...rest, ...typed, key };
}
