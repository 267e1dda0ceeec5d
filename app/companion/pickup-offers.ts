import type { PickupOffer } from '../pbx/port.ts';

/** What rings at colleagues of an account's users and may be taken over. */
export class PickupOffers {
  /** The one that has rung longest first. */
  #offers: readonly PickupOffer[] = [];

  /** An offer replaces the one of the same phone: its caller may be another now. */
  add(offer: PickupOffer): void {
    this.remove(offer.user, offer.target);
    this.#offers = [...this.#offers, offer];
  }

  remove(user: string, target: string): void {
    this.#offers = this.#offers.filter((offer) => offer.user !== user || offer.target !== target);
  }

  clear(): void {
    this.#offers = [];
  }

  /** The number that calls at an extension; empty when nobody knows. */
  callerAt(user: string, target: string): string {
    return this.#offers.find((offer) => offer.user === user && offer.target === target)?.caller.number ?? '';
  }

  /** The extension that has rung longest of those the user may take a call from. */
  longest(user: string): string | undefined {
    return this.#offers.find((offer) => offer.user === user)?.target;
  }
}
