/** The mobydick face of an exchange: commands of XMPP sessions in, its events out to those who subscribed. */
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Exchange } from '../exchange/exchange.ts';
import type { ChannelChange, ChannelView, ExchangeEvent, User } from '../exchange/model.ts';
import { channelEvent, pickupEvent } from './channel-events.ts';
import { decodeCommand } from './cmd/decode.ts';
import { type CommandEvent, encodeEvent, failure, journalEvent, MOBYDICK_NS } from './cmd/encode.ts';
import { CommandHandler } from './command-handler.ts';
import { Subscriptions } from './subscriptions.ts';
import type { XmppExtension } from './xmpp/server.ts';
import type { Session } from './xmpp/session.ts';
import { type IqAnswer, iqError, iqResult } from './xmpp/stanzas.ts';

/**
 * What a client sees first when a command causes events. A real PBX does both.
 * - reply-first: the answer, then the events
 * - event-first: the events; the answer to a Dial waits for the first event of its channel
 */
export type ReplyOrder = 'reply-first' | 'event-first';

export interface FaceOptions {
  readonly exchange: Exchange;
  readonly domain: string;
  readonly replyOrder: ReplyOrder;
  /** Sessions that are online, asked for at every event. */
  readonly sessions: () => readonly Session[];
}

export class MobydickFace implements XmppExtension {
  readonly namespace = MOBYDICK_NS;
  readonly #exchange: Exchange;
  readonly #options: FaceOptions;
  readonly #subscriptions = new Subscriptions<Session>();
  readonly #handler: CommandHandler;
  readonly #unsubscribe: () => void;
  /** Events that wait until the answer to the command that caused them is out. */
  #heldBack: (() => void)[] | undefined;
  /** Answers that wait for the first event of a channel. */
  readonly #awaitingChannel = new Map<string, () => void>();
  /** Channels a PickupEvent `ringing` went out for. */
  readonly #ringing = new Set<string>();

  constructor(options: FaceOptions) {
    this.#options = options;
    this.#exchange = options.exchange;
    this.#handler = new CommandHandler(options.exchange, this.#subscriptions);
    this.#unsubscribe = options.exchange.subscribe((event) => this.#onEvent(event));
  }

  close(): void {
    this.#unsubscribe();
  }

  onIq(session: Session, iq: Element, payload: Element, answer: (answer: IqAnswer) => void): void {
    const user = this.#exchange.user(session.user);
    if (iq.attrs['type'] !== 'get' || payload.name !== 'cmd' || user === undefined) {
      answer(iqError('bad-request'));
      return;
    }
    const decoded = decodeCommand(payload);
    if (decoded.kind === 'malformed') {
      answer(iqError('bad-request'));
      return;
    }
    if (decoded.kind === 'unknown') {
      answer(iqResult(failure(`Unknown command ${decoded.name}`)));
      return;
    }
    const hello = decoded.command.name === 'xmppuser.ClientInfo';
    if (hello && session.fallsSilentAt('clientInfo')) return;
    const eventFirst = this.#options.replyOrder === 'event-first';
    if (!eventFirst) this.#heldBack = [];
    const { body, dialled } = this.#handler.handle(session, user, decoded.command);
    const reply = () => answer(iqResult(body));
    if (eventFirst && dialled !== undefined) this.#awaitingChannel.set(dialled, reply);
    else reply();
    const heldBack = this.#heldBack ?? [];
    this.#heldBack = undefined;
    for (const deliver of heldBack) deliver();
  }

  /** Tells a client that became available how the phones it may see are doing. */
  onPresence(session: Session): void {
    const own = this.#exchange.user(session.user);
    if (own === undefined) return;
    const visible = own.supervisor === true ? this.#exchange.users() : [own];
    for (const user of visible) this.#sendPhonePresence(session, user);
  }

  onOffline(session: Session): void {
    this.#subscriptions.drop(session);
  }

  #onEvent(event: ExchangeEvent): void {
    if (this.#heldBack === undefined) this.#deliver(event);
    else this.#heldBack.push(() => this.#deliver(event));
  }

  #deliver(event: ExchangeEvent): void {
    if (event.type === 'phone') {
      this.#deliverPhone(event.user);
      return;
    }
    if (event.type === 'journal') {
      const owner = this.#exchange.user(event.entry.user);
      if (owner !== undefined) this.#publish(journalEvent(event.entry), owner);
      return;
    }
    const { change, channel, cause } = event;
    const owner = channel.user === undefined ? undefined : this.#exchange.user(channel.user);
    if (owner === undefined) return;
    const told = channelEvent(change, channel, cause);
    if (told !== undefined) {
      this.#publish(told, owner);
      this.#awaitingChannel.get(channel.id)?.();
      this.#awaitingChannel.delete(channel.id);
    }
    this.#deliverPickup(change, channel, owner);
  }

  /** To the owner's sessions, and to supervisors who asked for everybody's. */
  #publish(event: CommandEvent, owner: User): void {
    for (const session of this.#options.sessions()) {
      const receiver = this.#exchange.user(session.user);
      if (receiver === undefined || !this.#subscriptions.wants(session, receiver, event, owner)) continue;
      this.#send(session, event);
    }
  }

  #deliverPickup(change: ChannelChange, channel: ChannelView, colleague: User): void {
    const state = this.#pickupChange(change, channel);
    if (state === undefined) return;
    const event = pickupEvent(state, colleague, channel);
    for (const session of this.#options.sessions()) {
      const receiver = this.#exchange.user(session.user);
      if (receiver === undefined || !this.#exchange.mayPickUp(receiver, colleague)) continue;
      const ownCall = channel.peer.kind === 'user' && channel.peer.number === receiver.extension;
      if (!ownCall && this.#subscriptions.wants(session, receiver, event, receiver))
        this.#send(session, event);
    }
  }

  #pickupChange(change: ChannelChange, channel: ChannelView): 'ringing' | 'gone' | undefined {
    if (change === 'ringing' && !channel.outbound) {
      this.#ringing.add(channel.id);
      return 'ringing';
    }
    const over = change === 'answered' || change === 'hungup';
    return over && this.#ringing.delete(channel.id) ? 'gone' : undefined;
  }

  #deliverPhone(userName: string): void {
    const user = this.#exchange.user(userName);
    if (user === undefined) return;
    for (const session of this.#options.sessions()) {
      const receiver = this.#exchange.user(session.user);
      const sees = receiver === user || receiver?.supervisor === true;
      if (session.available && sees) this.#sendPhonePresence(session, user);
    }
  }

  /** The phone is the user's resource `phone`; `dnd` means busy. */
  #sendPhonePresence(session: Session, user: User): void {
    const from = `${user.name.toLowerCase()}@${this.#options.domain}/phone`;
    const state = this.#exchange.phone(user.name);
    const type = state === 'unregistered' ? 'unavailable' : undefined;
    const show = state === 'busy' ? xml('show', {}, 'dnd') : undefined;
    session.send(xml('presence', { from, to: session.fullJid, type }, show));
  }

  #send(session: Session, event: CommandEvent): void {
    const from = `pbx.${this.#options.domain}`;
    session.send(xml('message', { to: session.fullJid, from }, encodeEvent(event)));
  }
}
