/** The SASL exchange of one connection (RFC 6120 section 6). */
import xml, { type Element } from '@xmpp/xml/index.js';
import { type SaslCondition, type SaslMechanism, type SaslStep, saslFailure } from '../sasl/mechanism.ts';
import { LIMITS } from './limits.ts';
import { NS } from './namespaces.ts';

export type MechanismName = 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'PLAIN';
/** The offered mechanisms, best first; each attempt starts a fresh one. */
export type Mechanisms = ReadonlyMap<MechanismName, () => SaslMechanism>;

export interface LoginStep {
  readonly answer: Element;
  readonly outcome: 'continue' | 'success' | 'too-many-failures';
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** RFC 6120 section 6.4.2: data of zero length is sent as one equals sign. */
const NO_BYTES = '=';

export class Login {
  readonly #mechanisms: Mechanisms;
  readonly #wrongPassword: SaslCondition;
  #attempt: { readonly name: MechanismName; readonly mechanism: SaslMechanism } | undefined;
  #failures = 0;
  #user = '';
  #mechanism: MechanismName | undefined;

  /** @param wrongPassword what a wrong password is answered with */
  constructor(mechanisms: Mechanisms, wrongPassword: SaslCondition) {
    this.#mechanisms = mechanisms;
    this.#wrongPassword = wrongPassword;
  }

  /** Empty until the login succeeded; lower case, as addresses are. */
  get user(): string {
    return this.#user;
  }

  get mechanism(): MechanismName | undefined {
    return this.#mechanism;
  }

  offered(): readonly MechanismName[] {
    return [...this.#mechanisms.keys()];
  }

  /** Answers one `<auth/>`, `<response/>` or `<abort/>`. `refusal` overrules any outcome, for tests. */
  step(element: Element, refusal: SaslCondition | undefined): LoginStep {
    const step = refusal === undefined ? this.#advance(element) : saslFailure(refusal);
    if (step.kind === 'failure') {
      this.#attempt = undefined;
      const tooMany = ++this.#failures >= LIMITS.failedLogins;
      const answer = xml('failure', { xmlns: NS.sasl }, xml(step.condition));
      return { answer, outcome: tooMany ? 'too-many-failures' : 'continue' };
    }
    const data = Buffer.from(step.data).toString('base64');
    const answer = xml(step.kind, { xmlns: NS.sasl }, data);
    if (step.kind === 'challenge') return { answer, outcome: 'continue' };
    this.#user = step.user.toLowerCase();
    this.#mechanism = this.#attempt?.name;
    this.#attempt = undefined;
    return { answer, outcome: 'success' };
  }

  #advance(element: Element): SaslStep {
    const text = element.getText().trim();
    if (element.name === 'abort') return saslFailure('aborted');
    if (element.name === 'auth') {
      const started = this.#start(element.attrs['mechanism'] ?? '');
      if (!started) return saslFailure('invalid-mechanism');
      // No initial response: the empty challenge asks for it.
      if (text === '') return { kind: 'challenge', data: '' };
    } else if (element.name !== 'response') return saslFailure('malformed-request');
    if (this.#attempt === undefined) return saslFailure('malformed-request');
    if (text !== NO_BYTES && !BASE64.test(text)) return saslFailure('incorrect-encoding');
    const step = this.#attempt.mechanism.step(
      text === NO_BYTES ? Buffer.alloc(0) : Buffer.from(text, 'base64'),
    );
    const wrong = step.kind === 'failure' && step.condition === 'not-authorized';
    return wrong ? saslFailure(this.#wrongPassword) : step;
  }

  #start(wanted: string): boolean {
    for (const [name, create] of this.#mechanisms) {
      if (name !== wanted) continue;
      this.#attempt = { name, mechanism: create() };
      return true;
    }
    return false;
  }
}
