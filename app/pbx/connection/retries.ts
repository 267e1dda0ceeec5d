import { backOff, jitter } from './back-off.ts';
import type { Deadlines } from './deadlines.ts';
import type { SessionFailure } from './failure.ts';

/** The wait before the next attempt. */
export type Pause = {
  /** ms. */
  readonly delay: number;
  /** Whether news of the network may cut it short. */
  readonly mayEndEarly: boolean;
};

/** When an account is tried again. */
export type Retries = {
  /**
   * @param passwordWorked whether this password had signed in before
   * @returns undefined when nothing is tried until the user acts
   */
  readonly after: (failure: SessionFailure, passwordWorked: boolean) => Pause | undefined;
  /** Signed in, or begun anew by the user: what failed before no longer counts. */
  readonly reset: () => void;
};

/**
 * A refused password is not tried again, for a PBX may lock the account. One that had worked may have been refused by
 * a server in trouble: it gets as many more attempts as `afterRefusal` has waits. Only refusals of the password count
 * for that; what else fails in between leaves the count as it is.
 */
export function createRetries(random: () => number, deadlines: Deadlines): Retries {
  let failures = 0;
  let refusals = 0;
  return {
    after: ({ retry }, passwordWorked) => {
      switch (retry) {
        case 'never':
          return undefined;
        case 'otherPassword': {
          const delay = passwordWorked ? deadlines.afterRefusal[refusals] : undefined;
          refusals += 1;
          return delay === undefined ? undefined : { delay, mayEndEarly: false };
        }
        case 'longWait':
          return { delay: Math.round(jitter(deadlines.afterConflict, random())), mayEndEarly: false };
        case 'backOff':
          failures += 1;
          return { delay: backOff(failures, random(), deadlines), mayEndEarly: true };
      }
    },
    reset: () => {
      failures = 0;
      refusals = 0;
    },
  };
}
