import {
  describeError,
  networkFailure,
  type Retry,
  SessionFailure,
  type Stage,
} from '../../connection/failure.ts';

/** Puts an error of Node or of the XMPP library into the session's words. */
export function failureOf(error: unknown, stage: Stage): SessionFailure {
  const failure = networkFailure(error, stage);
  // What the network's words do not fit may be the library's.
  if (error instanceof SessionFailure || failure.problem.code !== 'lost') return failure;
  const { name, condition, message, detail } = describeError(error);
  if (name === 'TimeoutError')
    return new SessionFailure({ code: 'silent', stage, detail: 'no answer in time' });
  if (name === 'SASLError') return saslFailure('invalid-mechanism', message);
  if (stage === 'bind' && name === 'StanzaError')
    return new SessionFailure(
      { code: condition === 'conflict' ? 'replaced' : 'accountRefused', stage, detail },
      condition === 'conflict' ? 'longWait' : 'backOff',
    );
  if (name === 'XMLError' || name === 'TypeError')
    return new SessionFailure({ code: stage === 'online' ? 'lost' : 'wrongServer', stage, detail });
  return failure;
}

/** A SASL <failure/> (RFC 6120 section 6.5); `unknown` stands for one that names no condition. */
export function saslFailure(condition: string, text: string): SessionFailure {
  const detail = text ? `${condition}: ${text}` : condition;
  const { code, retry } = REFUSALS.get(condition) ?? SELDOM;
  return new SessionFailure({ code, stage: 'signIn', detail }, retry);
}

type Refusal = { readonly code: 'wrongPassword' | 'accountRefused'; readonly retry: Retry };
const PASSWORD: Refusal = { code: 'wrongPassword', retry: 'otherPassword' };
const ACCOUNT: Refusal = { code: 'accountRefused', retry: 'never' };
const PASSING: Refusal = { code: 'accountRefused', retry: 'backOff' };
/** For a word of tomorrow: the password was sent, so it is not tried often, and it may be a passing trouble. */
const SELDOM: Refusal = { code: 'accountRefused', retry: 'longWait' };

const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ['not-authorized', PASSWORD],
  // Servers say so where user name or password cannot be prepared the way they want them (RFC 4616, RFC 5802).
  ['malformed-request', PASSWORD],
  // No other identity is ever asked for: it is the user name that the server does not take.
  ['invalid-authzid', PASSWORD],
  // Servers before RFC 6120 refuse a password without naming a condition.
  ['unknown', PASSWORD],
  // Here the password was right: only at the PBX can somebody mend it.
  ['account-disabled', ACCOUNT],
  ['credentials-expired', ACCOUNT],
  // What this program can do is not enough, and will not become more by trying.
  ['encryption-required', ACCOUNT],
  ['incorrect-encoding', ACCOUNT],
  ['invalid-mechanism', ACCOUNT],
  ['mechanism-too-weak', ACCOUNT],
  ['temporary-auth-failure', PASSING],
  ['aborted', PASSING],
]);

/** A stream error (RFC 6120 section 4.9.3). */
export function streamFailure(condition: string, text: string, stage: Stage): SessionFailure {
  const detail = `stream error ${text ? `${condition}: ${text}` : condition}`;
  if (condition === 'conflict') return new SessionFailure({ code: 'replaced', stage, detail }, 'longWait');
  const elsewhere =
    condition === 'host-unknown' || condition === 'host-gone' || condition === 'see-other-host';
  return new SessionFailure({ code: elsewhere ? 'wrongServer' : 'lost', stage, detail });
}
