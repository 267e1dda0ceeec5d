import type { Hangups } from './hangups.ts';
import type { Leg } from './legs.ts';
import type { Orders } from './orders.ts';
import type { Words } from './words.ts';

/** Calls that a colleague takes: they ring where they did until his own phone is lifted. */
export class Pickups {
  readonly #words: Words;
  readonly #orders: Orders;
  readonly #hangups: Hangups;
  /** Phones whose call is taken, by call. */
  readonly #taken = new Map<string, Leg>();
  /** The next channel of this call is the colleague's. */
  #picking: string | undefined;

  constructor(words: Words, orders: Orders, hangups: Hangups) {
    this.#words = words;
    this.#orders = orders;
    this.#hangups = hangups;
  }

  /** A colleague takes the call of this phone. One that took it before, and was not lifted, is done. */
  begin(leg: Leg): void {
    this.#picking = leg.view.callId;
    if (leg.dialledBy) this.#taken.set(leg.view.callId, leg);
    else this.#hangups.end(leg, 16);
  }

  /** Whether a new channel of this call is the colleague's. */
  isColleagues(callId: string): boolean {
    if (this.#picking !== callId) return false;
    this.#picking = undefined;
    return true;
  }

  /** The phone that still rings with a call that is taken. */
  from(callId: string): Leg | undefined {
    return this.#taken.get(callId);
  }

  /** The colleague has lifted his phone. */
  lifted(leg: Leg, picked: Leg): void {
    this.#taken.delete(leg.view.callId);
    this.#words.dialEnd(undefined, leg, 'ANSWER');
    this.#orders.settle(leg, true);
    const caller = picked.dialledBy;
    if (caller) this.#words.connect(leg, caller.view.party);
    this.#words.pickup(leg, picked);
    this.#hangups.end(picked, 26);
    if (caller) this.#words.connect(caller, leg.view.party);
  }

  /** Nobody has lifted the phone that was to take it: it stops ringing where it did. */
  giveUp(callId: string): void {
    const taken = this.#taken.get(callId);
    if (!taken) return;
    this.#taken.delete(callId);
    this.#words.dialEnd(taken.dialledBy, taken, 'CANCEL');
    this.#hangups.end(taken, 127);
  }
}
