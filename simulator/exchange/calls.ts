/** The table of living calls: what a call and its channels hold, and how a change becomes an event. */
import type { OrderedEvents } from './events.ts';
import type { Journal } from './journal.ts';
import type {
  ChannelChange,
  ChannelState,
  ChannelView,
  ExchangeEvent,
  HangupCause,
  Party,
  PhoneState,
  User,
} from './model.ts';
import type { ChannelIds, Clock } from './ports.ts';

/** One leg. `user` is undefined for an outside party. */
export interface Channel {
  readonly id: string;
  /** Another one once two calls were joined. */
  call: Call;
  readonly party: Party;
  readonly user: User | undefined;
  readonly outbound: boolean;
  readonly createdAt: number;
  readonly redirectedFrom: Party | undefined;
  state: ChannelState;
  peer: Party;
  answeredAt: number;
}

/** One or two legs. Timers of a call die with it. */
export interface Call {
  readonly id: string;
  /** The leg that waits for, or talks to, the called one. */
  caller: Channel | undefined;
  called: Channel | undefined;
  readonly timers: Set<() => void>;
}

export interface NewChannel {
  readonly party: Party;
  readonly user: User | undefined;
  readonly outbound: boolean;
  readonly state: ChannelState;
  readonly peer: Party;
  readonly redirectedFrom?: Party | undefined;
}

const TRUNK = 'SIP/trunk';

export const userParty = (user: User): Party => ({
  kind: 'user',
  name: user.fullName,
  number: user.extension,
});

export class Calls {
  readonly #clock: Clock;
  readonly #ids: ChannelIds;
  readonly #events: OrderedEvents<ExchangeEvent>;
  readonly #journal: Journal;
  readonly #channels = new Map<string, Channel>();
  readonly #unregistered = new Set<string>();
  #calls = 0;

  constructor(clock: Clock, ids: ChannelIds, events: OrderedEvents<ExchangeEvent>, journal: Journal) {
    this.#clock = clock;
    this.#ids = ids;
    this.#events = events;
    this.#journal = journal;
  }

  newCall(): Call {
    return { id: `call-${++this.#calls}`, caller: undefined, called: undefined, timers: new Set() };
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  /** Oldest first. */
  all(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  /** Oldest first. */
  of(user: User): readonly Channel[] {
    return this.all().filter((channel) => channel.user === user);
  }

  add(call: Call, role: 'caller' | 'called', fields: NewChannel): Channel {
    const { user } = fields;
    const busyBefore = user !== undefined && this.of(user).length > 0;
    const channel: Channel = {
      id: this.#ids(user === undefined ? TRUNK : `SIP/${user.name}`),
      call,
      redirectedFrom: undefined,
      createdAt: this.#clock.now(),
      answeredAt: 0,
      ...fields,
    };
    call[role] = channel;
    this.#channels.set(channel.id, channel);
    this.report(channel, 'created');
    if (user !== undefined && !busyBefore) this.#reportPhone(user);
    return channel;
  }

  /** Ends one leg; the call goes on with the other. */
  remove(channel: Channel, cause: HangupCause): void {
    this.#release(channel, cause);
    leave(channel);
  }

  /** Two legs of different calls leave those, with what waits there, for a new call of their own. */
  pair(one: Channel, other: Channel): void {
    const call = this.newCall();
    for (const { call: left } of [one, other]) {
      for (const cancel of left.timers) call.timers.add(cancel);
      left.timers.clear();
    }
    call.caller = leave(one);
    call.called = leave(other);
    one.call = call;
    other.call = call;
  }

  #release(channel: Channel, cause: HangupCause): void {
    const { user } = channel;
    if (!this.#channels.delete(channel.id)) return;
    this.report(channel, 'hungup', cause);
    const entry = this.#journal.add(channel, cause, this.#clock.now());
    if (entry !== undefined) this.#events.emit({ type: 'journal', entry });
    if (user !== undefined && this.of(user).length === 0) this.#reportPhone(user);
  }

  /** Ends every leg; `causeOf` tells each one why. */
  end(call: Call, causeOf: (channel: Channel) => HangupCause): void {
    for (const cancel of call.timers) cancel();
    call.timers.clear();
    const legs = [call.caller, call.called].filter((leg) => leg !== undefined);
    const causes = legs.map(causeOf);
    legs.forEach((leg, index) => {
      this.#release(leg, causes[index] ?? 'normal');
    });
    call.caller = undefined;
    call.called = undefined;
  }

  /** A timer that the end of the call cancels. */
  after(call: Call, ms: number, run: () => void): void {
    const cancel = this.#clock.after(ms, () => {
      call.timers.delete(cancel);
      run();
    });
    call.timers.add(cancel);
  }

  change(channel: Channel, state: ChannelState, change: ChannelChange): void {
    channel.state = state;
    if (change === 'answered' && channel.answeredAt === 0) channel.answeredAt = this.#clock.now();
    this.report(channel, change);
  }

  rename(channel: Channel, peer: Party): void {
    if (channel.peer.name === peer.name && channel.peer.number === peer.number) return;
    channel.peer = peer;
    this.report(channel, 'renamed');
  }

  report(channel: Channel, change: ChannelChange, cause?: HangupCause): void {
    this.#events.emit({ type: 'channel', change, channel: view(channel), cause });
  }

  phone(user: User): PhoneState {
    if (this.#unregistered.has(user.name)) return 'unregistered';
    return this.of(user).length > 0 ? 'busy' : 'free';
  }

  setRegistered(user: User, registered: boolean): void {
    if (this.#unregistered.has(user.name) === !registered) return;
    if (registered) this.#unregistered.delete(user.name);
    else this.#unregistered.add(user.name);
    this.#reportPhone(user);
  }

  #reportPhone(user: User): void {
    this.#events.emit({ type: 'phone', user: user.name, state: this.phone(user) });
  }
}

export const otherLeg = (channel: Channel): Channel | undefined =>
  channel.call.caller === channel ? channel.call.called : channel.call.caller;

function leave(channel: Channel): Channel {
  const { call } = channel;
  if (call.caller === channel) call.caller = undefined;
  if (call.called === channel) call.called = undefined;
  return channel;
}

/** Both ends of the channel's call were answered. */
export const isConnected = (channel: Channel): boolean =>
  channel.answeredAt !== 0 && (otherLeg(channel)?.answeredAt ?? 0) !== 0;

/** A phone rings for this channel. */
export const rings = (channel: Channel): boolean => !channel.outbound && channel.state === 'ringing';

export const view = (channel: Channel): ChannelView => ({
  id: channel.id,
  callId: channel.call.id,
  party: channel.party,
  user: channel.user?.name,
  device: channel.user?.device ?? '',
  outbound: channel.outbound,
  state: channel.state,
  peer: channel.peer,
  peerChannel: otherLeg(channel)?.id ?? '',
  createdAt: channel.createdAt,
  answeredAt: channel.answeredAt,
  redirectedFrom: channel.redirectedFrom,
});
