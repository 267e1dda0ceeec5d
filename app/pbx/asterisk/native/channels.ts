import { nobody, type Party } from '../../../calls/call.ts';
import type { AsteriskLine } from '../account.ts';
import { Recent } from '../recent.ts';
import { type ChannelState, isSomebody } from '../values.ts';
import type { LineCall } from './line-call.ts';

/** How a channel that another one calls is doing. */
export type LegState = 'trying' | 'ringing' | 'answered';

/** What is known of one channel of the PBX, whoever it belongs to. */
export type Channel = {
  /** Uniqueid: opaque. */
  readonly id: string;
  name: string;
  /** Linkedid: changes when calls are joined. */
  linked: string;
  state: ChannelState;
  /** Its own CallerID. */
  caller: Party;
  /** ConnectedLine: whom it is shown. */
  connected: Party;
  /** What was dialled on the phone; empty for a channel that is called. */
  dialled: string;
  /** It stands in for what the dial plan calls behind it. */
  readonly local: boolean;
  /** The call it is the phone of, when it is a line's. */
  call: LineCall | undefined;
  readonly line: AsteriskLine | undefined;
  /** The channel that calls this one, and where in the dial plan that was when it did. */
  dialer: string | undefined;
  dialerExten: string;
  /** The channels this one calls, as long as they live. */
  readonly legs: Map<string, LegState>;
  /** Whether it has called any, and how the last of those that nobody answered ended (DialStatus). */
  hasCalled: boolean;
  legFailure: string;
  bridge: string | undefined;
  /** The bridge in which it put the other end on hold; empty where that is not known. */
  held: string | undefined;
  /** It ends, or has ended. */
  leaves: boolean;
  /** How the call to it ended (DialStatus of its first DialEnd); empty before that. */
  dialStatus: string;
  /** Somebody else took what rang here. */
  taken: boolean;
  /** Sent away by its caller while it rang. */
  sentAway: boolean;
  /** Who sent it where it is now. */
  transferredBy: Party | undefined;
  /** Calls that show this channel as their caller. */
  readonly shownBy: Set<LineCall>;
  /** Heard of since a list of all channels was asked for. */
  fresh: boolean;
};

/** A phone system with more channels has lost count of them: the oldest is forgotten. */
export const MAX_CHANNELS = 20_000;
/** What is told of a channel after its end is not believed; at least this many ends are remembered. */
export const ENDED_KNOWN = 4_096;

/** Every channel of the PBX, and who is in which bridge. Bounded; look-ups only by Uniqueid. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #bridges = new Map<string, Set<Channel>>();
  readonly #ended = new Recent(ENDED_KNOWN);

  get(id: string | undefined): Channel | undefined {
    return id === undefined ? undefined : this.#channels.get(id);
  }

  all(): IterableIterator<Channel> {
    return this.#channels.values();
  }

  get size(): number {
    return this.#channels.size;
  }

  /** Whether this channel's end was told. Its Uniqueid is not used again while Asterisk runs. */
  hasEnded(id: string): boolean {
    return this.#ended.has(id);
  }

  /** A channel that is heard of for the first time. */
  add(id: string, name: string, line: AsteriskLine | undefined, local: boolean): Channel {
    const channel: Channel = {
      id,
      name,
      line,
      local,
      linked: id,
      state: 'down',
      caller: nobody,
      connected: nobody,
      dialled: '',
      call: undefined,
      dialer: undefined,
      dialerExten: '',
      legs: new Map(),
      hasCalled: false,
      legFailure: '',
      bridge: undefined,
      held: undefined,
      leaves: false,
      dialStatus: '',
      taken: false,
      sentAway: false,
      transferredBy: undefined,
      shownBy: new Set(),
      fresh: true,
    };
    this.#channels.set(id, channel);
    return channel;
  }

  /** The channel that has been here longest, where there are too many. */
  tooMany(): Channel | undefined {
    return this.#channels.size > MAX_CHANNELS ? this.#channels.values().next().value : undefined;
  }

  /** The channel is over. */
  remove(channel: Channel): void {
    this.leaveBridge(channel);
    this.#channels.delete(channel.id);
    this.get(channel.dialer)?.legs.delete(channel.id);
    channel.leaves = true;
    this.ended(channel.id);
  }

  /** The end of a channel was told, whether it was known or not. */
  ended(id: string): void {
    this.#ended.add(id);
  }

  /** What is told of this Uniqueid from now on is of another channel; of any, where none is given. */
  forgetEnd(id?: string): void {
    if (id === undefined) this.#ended.clear();
    else this.#ended.delete(id);
  }

  /** Nothing is known any more. */
  clear(): void {
    this.#channels.clear();
    this.#bridges.clear();
    this.#ended.clear();
  }

  enterBridge(channel: Channel, bridge: string): void {
    if (channel.bridge === bridge) return;
    this.leaveBridge(channel);
    channel.bridge = bridge;
    // Whoever goes to talk elsewhere has left the one on hold behind.
    if (channel.held !== undefined && channel.held !== '' && channel.held !== bridge)
      channel.held = undefined;
    const members = this.#bridges.get(bridge);
    if (members) members.add(channel);
    else this.#bridges.set(bridge, new Set([channel]));
  }

  /** @param bridge the one it leaves; where it is in another one by now, it stays there */
  leaveBridge(channel: Channel, bridge = channel.bridge): void {
    if (bridge === undefined || bridge !== channel.bridge) return;
    channel.bridge = undefined;
    const members = this.#bridges.get(bridge);
    members?.delete(channel);
    if (members?.size === 0) this.#bridges.delete(bridge);
  }

  /** The other channel of a bridge of two; undefined where there are more, or none. */
  partnerOf({ bridge, id }: Channel): Channel | undefined {
    const members = bridge === undefined ? undefined : this.#bridges.get(bridge);
    if (members?.size !== 2) return undefined;
    for (const member of members) if (member.id !== id) return member;
    return undefined;
  }

  /**
   * Who is at the other end: in the bridge, or calling, or called. A Local channel is looked through where the far half
   * is known by the call's first channel.
   */
  farEndOf(channel: Channel): Channel | undefined {
    const leg = [...channel.legs.keys()].at(-1);
    const near = this.partnerOf(channel) ?? this.get(channel.dialer) ?? this.get(leg);
    if (near && !near.local) return near;
    const first = this.get(channel.linked);
    return first && first !== channel && !first.local ? first : near;
  }

  /** The channel that began the call: its Uniqueid is the Linkedid. */
  firstOf(channel: Channel): Channel | undefined {
    const first = this.get(channel.linked);
    return first && first !== channel && !first.local && isSomebody(first.caller) ? first : undefined;
  }
}
