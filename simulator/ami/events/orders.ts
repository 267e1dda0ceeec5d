import type { ChannelView, Party } from '../../exchange/model.ts';
import type { DialPlan } from './dial-plan.ts';
import { CONTEXTS, type Leg, type Legs, STATES } from './legs.ts';
import type { Words } from './words.ts';

/** What somebody has asked for; the channel that comes of it is his. */
export interface Wanted {
  /** The Uniqueid that the channel is to have. */
  readonly channelId: string;
  /** As whom the channel calls (CallerID); its phone's own owner unless given. */
  readonly caller: Party | undefined;
  /** Who its phone shows that it is lifted for; the caller unless given. */
  readonly connected: Party | undefined;
  /** The phone was lifted, or was not: OriginateResponse. */
  readonly settled: (leg: Leg | undefined, lifted: boolean) => void;
}

/** Own phones that are to be lifted (Originate), and what comes of it. */
export class Orders {
  readonly #words: Words;
  readonly #legs: Legs;
  readonly #dialPlan: DialPlan;
  readonly #wanted = new Map<Leg, Wanted>();
  /** What comes of it carries its name. Set for the time of one command. */
  #next: Wanted | undefined;

  constructor(words: Words, legs: Legs, dialPlan: DialPlan) {
    this.#words = words;
    this.#legs = legs;
    this.#dialPlan = dialPlan;
  }

  /** The channel that `act` makes is what was wanted. */
  wanting<Result>(wanted: Wanted, act: () => Result): Result {
    this.#next = wanted;
    const result = act();
    this.#next = undefined;
    return result;
  }

  /** A channel that nobody has told of yet: it is what is wanted now, if anything is. */
  add(view: ChannelView): Leg {
    const leg = this.#legs.add(view, STATES.down, this.#next?.channelId);
    if (this.#next) this.#wanted.set(leg, this.#next);
    return leg;
  }

  /** The own phone begins to ring. */
  begin(view: ChannelView): void {
    const words = this.#words;
    const leg = this.add(view);
    const wanted = this.#wanted.get(leg);
    words.channel('Newchannel', leg);
    if (wanted?.caller) words.newCallerId(leg, wanted.caller);
    const connected = wanted?.connected ?? wanted?.caller;
    if (connected) words.connect(leg, connected);
    words.dialBegin(undefined, leg, view.user ?? '');
    words.newState(leg, STATES.ringing);
    words.dialRings(undefined, leg);
  }

  /** The own phone is lifted, if it is one, and the dial plan goes its way. */
  lifted(leg: Leg): void {
    if (leg.dialledBy || leg.state === STATES.up || leg.view.user === undefined) return;
    this.#words.newState(leg, STATES.up);
    this.#words.dialEnd(undefined, leg, 'ANSWER');
    leg.context = CONTEXTS.phones;
    leg.exten = leg.view.peer.number;
    this.settle(leg, true);
    this.#dialPlan.out(leg, leg.view.peer.number);
  }

  /** A call that was ordered ends: its phone was lifted before it failed, or never was. */
  last(leg: Leg): void {
    if (!this.#wanted.has(leg) && leg.state === STATES.up) return;
    if (leg.view.state === 'originating') {
      this.#words.dialEnd(undefined, leg, 'CANCEL');
      this.settle(leg, false);
    } else this.lifted(leg);
  }

  /** Whoever asked for the channel is told, once. */
  settle(leg: Leg, lifted: boolean): void {
    this.#wanted.get(leg)?.settled(leg, lifted);
    this.#wanted.delete(leg);
  }
}
