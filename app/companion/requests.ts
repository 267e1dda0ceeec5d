import { type DisconnectMode, isActive } from '../calls/call.ts';
import type { CallEvent } from '../calls/reduce.ts';
import type { Clock } from '../clock.ts';
import { type Line, MAX_ACTIVE_CALLS } from '../lines/line.ts';
import { dialable } from '../numbers/dialable.ts';
import type { CommandResult, Pbx } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import type { AccountLines } from './account-lines.ts';
import type { CallBook } from './call-book.ts';
import { DROP_SETTLE_MS } from './deadlines.ts';
import { askedSeed, type Entry, isRejected } from './entry.ts';
import { failures, refuse, replyOf } from './outcomes.ts';
import { PartialCalls } from './partial-calls.ts';
import { type UserWish, Wishes } from './wishes.ts';

type RequestPorts = {
  readonly clock: Clock;
  readonly pbx: Pbx;
  readonly lines: AccountLines;
  readonly book: CallBook;
  /** Nothing was heard of the call since its session was lost. */
  readonly isUnverified: (entry: Entry) => boolean;
  /** The call on this channel is over for everybody here: what is reported of it means nothing any more. */
  readonly unwanted: (channel: string) => void;
};

/** What programs and people ask of an account's lines and calls: becomes commands to the PBX, each answered once. */
export class Requests {
  readonly #ports: RequestPorts;
  readonly #partial: PartialCalls;
  readonly wishes: Wishes;

  constructor(ports: RequestPorts) {
    this.#ports = ports;
    this.wishes = new Wishes(ports.pbx, ports.clock, {
      answered: (wish, result) => this.#wishAnswered(wish, result),
      expired: (wish) => this.#wishExpired(wish),
    });
    const { clock, book } = ports;
    this.#partial = new PartialCalls({
      clock,
      book,
      call: (entry, number, reply) => this.#dialWhole(entry, number, reply),
    });
  }

  makeCall(line: Line, typed: string, id: number, reply: Reply): Pending {
    const target = dialable(typed);
    if (!target.ok) return refuse(reply, 'invalidAddress');
    return this.#wish(line, { id, kind: 'dial', target: target.number, number: target.number }, reply);
  }

  /** A call without a number, or with the first part of one: `dial` gives the rest. */
  makeCallPart(line: Line, typed: string, id: number, reply: Reply): Pending {
    if (typed !== '' && !dialable(typed).ok) return refuse(reply, 'invalidAddress');
    const entry = this.#newEntry(line, { id, kind: 'dial', target: '' });
    if (typeof entry === 'string') return refuse(reply, entry);
    entry.promised = true;
    reply({ ok: true, call: id });
    this.#partial.begin(entry, typed);
    return { cancel: () => undefined };
  }

  /** The next part of a call's number; with `complete` the last one, which may be empty. */
  dial(id: number, typed: string, complete: boolean, reply: Reply): void {
    this.#partial.dial(id, typed, complete, reply);
  }

  /** `callerAt` tells who rings at an extension; empty when nobody knows. */
  pickup(
    line: Line,
    typed: string,
    id: number,
    reply: Reply,
    callerAt: (extension: string) => string,
  ): Pending {
    const target = dialable(typed);
    if (!target.ok) return refuse(reply, 'invalidAddress');
    const { number } = target;
    return this.#wish(line, { id, kind: 'pickup', target: number, number: callerAt(number) }, reply);
  }

  /** Hangs up, in any state. A call that is over is dropped with success: TAPI programs drop twice. */
  drop(id: number, reply: Reply): void {
    const { book, pbx } = this.#ports;
    const entry = book.get(id);
    if (!entry) {
      reply({ ok: true, call: id });
      return;
    }
    const { channel } = entry;
    if (entry.reply) {
      this.wishes.giveUp(id);
      reply({ ok: true, call: id });
      this.#fail(entry, 'operationFailed', 'normal');
    } else if (channel === undefined) {
      this.wishes.giveUp(id);
      reply({ ok: true, call: id });
      book.apply(entry, this.#ended('normal'));
    } else {
      entry.hangup ??= pbx.hangup(entry.user, channel);
      void entry.hangup.then((result) => this.#hungUp(entry, channel, result, reply));
    }
  }

  /** The PBX has taken the request: it is answered before the call's next state is published. */
  taken(entry: Entry): void {
    const { reply } = entry;
    if (!reply) return;
    entry.reply = undefined;
    entry.promised = true;
    reply({ ok: true, call: entry.id });
    if (entry.seed.direction === 'outbound')
      this.#ports.book.apply(entry, { type: 'dialed', at: this.#ports.clock.now() });
  }

  /** The call is over. */
  left(entry: Entry): void {
    this.#partial.left(entry);
  }

  /** Nobody here wants what was asked any more. Whether a request waited: its call, if there was one, is over with it. */
  abort(entry: Entry): boolean {
    if (!entry.reply) return false;
    this.wishes.giveUp(entry.id);
    this.#fail(entry, 'resourceUnavailable', 'temporaryFailure');
    return true;
  }

  #wish(line: Line, wish: Omit<UserWish, 'user' | 'at'>, reply: Reply): Pending {
    const entry = this.#newEntry(line, wish);
    if (typeof entry === 'string') return refuse(reply, entry);
    entry.reply = reply;
    this.wishes.add({ ...wish, user: entry.user, at: entry.began });
    return { cancel: () => this.#cancel(wish.id) };
  }

  /** A call that is asked for, or why there can be none. */
  #newEntry(line: Line, { id, kind, target }: Pick<UserWish, 'id' | 'kind' | 'target'>): Entry | LineError {
    const { lines, book, clock } = this.#ports;
    const user = lines.user(line.user);
    if (!user) return 'invalidLineHandle';
    if (!user.abilities.has(kind)) return 'operationUnavailable';
    const busy = book
      .all()
      .filter((entry) => entry.user === user.user && (!entry.call || isActive(entry.call)));
    if (busy.length >= MAX_ACTIVE_CALLS) return 'callUnavailable';
    const seed = askedSeed(id, line.key, kind, target, user);
    const entry: Entry = { id, user: user.user, seed, began: clock.now(), keys: user };
    book.add(entry);
    return entry;
  }

  /** The number of a call that has a dial tone is complete. */
  #dialWhole(entry: Entry, number: string, reply: Reply): void {
    const { book, clock } = this.#ports;
    const at = clock.now();
    entry.reply = reply;
    book.apply(entry, { type: 'described', at, parties: { called: { number, name: '' } } });
    this.wishes.add({ id: entry.id, kind: 'dial', target: number, number, user: entry.user, at });
  }

  /** The asker no longer waits. What the PBX already started is hung up as soon as its channel is seen. */
  #cancel(id: number): void {
    const entry = this.#ports.book.get(id);
    if (!entry?.reply) return;
    entry.reply = undefined;
    this.wishes.giveUp(id);
    this.#ports.book.remove(entry);
  }

  #wishAnswered(wish: UserWish, result: CommandResult): void {
    const entry = this.#ports.book.get(wish.id);
    if (result.ok) {
      if (entry) this.taken(entry);
      return;
    }
    // Without an answer it may still ring one day: the channel is then hung up, and nothing is dialled twice.
    if (result.code === 'unanswered') this.wishes.giveUp(wish.id);
    else this.wishes.settle(wish.id);
    // Otherwise its channel came first, or it was given up: nobody waits for the answer.
    if (entry?.reply)
      this.#fail(
        entry,
        failures[result.code],
        result.code === 'refused' ? 'unreachable' : 'temporaryFailure',
      );
  }

  #wishExpired(wish: UserWish): void {
    const entry = this.#ports.book.get(wish.id);
    if (entry?.reply) this.#fail(entry, failures.unanswered, 'noAnswer');
    else if (entry) this.#ports.book.apply(entry, this.#ended('noAnswer'));
  }

  #hungUp(entry: Entry, channel: string, result: CommandResult, reply: Reply): void {
    const { book, clock, isUnverified } = this.#ports;
    const { id } = entry;
    const over = !book.has(id);
    // The session was lost since its last report, and the PBX does not know it any more.
    const vanished = !result.ok && result.code === 'refused' && isUnverified(entry);
    reply(over || vanished ? { ok: true, call: id } : replyOf(result, id));
    if (over) return;
    if (vanished) book.apply(entry, this.#ended('normal'));
    else if (result.ok) clock.after(DROP_SETTLE_MS, () => this.#abandon(entry, channel));
    else entry.hangup = undefined;
  }

  /** The PBX agreed to hang up and then said nothing: the call is over for everybody here. */
  #abandon(entry: Entry, channel: string): void {
    const { book, unwanted } = this.#ports;
    if (!book.has(entry.id)) return;
    unwanted(channel);
    book.apply(entry, this.#ended(isRejected(entry) ? 'reject' : 'normal'));
  }

  /** Answers a request that came to nothing. A call that had its dial tone already ends in the given mode. */
  #fail(entry: Entry, error: LineError, mode: DisconnectMode): void {
    const { reply } = entry;
    entry.reply = undefined;
    if (!entry.call) this.#ports.book.remove(entry);
    reply?.({ ok: false, error });
    if (entry.call) this.#ports.book.apply(entry, this.#ended(mode));
  }

  #ended(mode: DisconnectMode): CallEvent {
    return { type: 'ended', mode, at: this.#ports.clock.now() };
  }
}
