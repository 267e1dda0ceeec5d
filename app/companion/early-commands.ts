import type { Clock, Timer } from '../clock.ts';
import type { Pending } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import { EARLY_COMMAND_MS } from './deadlines.ts';

/** A command about a line that is not known yet. */
export type EarlyCommand = {
  /** Carries it out if its line is there by now. */
  readonly attempt: () => Pending | undefined;
  readonly fail: (error: LineError) => void;
};

type EarlyPorts = {
  readonly clock: Clock;
  /** Whether lines may still become known: an account has not signed in for the first time yet. */
  readonly expectsLines: () => boolean;
};

/**
 * Commands that came before the companion knows its lines: TAPI programs know them from the last time. They wait until
 * their line is there, up to a deadline, and fail once, with a reason (TAPI-4).
 */
export class EarlyCommands {
  readonly #ports: EarlyPorts;
  readonly #waiting = new Map<EarlyCommand, Timer>();

  constructor(ports: EarlyPorts) {
    this.#ports = ports;
  }

  /** Carries the command out, now or when its line is there. */
  take(command: EarlyCommand): Pending {
    const now = command.attempt();
    if (now) return now;
    if (!this.#ports.expectsLines()) {
      command.fail('invalidLineHandle');
      return { cancel: () => undefined };
    }
    let later: Pending | undefined;
    const early: EarlyCommand = {
      attempt: () => {
        later = command.attempt();
        return later;
      },
      fail: command.fail,
    };
    const timer = this.#ports.clock.after(EARLY_COMMAND_MS, () => this.#fail(early, 'resourceUnavailable'));
    this.#waiting.set(early, timer);
    return {
      cancel: () => {
        later?.cancel();
        this.#forget(early);
      },
    };
  }

  /** Lines or sessions have changed: what can be done is done, what cannot be any more fails. */
  review(): void {
    for (const early of [...this.#waiting.keys()]) if (early.attempt()) this.#forget(early);
    if (!this.#ports.expectsLines()) this.failAll();
  }

  /** No line will come. */
  failAll(): void {
    for (const early of [...this.#waiting.keys()]) this.#fail(early, 'resourceUnavailable');
  }

  #fail(early: EarlyCommand, error: LineError): void {
    if (!this.#waiting.has(early)) return;
    this.#forget(early);
    early.fail(error);
  }

  #forget(early: EarlyCommand): void {
    this.#waiting.get(early)?.cancel();
    this.#waiting.delete(early);
  }
}
