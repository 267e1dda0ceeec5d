/** How a call goes on: handset up, far end rings, somebody answers, somebody hangs up. */
import { type Call, type Calls, type Channel, otherLeg, rings, userParty } from './calls.ts';
import { type Party, type Refusal, refuse, type User } from './model.ts';
import type { Destination } from './numbering.ts';
import type { OutsideBehaviour } from './outside.ts';

export interface ProgressOptions {
  /** Milliseconds an inside phone rings before the caller is released; 0 for ever. */
  readonly ringTimeoutMs: number;
  readonly outsideBehaviour: (number: string) => OutsideBehaviour;
}

export class Progress {
  readonly #calls: Calls;
  readonly #options: ProgressOptions;
  /** Where an ordered call goes once the own phone is off the hook. */
  readonly #ordered = new WeakMap<Call, Destination>();

  constructor(calls: Calls, options: ProgressOptions) {
    this.#calls = calls;
    this.#options = options;
  }

  /** A call ordered from afar: the user's own phone waits to be picked up. */
  order(user: User, destination: Destination): Channel {
    const call = this.#calls.newCall();
    this.#ordered.set(call, destination);
    return this.#calls.add(call, 'caller', {
      party: userParty(user),
      user,
      outbound: true,
      state: 'originating',
      peer: destination.shown,
    });
  }

  /** The own phone of an ordered call is picked up: the target is dialled. */
  offHook(caller: Channel): void {
    const { call } = caller;
    const destination = this.#ordered.get(call);
    if (destination === undefined || caller.state !== 'originating') return;
    caller.state = 'calling';
    const obstacle = this.obstacle(destination.user, caller.user);
    if (obstacle === undefined) this.ring(call, caller, destination, undefined);
    else this.#calls.end(call, () => (obstacle.code === 'target-busy' ? 'busy' : 'unobtainable'));
  }

  /** Why a user's phone cannot ring now for a call from `from`: phone-unregistered or target-busy. */
  obstacle(user: User | undefined, from: User | undefined): Refusal | undefined {
    if (user === undefined) return undefined;
    const state = this.#calls.phone(user);
    if (state === 'unregistered') return refuse('phone-unregistered', 'The phone is not registered');
    const busy = user === from || (state === 'busy' && user.callWaiting === false);
    return busy ? refuse('target-busy', 'The phone is busy') : undefined;
  }

  /** Adds the called leg and lets it ring, at once inside and as its behaviour says outside. */
  ring(call: Call, caller: Channel, to: Destination, redirectedFrom: Party | undefined): void {
    const called = this.#calls.add(call, 'called', {
      party: to.party,
      user: to.user,
      outbound: false,
      state: to.user === undefined ? 'calling' : 'ringing',
      peer: caller.party,
      redirectedFrom,
    });
    if (to.user === undefined) {
      this.#ringOutside(called);
      return;
    }
    this.#rang(called);
    const timeout = this.#options.ringTimeoutMs;
    if (timeout === 0) return;
    this.#calls.after(call, timeout, () => {
      if (ringsStill(called)) this.#calls.end(call, () => 'no-answer');
    });
  }

  /** The called leg answers; what either phone talks in at that moment is held first, as phones do. */
  connect(called: Channel): void {
    const { caller } = called.call;
    if (called.user !== undefined) this.holdOthers(called.user, called);
    if (caller?.user !== undefined && caller.answeredAt === 0) this.holdOthers(caller.user, caller);
    this.#calls.change(called, 'talking', 'answered');
    if (caller !== undefined && caller.answeredAt === 0) this.#calls.change(caller, 'talking', 'answered');
  }

  /** Two who each talk with somebody else talk with each other, and whom they talked with is released. */
  join(one: Channel, other: Channel): void {
    const [left, otherLeft] = [otherLeg(one), otherLeg(other)];
    this.#calls.pair(one, other);
    this.#calls.report(one, 'joined');
    if (left !== undefined) this.#calls.remove(left, 'transferred');
    this.#calls.report(other, 'joined');
    this.#calls.rename(one, other.party);
    this.#calls.rename(other, one.party);
    if (otherLeft !== undefined) this.#calls.remove(otherLeft, 'transferred');
  }

  /** One party ends the call. Who declines a ringing call sounds busy; who gives up leaves a missed call. */
  hangUp(channel: Channel): void {
    const { call } = channel;
    const declined = rings(channel);
    const unanswered = call.called !== undefined && call.called.answeredAt === 0;
    this.#calls.end(call, (leg) => {
      if (leg === channel || !unanswered) return 'normal';
      return declined ? 'busy' : 'no-answer';
    });
  }

  holdOthers(user: User, except: Channel | undefined): void {
    for (const leg of this.#calls.of(user)) {
      if (leg !== except && leg.state === 'talking') this.#calls.change(leg, 'held', 'held');
    }
  }

  #rang(called: Channel): void {
    const { caller } = called.call;
    this.#calls.change(called, 'ringing', 'ringing');
    if (caller?.state === 'calling') this.#calls.change(caller, 'ringing', 'ringing');
  }

  #ringOutside(called: Channel): void {
    const { call } = called;
    const behaviour = this.#options.outsideBehaviour(called.party.number);
    if (behaviour.kind === 'busy' || behaviour.kind === 'unobtainable') {
      this.#calls.after(call, behaviour.afterMs ?? 0, () => this.#calls.end(call, () => behaviour.kind));
      return;
    }
    this.#calls.after(call, behaviour.ringAfterMs ?? 0, () => {
      this.#rang(called);
      if (behaviour.kind === 'answers')
        this.#answerOutside(called, behaviour.afterMs, behaviour.hangUpAfterMs);
    });
  }

  #answerOutside(called: Channel, afterMs = 0, hangUpAfterMs?: number): void {
    const { call } = called;
    this.#calls.after(call, afterMs, () => {
      if (!ringsStill(called)) return;
      this.connect(called);
      if (hangUpAfterMs !== undefined) this.#calls.after(call, hangUpAfterMs, () => this.hangUp(called));
    });
  }
}

/** False once the call moved on to another phone. */
const ringsStill = (channel: Channel): boolean => rings(channel) && channel.call.called === channel;
