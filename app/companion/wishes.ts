import {
  ask,
  BIND_WINDOW_MS,
  type Binding,
  bind,
  giveUp,
  type NewChannel,
  noWishes,
  type Step,
  settle,
  type Wish,
} from '../calls/binding.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CommandResult, Pbx } from '../pbx/port.ts';
import { EARLY_COMMAND_MS } from './deadlines.ts';

/** A Dial or Pickup of one user that has no channel yet. */
export type UserWish = Wish & {
  readonly user: string;
  readonly target: string;
  /** The channel whose transfer the call is to ask for. */
  readonly beside?: string;
};

export type WishEvents = {
  /** The PBX answered, or the session did not come in time. */
  readonly answered: (wish: UserWish, result: CommandResult) => void;
  /** The PBX said yes, and no channel was seen in time. */
  readonly expired: (wish: UserWish) => void;
};

/** Sends the wishes of an account's users to the PBX, one per user at a time, and finds the channels they become. */
export class Wishes {
  readonly #pbx: Pbx;
  readonly #clock: Clock;
  readonly #events: WishEvents;
  readonly #bindings = new Map<string, Binding>();
  readonly #wishes = new Map<number, UserWish>();
  readonly #timers = new Map<number, Timer>();
  /** Due, and held back until the session is there. */
  readonly #held = new Set<number>();
  #session: 'coming' | 'online' | 'hopeless' = 'coming';

  constructor(pbx: Pbx, clock: Clock, events: WishEvents) {
    this.#pbx = pbx;
    this.#clock = clock;
    this.#events = events;
  }

  /** Adds a wish. It is sent when the session is there and the user's earlier wishes have their channels. */
  add(wish: UserWish): void {
    this.#wishes.set(wish.id, wish);
    this.#step(wish.user, ask(this.#binding(wish.user), wish));
  }

  /** The session has come: what was held back goes out, in its order. */
  online(): void {
    this.#session = 'online';
    const due = [...this.#held];
    this.#held.clear();
    for (const id of due) this.#send(id);
  }

  /**
   * The session is being made: what is asked from now on waits for it. What was asked of a session that is lost fails
   * with it: the PBX's adapter fails what was sent, and what waited its turn fails here.
   */
  offline(): void {
    const lost = this.#session === 'online';
    this.#session = 'coming';
    if (lost) for (const id of this.#unsent()) this.#refuse(id);
  }

  /** The session will not come before the user does something: what was not sent fails now. */
  failed(): void {
    this.#session = 'hopeless';
    for (const id of [...this.#unsent(), ...this.#held]) this.#refuse(id);
  }

  /** Finds whose channel this is. `hangUp`: it was wished for once, and nobody wants it now. */
  seen(user: string, channel: NewChannel): { wish?: UserWish; hangUp: boolean } {
    const { bound, hangUp, ...step } = bind(this.#binding(user), channel);
    const wish = bound && this.#wishes.get(bound.id);
    if (bound) this.#forget(bound.id);
    this.#step(user, step);
    return { ...(wish && { wish }), hangUp };
  }

  /** The wish is over: without a channel, or with one that the PBX says is its. */
  settle(id: number): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    this.#forget(id);
    this.#step(wish.user, settle(this.#binding(wish.user), id));
  }

  /**
   * Nobody wants it any more. One that the PBX has keeps its place until its channel is seen or its time is over. Where
   * nothing tells that channel from another, as with a pickup from an unknown caller, it is left alone: hanging up could
   * hit a call that somebody wants.
   */
  giveUp(id: number): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    if (this.#held.has(id) || wish.number === '') {
      this.settle(id);
      return;
    }
    const { binding, gone } = giveUp(this.#binding(wish.user), id);
    this.#bindings.set(wish.user, binding);
    if (gone) this.#forget(id);
  }

  /** What waits for the wish before it. The newest first: an older one that fails would let the next one move up. */
  #unsent(): number[] {
    const queued = [...this.#bindings.values()].flatMap(({ queue }) => queue);
    return queued.map(({ id }) => id).reverse();
  }

  #binding(user: string): Binding {
    return this.#bindings.get(user) ?? noWishes;
  }

  #step(user: string, step: Step): void {
    this.#bindings.set(user, step.binding);
    if (step.send) this.#send(step.send.id);
  }

  #send(id: number): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    if (this.#session === 'hopeless') {
      this.#refuse(id);
      return;
    }
    if (this.#session === 'coming') {
      this.#held.add(id);
      const waited = this.#clock.now() - wish.at;
      this.#wait(id, Math.max(0, EARLY_COMMAND_MS - waited), () => this.#refuse(id));
      return;
    }
    this.#sent(wish);
    this.#wait(id, BIND_WINDOW_MS, () => {
      this.settle(id);
      this.#events.expired(wish);
    });
    void this.#ask(wish).then((result) => this.#events.answered(wish, result));
  }

  #ask({ id, kind, user, target, beside }: UserWish): Promise<CommandResult> {
    if (kind === 'pickup') return this.#pbx.pickup(user, target, id);
    if (beside !== undefined) return this.#pbx.consult(user, beside, target, id);
    return this.#pbx.dial(user, target, id);
  }

  /** The time for its channel counts from here, not from when it was asked. */
  #sent(wish: UserWish): void {
    const binding = this.#binding(wish.user);
    this.#bindings.set(wish.user, { ...binding, waiting: { ...wish, at: this.#clock.now() } });
  }

  #refuse(id: number): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    this.settle(id);
    this.#events.answered(wish, { ok: false, code: 'offline', detail: 'no session in time' });
  }

  #wait(id: number, ms: number, act: () => void): void {
    this.#timers.get(id)?.cancel();
    this.#timers.set(id, this.#clock.after(ms, act));
  }

  #forget(id: number): void {
    this.#timers.get(id)?.cancel();
    this.#timers.delete(id);
    this.#held.delete(id);
    this.#wishes.delete(id);
  }
}
