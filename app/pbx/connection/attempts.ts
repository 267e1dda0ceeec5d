import type { Clock, Timer } from '../../clock.ts';
import type { SessionState, SignInStage } from '../port.ts';
import type { Deadlines } from './deadlines.ts';
import { networkFailure, SessionFailure, type Stage } from './failure.ts';
import { createKnownPassword } from './known-password.ts';
import { createRetries } from './retries.ts';

/** One attempt to sign in and the session that comes of it, as its protocol runs them. */
export type Run = {
  /** Cuts the connection; `RunHooks.ended` is called before this returns. */
  readonly fail: (failure: SessionFailure) => void;
  /** Once online: asks at once whether the peer lives. */
  readonly check: () => void;
  /** Says goodbye and closes. Resolves when the connection is gone; nothing is told any more. */
  readonly signOut: () => Promise<void>;
};

/** What a run tells. None of these is called after `ended`. */
export type RunHooks = {
  /** `plainText`: nothing is encrypted. */
  readonly stage: (stage: SignInStage, plainText: boolean) => void;
  /** The server has taken the password. */
  readonly passwordWorked: () => void;
  readonly online: (resumed: boolean) => void;
  /** It is over and its connection gone. Called once. */
  readonly ended: (failure: SessionFailure) => void;
};

export type AttemptPorts = {
  readonly clock: Clock;
  /** 0 up to but not including 1, for the jitter of the back-off. */
  readonly random: () => number;
  /** Unpredictable bytes. */
  readonly randomBytes: (count: number) => Buffer;
};

/** Keeps one account signed in: one attempt at a time, each with one deadline. */
export type Attempts = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The network or the machine has come back. However often it is called, there is one attempt or one question. */
  readonly check: () => void;
};

/** Everything that belongs to one attempt and ends with it. */
type Attempt = {
  stage: Stage;
  /** Until the server has taken it. */
  password?: string;
  run?: Run;
  deadline?: Timer;
};

/** The wait for the next attempt. */
type Wait = { readonly timer: Timer; readonly ends: number; readonly mayEndEarly: boolean };

/**
 * @param password asked once per attempt, and kept no longer than the sign-in lasts
 * @param open begins one attempt; may throw a SessionFailure where the password cannot be sent at all
 */
export function createAttempts(
  password: () => Promise<string>,
  open: (password: string, hooks: RunHooks) => Run,
  tell: (state: SessionState) => void,
  { clock, random, randomBytes }: AttemptPorts,
  deadlines: Deadlines,
): Attempts {
  const retries = createRetries(random, deadlines);
  const known = createKnownPassword(randomBytes(KEY_BYTES));
  let attempt: Attempt | undefined;
  let wait: Wait | undefined;
  /** When the newest attempt began. */
  let lastBegan = Number.NEGATIVE_INFINITY;

  /** Lets go of the attempt: nothing it still says is heard. */
  const release = (ended: Attempt) => {
    attempt = undefined;
    ended.deadline?.cancel();
  };

  const ended = (which: Attempt, failure: SessionFailure) => {
    if (attempt !== which) return;
    const worked = which.password !== undefined && known.isKnown(which.password);
    release(which);
    const { problem } = failure;
    const pause = retries.after(failure, worked);
    if (!pause) return tell({ state: 'failed', problem });
    waitFor(pause.delay, pause.mayEndEarly);
    tell({ state: 'waiting', delay: pause.delay, problem });
  };

  const waitFor = (delay: number, mayEndEarly: boolean) => {
    wait = { timer: clock.after(delay, begin), ends: clock.now() + delay, mayEndEarly };
  };

  const begin = () => {
    wait?.timer.cancel();
    wait = undefined;
    lastBegan = clock.now();
    const current: Attempt = { stage: 'resolve' };
    attempt = current;
    current.deadline = clock.after(deadlines.attempt, () => {
      const detail = `no answer within ${deadlines.attempt} ms`;
      if (!current.run) return ended(current, passwordMissing(new Error(detail), 'backOff'));
      current.run.fail(new SessionFailure({ code: 'silent', stage: current.stage, detail }));
    });
    tell({ state: 'connecting', stage: 'resolve' });
    password().then(
      (given) => {
        if (attempt === current) run(current, given);
      },
      (error: unknown) => ended(current, passwordMissing(error)),
    );
  };

  const run = (current: Attempt, given: string) => {
    current.password = given;
    try {
      current.run = open(given, hooksOf(current));
    } catch (error) {
      ended(current, networkFailure(error, 'signIn'));
    }
  };

  const hooksOf = (current: Attempt): RunHooks => ({
    stage: (stage, plainText) => {
      if (attempt !== current || stage === current.stage) return;
      current.stage = stage;
      tell({ state: 'connecting', stage, ...(plainText && { plainText }) });
    },
    passwordWorked: () => {
      if (current.password !== undefined) known.worked(current.password);
      delete current.password;
    },
    online: (resumed) => {
      if (attempt !== current) return;
      current.deadline?.cancel();
      current.stage = 'online';
      retries.reset();
      tell({ state: 'online', resumed });
    },
    ended: (failure) => ended(current, failure),
  });

  /** Brings the next attempt forward: to this moment, where that is not too soon after the last one. */
  const hurry = (waiting: Wait) => {
    const soonest = Math.max(0, lastBegan + deadlines.betweenAttempts - clock.now());
    if (!waiting.mayEndEarly || clock.now() + soonest >= waiting.ends) return;
    waiting.timer.cancel();
    if (soonest === 0) begin();
    else waitFor(soonest, true);
  };

  /** An attempt that has no connection yet may hang in a network that is gone; a later one has its deadline. */
  const restartIfStuck = (current: Attempt) => {
    const connected = current.stage !== 'resolve' && current.stage !== 'connect';
    if (connected || !current.run || clock.now() - lastBegan < deadlines.betweenAttempts) return;
    release(current);
    current.run.fail(new SessionFailure({ code: 'unreachable', stage: 'connect', detail: 'begun anew' }));
    begin();
  };

  return {
    start: () => {
      if (attempt) return;
      retries.reset();
      begin();
    },
    stop: async () => {
      wait?.timer.cancel();
      wait = undefined;
      const current = attempt;
      if (current) release(current);
      tell({ state: 'stopped' });
      await current?.run?.signOut();
    },
    check: () => {
      if (wait) hurry(wait);
      else if (attempt?.stage === 'online') attempt.run?.check();
      else if (attempt) restartIfStuck(attempt);
    },
  };
}

const KEY_BYTES = 32;

/** A store that refuses waits for the user; one that does not answer is asked again. */
function passwordMissing(error: unknown, retry: 'never' | 'backOff' = 'never'): SessionFailure {
  const detail = `the password could not be read: ${error instanceof Error ? error.message : String(error)}`;
  return new SessionFailure({ code: 'passwordMissing', stage: 'resolve', detail }, retry);
}
