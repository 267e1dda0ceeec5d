/** One exchange: commands in, typed events out. It knows users, phones and calls and no protocol. */
import { Calls, isConnected, otherLeg, rings, userParty, view } from './calls.ts';
import { Directory } from './directory.ts';
import { OrderedEvents } from './events.ts';
import { Journal } from './journal.ts';
import {
  type ChannelView,
  type ExchangeEvent,
  type ExchangeResult,
  type JournalEntry,
  type Party,
  type PhoneState,
  type Refusal,
  refuse,
  type User,
} from './model.ts';
import { Numbering } from './numbering.ts';
import { Outside } from './outside.ts';
import { type ChannelIds, type Clock, countedIds, systemClock } from './ports.ts';
import { Progress } from './progress.ts';

export interface ExchangeOptions {
  readonly users: readonly User[];
  /** A phone told to dial picks itself up after this time; 'never': the user lifts the handset. Default 0. */
  readonly autoAnswerMs?: number | 'never';
  /** Inside phones ring this long before the caller is released; 0 (default): until somebody acts. */
  readonly ringTimeoutMs?: number;
  /** The phone that picks up a colleague's call answers at once (default) or rings first. */
  readonly pickupAnswers?: boolean;
  /** What the hold key of the phones does: both (default), hold and never take back, or nothing. */
  readonly holdKey?: 'toggles' | 'holds' | 'dead';
  /** Digits that prefix `auto` puts before outside numbers; default none. */
  readonly outsidePrefix?: string;
  readonly clock?: Clock;
  readonly ids?: ChannelIds;
}

export interface DialOrder {
  readonly user: string;
  /** Extension, user name or outside number: digits, `*`, `#`, one leading `+`; nothing else is dialled. */
  readonly target: string;
  /** Digits to put before an outside number, or `auto` (default). */
  readonly prefix?: string;
}

export class Exchange {
  /** The parties outside, for the owner to script. */
  readonly outside: Outside;
  readonly #directory: Directory;
  readonly #numbering: Numbering;
  readonly #events = new OrderedEvents<ExchangeEvent>();
  readonly #journal = new Journal();
  readonly #calls: Calls;
  readonly #progress: Progress;
  readonly #autoAnswerMs: number | 'never';
  readonly #pickupAnswers: boolean;
  readonly #holdKey: 'toggles' | 'holds' | 'dead';

  /** @throws ExchangeSetupError for users no PBX would take. */
  constructor(options: ExchangeOptions) {
    const { users, clock = systemClock, ids = countedIds(), ringTimeoutMs = 0, outsidePrefix = '' } = options;
    this.#autoAnswerMs = options.autoAnswerMs ?? 0;
    this.#pickupAnswers = options.pickupAnswers ?? true;
    this.#holdKey = options.holdKey ?? 'toggles';
    this.#directory = new Directory(users);
    this.#calls = new Calls(clock, ids, this.#events, this.#journal);
    this.#progress = new Progress(this.#calls, {
      ringTimeoutMs,
      outsideBehaviour: (number) => this.outside.behaviourOf(number),
    });
    this.outside = new Outside(this.#calls, {
      answer: (channel) => this.#progress.connect(channel),
      hangUp: (channel) => this.#progress.hangUp(channel),
      callIn: (from, extension) => this.#callIn(from, extension),
    });
    this.#numbering = new Numbering(this.#directory, outsidePrefix, (number) => this.outside.nameOf(number));
  }

  /** Events come in the order of what happened; the answer ends the subscription. */
  subscribe(subscriber: (event: ExchangeEvent) => void): () => void {
    return this.#events.subscribe(subscriber);
  }

  users(): readonly User[] {
    return this.#directory.all();
  }

  /** By name, in any case. */
  user(name: string): User | undefined {
    return this.#directory.byName(name);
  }

  /** Living channels, oldest first; of one user when named. */
  channels(userName?: string): readonly ChannelView[] {
    if (userName === undefined) return this.#calls.all().map(view);
    const user = this.user(userName);
    return user === undefined ? [] : this.#calls.of(user).map(view);
  }

  /** Finished calls of a user, newest first. */
  journal(userName: string, limit = 100): readonly JournalEntry[] {
    const user = this.user(userName);
    return user === undefined ? [] : this.#journal.of(user.name, limit);
  }

  phone(userName: string): PhoneState {
    const user = this.user(userName);
    return user === undefined ? 'unregistered' : this.#calls.phone(user);
  }

  /** Plugs a phone in or out; a phone that goes away loses its calls. Errors: unknown-user. */
  setRegistered(userName: string, registered: boolean): ExchangeResult {
    const user = this.user(userName);
    if (user === undefined) return unknownUser();
    if (!registered) for (const channel of this.#calls.of(user)) this.#progress.hangUp(channel);
    this.#calls.setRegistered(user, registered);
    return { ok: true, channel: '' };
  }

  mayPickUp(picker: User, colleague: User): boolean {
    return picker !== colleague && picker.pickupGroup === colleague.pickupGroup;
  }

  /**
   * Orders a call: the user's own phone is picked up (see `autoAnswerMs`), then the target is dialled. A call
   * the user talks in is held. Errors: unknown-user, phone-unregistered, bad-number.
   */
  dial({ user: name, target, prefix = 'auto' }: DialOrder): ExchangeResult {
    const user = this.user(name);
    if (user === undefined) return unknownUser();
    if (this.#calls.phone(user) === 'unregistered') return noPhone();
    const destination = this.#numbering.resolve(target, prefix);
    if ('ok' in destination) return destination;
    this.#progress.holdOthers(user, undefined);
    const caller = this.#progress.order(user, destination);
    if (this.#autoAnswerMs !== 'never') {
      this.#calls.after(caller.call, this.#autoAnswerMs, () => this.#progress.offHook(caller));
    }
    return { ok: true, channel: caller.id };
  }

  /**
   * The user lifts the handset: answers the named or else the oldest waiting call, or starts the ordered one.
   * A call the user talks in is held first. Errors: unknown-user, no-channel.
   */
  answer(userName: string, channelId?: string): ExchangeResult {
    const user = this.user(userName);
    if (user === undefined) return unknownUser();
    const waiting = this.#calls.of(user).filter((leg) => leg.state === 'originating' || rings(leg));
    const channel = waiting.find((leg) => channelId === undefined || leg.id === channelId);
    if (channel === undefined) return refuse('no-channel', 'No call waits to be answered');
    if (channel.state === 'originating') this.#progress.offHook(channel);
    else this.#progress.connect(channel);
    return { ok: true, channel: channel.id };
  }

  /** Ends the call a channel belongs to. Errors: no-channel. */
  hangUp(channelId: string): ExchangeResult {
    const channel = this.#calls.channel(channelId);
    if (channel === undefined) return noChannel();
    this.#progress.hangUp(channel);
    return { ok: true, channel: channelId };
  }

  /**
   * The hold key: holds the talking call, else resumes the one held last. A phone whose key does not (`holdKey`) takes
   * the press all the same, and nothing happens. Errors: unknown-user, no-channel.
   */
  toggleHold(userName: string): ExchangeResult {
    const user = this.user(userName);
    if (user === undefined) return unknownUser();
    const legs = this.#calls.of(user);
    const channel =
      legs.find((leg) => leg.state === 'talking') ?? legs.findLast((leg) => leg.state === 'held');
    if (channel === undefined) return refuse('no-channel', 'No call to hold or to resume');
    if (this.#holdKey === 'dead' || (this.#holdKey === 'holds' && channel.state === 'held'))
      return { ok: true, channel: channel.id };
    if (channel.state === 'talking') this.#calls.change(channel, 'held', 'held');
    else this.#calls.change(channel, 'talking', 'resumed');
    return { ok: true, channel: channel.id };
  }

  /**
   * Sends the other party of a channel to a target: a blind transfer when connected, a redirect while it
   * rings. The owner's channel ends. Errors: no-channel, wrong-state, bad-number, phone-unregistered,
   * target-busy; a refused transfer leaves the call as it is.
   */
  transfer(channelId: string, target: string, prefix = 'auto'): ExchangeResult {
    const leaving = this.#calls.channel(channelId);
    if (leaving?.user === undefined) return noChannel();
    const staying = otherLeg(leaving);
    const redirect = rings(leaving);
    if (staying === undefined || !(redirect || isConnected(leaving))) {
      return refuse('wrong-state', 'Only a ringing or connected call can be sent elsewhere');
    }
    const destination = this.#numbering.resolve(target, prefix);
    if ('ok' in destination) return destination;
    const obstacle = this.#progress.obstacle(destination.user, staying.user);
    if (obstacle !== undefined) return obstacle;
    const { call } = leaving;
    this.#calls.report(leaving, redirect ? 'redirected' : 'transferring');
    this.#calls.remove(leaving, redirect ? 'redirected' : 'transferred');
    call.caller = staying;
    call.called = undefined;
    this.#calls.rename(staying, destination.shown);
    this.#progress.ring(call, staying, destination, userParty(leaving.user));
    return { ok: true, channel: staying.id };
  }

  /**
   * Joins the ends of two connected calls: they talk with each other, and who talked with either is released. An end
   * whose own phone holds the call cannot be joined: nobody would hear it.
   * Errors: no-channel, wrong-state; refused, both calls stay as they are.
   */
  join(channelId: string, otherId: string): ExchangeResult {
    const one = this.#calls.channel(channelId);
    const other = this.#calls.channel(otherId);
    if (one === undefined || other === undefined) return noChannel();
    const listen = [one, other].every((end) => end.state === 'talking' && isConnected(end));
    if (one.call === other.call || !listen)
      return refuse('wrong-state', 'Only the ends of two connected calls can be joined');
    this.#progress.join(one, other);
    return { ok: true, channel: one.id };
  }

  /**
   * Takes a call that rings at a colleague's extension to the user's own phone.
   * Errors: unknown-user, unknown-number, not-allowed, phone-unregistered, no-channel.
   */
  pickUp(userName: string, extension: string): ExchangeResult {
    const user = this.user(userName);
    if (user === undefined) return unknownUser();
    const colleague = this.#directory.byExtension(extension);
    if (colleague === undefined) return refuse('unknown-number', 'No such extension');
    if (!this.mayPickUp(user, colleague)) return refuse('not-allowed', 'Not in one pickup group');
    if (this.#calls.phone(user) === 'unregistered') return noPhone();
    const ringing = this.#calls.of(colleague).find((leg) => rings(leg) && leg.call.caller?.user !== user);
    const caller = ringing?.call.caller;
    if (ringing === undefined || caller === undefined) return refuse('no-channel', 'No call rings there');
    this.#calls.remove(ringing, 'answered-elsewhere');
    const taken = this.#calls.add(ringing.call, 'called', {
      party: userParty(user),
      user,
      outbound: false,
      state: 'ringing',
      peer: ringing.peer,
      redirectedFrom: ringing.redirectedFrom,
    });
    this.#calls.report(taken, 'ringing');
    this.#calls.rename(caller, userParty(user));
    if (this.#pickupAnswers) this.#progress.connect(taken);
    return { ok: true, channel: taken.id };
  }

  /** Ends every call, for the end of a test or of the simulator. */
  clear(): void {
    for (const channel of this.#calls.all()) this.#calls.end(channel.call, () => 'normal');
  }

  #callIn(from: Party, extension: string): ExchangeResult {
    const user = this.#directory.byExtension(extension);
    if (user === undefined) return refuse('unknown-number', 'No such extension');
    const obstacle = this.#progress.obstacle(user, undefined);
    if (obstacle !== undefined) return obstacle;
    const call = this.#calls.newCall();
    const party = userParty(user);
    const caller = this.#calls.add(call, 'caller', {
      party: from,
      user: undefined,
      outbound: true,
      state: 'calling',
      peer: party,
    });
    this.#progress.ring(call, caller, { party, user, shown: party }, undefined);
    return { ok: true, channel: call.called?.id ?? '' };
  }
}

const unknownUser = (): Refusal => refuse('unknown-user', 'No such user');
const noChannel = (): Refusal => refuse('no-channel', 'No such channel');
const noPhone = (): Refusal => refuse('phone-unregistered', 'No phone is registered');
