import type { DialPlan } from './dial-plan.ts';
import type { Leg, Legs } from './legs.ts';
import type { Orders } from './orders.ts';
import type { Cause, Words } from './words.ts';

/** The end of one channel: its hangup handlers, whoever waits for it, and its last event. */
export class Hangups {
  readonly #words: Words;
  readonly #legs: Legs;
  readonly #dialPlan: DialPlan;
  readonly #orders: Orders;

  constructor(words: Words, legs: Legs, dialPlan: DialPlan, orders: Orders) {
    this.#words = words;
    this.#legs = legs;
    this.#dialPlan = dialPlan;
    this.#orders = orders;
  }

  end(leg: Leg, cause: Cause): void {
    this.#dialPlan.gone(leg);
    this.#orders.settle(leg, false);
    this.#legs.remove(leg);
    this.#words.hangup(leg, cause);
  }
}
