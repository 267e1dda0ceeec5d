/** The world outside the exchange: who answers, who is busy, who calls in. The owner of the exchange scripts it. */
import type { Calls, Channel } from './calls.ts';
import { type ExchangeResult, type Party, refuse } from './model.ts';

/**
 * What happens at an outside number when somebody calls it. Times in milliseconds, all default 0.
 * - rings: rings until the owner answers or hangs up
 * - answers: rings, answers after `afterMs` of ringing, hangs up `hangUpAfterMs` later if given
 * - busy, unobtainable: the call ends with that cause after `afterMs`
 */
export type OutsideBehaviour =
  | { readonly kind: 'rings'; readonly ringAfterMs?: number }
  | {
      readonly kind: 'answers';
      readonly ringAfterMs?: number;
      readonly afterMs?: number;
      readonly hangUpAfterMs?: number;
    }
  | { readonly kind: 'busy'; readonly afterMs?: number }
  | { readonly kind: 'unobtainable'; readonly afterMs?: number };

/** What the outside world needs of the exchange's calls. */
export interface OutsideHandling {
  answer(channel: Channel): void;
  hangUp(channel: Channel): void;
  callIn(from: Party, extension: string): ExchangeResult;
}

const OUTSIDE_NUMBER = /^\+?[0-9*#]{1,40}$/;

export class Outside {
  readonly #calls: Calls;
  readonly #handling: OutsideHandling;
  readonly #behaviours = new Map<string, OutsideBehaviour>();
  readonly #names = new Map<string, string>();

  constructor(calls: Calls, handling: OutsideHandling) {
    this.#calls = calls;
    this.#handling = handling;
  }

  /** Sets what a number does when called; a number never set rings until told otherwise. */
  set(number: string, behaviour: OutsideBehaviour, name = ''): void {
    this.#behaviours.set(number, behaviour);
    this.#names.set(number, name);
  }

  behaviourOf(number: string): OutsideBehaviour {
    return this.#behaviours.get(number) ?? { kind: 'rings' };
  }

  nameOf(number: string): string {
    return this.#names.get(number) ?? '';
  }

  /**
   * An outside party calls an extension. `number` may be empty for a caller who withholds it. The answer's
   * channel is the called user's.
   * Errors: bad-number, unknown-number, phone-unregistered, target-busy.
   */
  call(number: string, name: string, extension: string): ExchangeResult {
    if (number !== '' && !OUTSIDE_NUMBER.test(number)) {
      return refuse('bad-number', 'An outside number is up to 40 digits, * and #, with a leading + at most');
    }
    return this.#handling.callIn({ kind: 'outside', name, number }, extension);
  }

  /** The party at `number` answers the newest call that rings there. */
  answer(number: string): ExchangeResult {
    const channel = this.#newest(number, (leg) => !leg.outbound && leg.answeredAt === 0);
    if (channel === undefined) return refuse('no-channel', 'No call waits at this outside number');
    if (channel.state !== 'ringing') return refuse('wrong-state', 'The outside phone does not ring yet');
    this.#handling.answer(channel);
    return { ok: true, channel: channel.id };
  }

  /** The party at `number` ends its newest call, in whatever state it is. */
  hangUp(number: string): ExchangeResult {
    const channel = this.#newest(number, () => true);
    if (channel === undefined) return refuse('no-channel', 'This outside number has no call');
    this.#handling.hangUp(channel);
    return { ok: true, channel: channel.id };
  }

  /** The name of the party at `number` becomes known or changes during its newest call. */
  rename(number: string, name: string): ExchangeResult {
    const channel = this.#newest(number, () => true);
    if (channel === undefined) return refuse('no-channel', 'This outside number has no call');
    this.#names.set(number, name);
    const { call } = channel;
    const other = call.caller === channel ? call.called : call.caller;
    if (other !== undefined) this.#calls.rename(other, { ...other.peer, name });
    return { ok: true, channel: channel.id };
  }

  #newest(number: string, fits: (leg: Channel) => boolean): Channel | undefined {
    return this.#calls
      .all()
      .findLast((leg) => leg.party.kind === 'outside' && leg.party.number === number && fits(leg));
  }
}
