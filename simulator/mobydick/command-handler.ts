/** One command of one session to the exchange, and the answer to it. */
import type { Element } from '@xmpp/xml/index.js';
import type { Exchange } from '../exchange/exchange.ts';
import type { ExchangeResult, PhoneCapability, User } from '../exchange/model.ts';
import { PHONE_CAPABILITIES } from '../exchange/model.ts';
import type { Command } from './cmd/commands.ts';
import { failure, journalList, phonebookList, subscriptionList, success, userInfo } from './cmd/encode.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Session } from './xmpp/session.ts';

export interface CommandAnswer {
  readonly body: Element;
  /** The channel of an accepted Dial. */
  readonly dialled?: string | undefined;
}

const DENIED = 'Permission denied';

export class CommandHandler {
  readonly #exchange: Exchange;
  readonly #subscriptions: Subscriptions<Session>;

  constructor(exchange: Exchange, subscriptions: Subscriptions<Session>) {
    this.#exchange = exchange;
    this.#subscriptions = subscriptions;
  }

  handle(session: Session, user: User, command: Command): CommandAnswer {
    // The server expects ClientInfo first; a client that forgets it shall notice here and not in the field.
    if (command.name !== 'xmppuser.ClientInfo' && this.#subscriptions.of(session) === undefined) {
      return { body: failure('ClientInfo expected first') };
    }
    switch (command.name) {
      case 'xmppuser.ClientInfo':
        this.#subscriptions.set(session, command.subscriptions);
        return { body: userInfo(user, this.#subscriptions.of(session)) };
      case 'xmppuser.FindUserInfo':
        return { body: this.#findUserInfo(session, user, command.jid) };
      case 'event.AddSubscription': {
        const added = this.#subscriptions.add(session, command.subscriptions);
        return { body: added ? this.#subscriptionList(session) : failure('Too many subscriptions') };
      }
      case 'event.RemoveSubscription':
        this.#subscriptions.remove(session, command.subscriptions);
        return { body: this.#subscriptionList(session) };
      case 'base.Dial':
        if (command.device !== '' && command.device !== user.device)
          return { body: failure('No such device') };
        return this.#dial(user, command.target, command.prefix);
      case 'base.DialFrom':
        return this.#dialFrom(user, command.identity, command.target, command.prefix);
      case 'base.Hangup':
        return { body: this.#hangUp(user, command.channel) };
      case 'base.Transfer':
        return { body: this.#transfer(user, command.channel, command.target, command.prefix) };
      case 'base.Pickup':
        if (command.device !== '' && command.device !== user.device)
          return { body: failure('No such device') };
        return { body: outcome(this.#exchange.pickUp(user.name, command.target)) };
      case 'phone.Offhook':
        return {
          body: this.#press(user, command.device, 'offhook', (owner) => this.#exchange.answer(owner)),
        };
      case 'phone.Hold':
        return {
          body: this.#press(user, command.device, 'hold', (owner) => this.#exchange.toggleHold(owner)),
        };
      case 'journal.FindOwn':
        return { body: journalList(this.#exchange.journal(user.name, command.limit)) };
      case 'journal.FindByIdentity':
        return { body: this.#journalOf(user, command.identity, command.limit) };
      case 'phonebook.Find':
        return {
          body: phonebookList(this.#exchange.users().filter((entry) => contains(entry, command.query))),
        };
      case 'phonebook.FindAll':
        return { body: phonebookList(this.#exchange.users()) };
    }
  }

  #subscriptionList(session: Session): Element {
    return subscriptionList(this.#subscriptions.of(session) ?? []);
  }

  /** The session's own data holds its subscriptions, any other does not. */
  #findUserInfo(session: Session, user: User, jid: string): Element {
    if (jid === '') return userInfo(user, this.#subscriptions.of(session));
    const found = this.#exchange.user(jid.split('@', 1).join(''));
    if (found !== user && user.supervisor !== true) return failure(DENIED);
    return found === undefined ? failure('No such user') : userInfo(found, undefined);
  }

  #dialFrom(user: User, identity: string, target: string, prefix: string): CommandAnswer {
    const caller = this.#exchange.user(identity);
    if (user.supervisor !== true) return { body: failure(DENIED) };
    return caller === undefined ? { body: failure('No such user') } : this.#dial(caller, target, prefix);
  }

  #dial(caller: User, target: string, prefix: string): CommandAnswer {
    if (!can(caller, 'dial')) return { body: failure('No device can dial') };
    const result = this.#exchange.dial({ user: caller.name, target, prefix });
    return { body: outcome(result), dialled: result.ok ? result.channel : undefined };
  }

  #hangUp(user: User, channel: string): Element {
    if (channel !== '' && !this.#mayControl(user, channel)) return failure('No such channel');
    const chosen = channel === '' ? this.#exchange.channels(user.name).at(-1)?.id : channel;
    return chosen === undefined ? failure('No active call') : outcome(this.#exchange.hangUp(chosen));
  }

  #transfer(user: User, channel: string, target: string, prefix: string): Element {
    if (!this.#mayControl(user, channel)) return failure('No such channel');
    return outcome(this.#exchange.transfer(channel, target, prefix));
  }

  #mayControl(user: User, channelId: string): boolean {
    const channel = this.#exchange.channels().find((living) => living.id === channelId);
    return channel !== undefined && (channel.user === user.name || user.supervisor === true);
  }

  /** A key press on a device: the sender's own, or anybody's for a supervisor. */
  #press(
    user: User,
    device: string,
    capability: PhoneCapability,
    press: (owner: string) => ExchangeResult,
  ): Element {
    const owner = this.#exchange.users().find((candidate) => candidate.device === device);
    if (owner === undefined || (owner !== user && user.supervisor !== true)) return failure('No such device');
    if (!can(owner, capability)) return failure(`The device has no ${capability}`);
    return outcome(press(owner.name));
  }

  #journalOf(user: User, identity: string, limit: number): Element {
    const owner = this.#exchange.user(identity);
    if (user.supervisor !== true) return failure(DENIED);
    return owner === undefined
      ? failure('No such user')
      : journalList(this.#exchange.journal(owner.name, limit));
  }
}

const can = (user: User, capability: PhoneCapability): boolean =>
  (user.capabilities ?? PHONE_CAPABILITIES).includes(capability);

const contains = (user: User, query: string): boolean =>
  `${user.fullName}\n${user.extension}`.toLowerCase().includes(query.toLowerCase());

const outcome = (result: ExchangeResult): Element => (result.ok ? success() : failure(result.message));
