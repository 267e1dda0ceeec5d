/** The exchange's events in the words of Asterisk's own. */
import type { ChannelChange, ChannelView, ExchangeEvent, HangupCause } from '../../exchange/model.ts';
import type { AmiEvent } from '../session.ts';
import { Bridges } from './bridges.ts';
import { DialPlan } from './dial-plan.ts';
import { Endings } from './endings.ts';
import { Hangups } from './hangups.ts';
import { type Leg, Legs, STATES } from './legs.ts';
import { Orders, type Wanted } from './orders.ts';
import { Pickups } from './pickups.ts';
import { Words } from './words.ts';

/** How a call is sent elsewhere: `BlindTransfer` has an event of its own, `Redirect` has none. */
export type Sending = { readonly exten: string; readonly blind: boolean };

export class NativeEvents {
  readonly #words: Words;
  readonly #dialPlan: DialPlan;
  readonly #legs: Legs;
  readonly #orders: Orders;
  readonly #bridges: Bridges;
  readonly #pickups: Pickups;
  readonly #endings: Endings;
  /** Set for the time of one command. */
  #sending: Sending | undefined;

  constructor(emit: (event: AmiEvent) => void, now: () => number) {
    const words = new Words(emit);
    const dialPlan = new DialPlan(emit);
    const legs = new Legs(now);
    const orders = new Orders(words, legs, dialPlan);
    const bridges = new Bridges(words, legs);
    const hangups = new Hangups(words, legs, dialPlan, orders);
    const pickups = new Pickups(words, orders, hangups);
    this.#endings = new Endings({ words, legs, dialPlan, orders, bridges, pickups, hangups });
    this.#pickups = pickups;
    this.#words = words;
    this.#dialPlan = dialPlan;
    this.#legs = legs;
    this.#orders = orders;
    this.#bridges = bridges;
  }

  /** Living channels, oldest first. */
  all(): readonly Leg[] {
    return this.#legs.all();
  }

  /** By the name or the Uniqueid of a channel. */
  find(channel: string): Leg | undefined {
    return this.#legs.find(channel);
  }

  /** The channel that `act` makes is what was wanted. */
  wanting<Result>(wanted: Wanted, act: () => Result): Result {
    return this.#orders.wanting(wanted, act);
  }

  sending<Result>(sending: Sending, act: () => Result): Result {
    this.#sending = sending;
    const result = act();
    this.#sending = undefined;
    return result;
  }

  take(event: ExchangeEvent): void {
    if (event.type === 'phone') {
      const state = { free: 'NOT_INUSE', busy: 'INUSE', unregistered: 'UNAVAILABLE' }[event.state];
      this.#words.deviceState(event.user, state);
    }
    if (event.type !== 'channel') return;
    const { channel, change, cause = 'normal' } = event;
    if (change === 'created') this.#created(channel);
    const leg = this.#legs.get(channel.id);
    if (!leg) return;
    leg.view = channel;
    this.#changes[change]?.(leg, cause);
  }

  readonly #changes: Partial<Readonly<Record<ChannelChange, (leg: Leg, cause: HangupCause) => void>>> = {
    ringing: (leg) => this.#ringing(leg),
    answered: (leg) => this.#answered(leg),
    held: (leg) => this.#held(leg, 'Hold', 'MusicOnHoldStart'),
    resumed: (leg) => this.#held(leg, 'Unhold', 'MusicOnHoldStop'),
    joined: (leg) => this.#bridges.move(leg),
    renamed: (leg) => this.#words.connect(leg, leg.view.peer),
    transferring: (leg) => this.#transferring(leg),
    hungup: (leg, cause) => this.#hungUp(leg, cause),
  };

  #created(view: ChannelView): void {
    const caller = this.#legs.get(view.peerChannel);
    if (caller) this.#called(view, caller);
    else if (view.user === undefined) this.#arrived(view);
    else this.#orders.begin(view);
  }

  /** A call from outside comes to the dial plan. */
  #arrived(view: ChannelView): void {
    const leg = this.#legs.add(view, STATES.ring);
    leg.exten = view.peer.number;
    this.#words.channel('Newchannel', leg);
  }

  /** A phone or the trunk is dialled; or a colleague's phone, to take over what rings. */
  #called(view: ChannelView, caller: Leg): void {
    const words = this.#words;
    this.#orders.lifted(caller);
    if (this.#pickups.isColleagues(view.callId)) {
      const leg = this.#orders.add(view);
      words.channel('Newchannel', leg);
      words.dialBegin(undefined, leg, view.user ?? '');
      return;
    }
    const leg = this.#legs.add(view, STATES.down);
    leg.dialledBy = caller;
    leg.linked = caller.linked;
    leg.exten = caller.exten;
    if (view.user !== undefined) this.#dialPlan.in(caller, leg);
    words.channel('Newchannel', leg);
    words.connect(leg, caller.view.party);
    words.dialBegin(caller, leg, view.user ?? `trunk/${view.party.number}`);
    words.connect(caller, view.party);
  }

  #ringing(leg: Leg): void {
    // The caller's own ear hears it ring: his channel's state does not change.
    if (leg.view.outbound) return;
    this.#words.newState(leg, STATES.ringing);
    this.#words.dialRings(leg.dialledBy, leg);
  }

  #answered(leg: Leg): void {
    const picked = leg.dialledBy ? undefined : this.#pickups.from(leg.view.callId);
    if (leg.state === STATES.up || (!leg.dialledBy && !picked)) return;
    const caller = leg.dialledBy ?? picked?.dialledBy;
    this.#words.newState(leg, STATES.up);
    if (picked) this.#pickups.lifted(leg, picked);
    if (!caller) return;
    leg.dialledBy = caller;
    this.#dialPlan.up(caller, leg);
    this.#words.dialEnd(caller, leg, 'ANSWER');
    if (caller.state !== STATES.up) this.#words.newState(caller, STATES.up);
    this.#bridges.open(leg, caller);
  }

  #held(leg: Leg, event: 'Hold' | 'Unhold', music: 'MusicOnHoldStart' | 'MusicOnHoldStop'): void {
    this.#words.channel(event, leg);
    const peer = this.#legs.peerOf(leg);
    if (peer) this.#words.channel(music, peer);
  }

  #transferring(leg: Leg): void {
    const peer = this.#legs.peerOf(leg);
    if (peer && this.#sending?.blind) this.#words.blindTransfer(leg, peer, this.#sending.exten);
  }

  #hungUp(leg: Leg, cause: HangupCause): void {
    if (cause === 'answered-elsewhere') this.#pickups.begin(leg);
    else if (cause === 'redirected' || cause === 'transferred')
      this.#endings.leftBehind(leg, cause, this.#sending?.exten);
    else this.#endings.over(leg, cause);
  }
}
