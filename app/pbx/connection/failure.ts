import type { SessionProblem, SignInStage } from '../port.ts';

export type Stage = SignInStage | 'online';

/**
 * What to do after a failure: try again soon, try again after a long pause, wait for another password (or give one that
 * had worked a few more chances), or wait for the user.
 */
export type Retry = 'backOff' | 'longWait' | 'otherPassword' | 'never';

/** Why a session or an attempt at one ended. Thrown inside the session rooms only. */
export class SessionFailure extends Error {
  override readonly name = 'SessionFailure';
  readonly problem: SessionProblem;
  readonly retry: Retry;

  constructor(problem: SessionProblem, retry: Retry = 'backOff') {
    super(`${problem.code} at ${problem.stage}: ${problem.detail}`);
    this.problem = problem;
    this.retry = retry;
  }
}

/** Puts an error of Node's network into the session's words; what it does not know is `lost`. */
export function networkFailure(error: unknown, stage: Stage): SessionFailure {
  if (error instanceof SessionFailure) return error;
  const { code, syscall, detail } = describeError(error);
  if (syscall === 'getaddrinfo') return new SessionFailure({ code: 'hostUnknown', stage: 'resolve', detail });
  if (stage === 'resolve' || stage === 'connect')
    return new SessionFailure({ code: 'unreachable', stage: 'connect', detail });
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return new SessionFailure({ code: 'noEncryption', stage, detail });
  return new SessionFailure({ code: 'lost', stage, detail });
}

/** What an error of Node or of a library says of itself; empty texts where it says nothing. `detail` never is empty. */
export function describeError(
  error: unknown,
): Record<'name' | 'code' | 'syscall' | 'condition' | 'message' | 'detail', string> {
  const text = (key: string) => {
    const value = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const code = text('code');
  const message = text('message') || (typeof error === 'string' ? error : '');
  return {
    name: text('name'),
    code,
    syscall: text('syscall'),
    condition: text('condition'),
    message,
    detail: [code, message].filter(Boolean).join(': ') || 'no reason given',
  };
}
