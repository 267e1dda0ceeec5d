import { type DisconnectMode, isActive } from '../calls/call.ts';
import type { CallEvent } from '../calls/reduce.ts';
import type { Clock } from '../clock.ts';
import { type Line, MAX_ACTIVE_CALLS } from '../lines/line.ts';
import { dialable } from '../numbers/dialable.ts';
import type { CommandResult, Pbx, PbxAbility } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import type { AccountLines } from './account-lines.ts';
import type { CallBook } from './call-book.ts';
import type { Consultations } from './consultations.ts';
import { DROP_SETTLE_MS } from './deadlines.ts';
import { askedSeed, type Entry, isRejected } from './entry.ts';
import { failures, refusalOf, refuse, replyOf } from './outcomes.ts';
import { PartialCalls } from './partial-calls.ts';
import { type UserWish, Wishes } from './wishes.ts';

type RequestPorts = {
  readonly clock: Clock;
  readonly pbx: Pbx;
  readonly lines: AccountLines;
  readonly book: CallBook;
  readonly consultations: Consultations;
  /** Nothing was heard of the call since its session was lost. */
  readonly isUnverified: (entry: Entry) => boolean;
  /** The call on this channel is over for everybody here: what is reported of it means nothing any more. */
  readonly unwanted: (channel: string) => void;
  /** The PBX had agreed to this call, and no channel of it was seen in time. */
  readonly unseen: (call: number) => void;
};

type Asked = Omit<UserWish, 'user' | 'at'>;

/** What programs and people ask of an account's lines and calls: becomes commands to the PBX, each answered once. */
export class Requests {
  readonly #ports: RequestPorts;
  readonly #partial: PartialCalls;
  readonly wishes: Wishes;
  /** Who waits for the PBX to hang up. */
  readonly #drops = new Map<Entry, Reply[]>();

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
    const { number } = target;
    return this.#askFor(line, { id, kind: 'dial', target: number, number }, 'dial', reply);
  }

  /** A call without a number, or with the first part of one: `dial` gives the rest. */
  makeCallPart(line: Line, typed: string, id: number, reply: Reply): Pending {
    if (typed !== '' && !dialable(typed).ok) return refuse(reply, 'invalidAddress');
    const entry = this.#newEntry(line, { id, kind: 'dial', target: '' }, 'dial');
    if (typeof entry === 'string') return refuse(reply, entry);
    return this.#beginPart(entry, typed, reply);
  }

  /**
   * TSPI_lineSetupTransfer: a call to ask at `typed` for call `id`, or one that waits for `dial`. The PBX holds the call
   * when it calls there.
   */
  setupTransfer(id: number, typed: string, consultation: number, reply: Reply): Pending {
    const { book, consultations } = this.#ports;
    const about = book.get(id);
    const refusal = refusalOf(about, 'setupTransfer');
    if (!about || refusal) return refuse(reply, refusal ?? 'invalidCallHandle');
    const { channel: beside } = about;
    if (beside === undefined || about.consultation) return refuse(reply, 'invalidCallState');
    const target = dialable(typed);
    if (typed !== '' && !target.ok) return refuse(reply, 'invalidAddress');
    const number = target.ok ? target.number : '';
    const wish = { id: consultation, kind: 'dial', target: number, number, beside } as const;
    const entry = this.#newEntry({ user: about.user, key: about.seed.line }, wish, 'consult');
    if (typeof entry === 'string') return refuse(reply, entry);
    consultations.asked(about, entry);
    return typed === '' ? this.#beginPart(entry, '', reply) : this.#wish(entry, wish, reply);
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
    const wish = { id, kind: 'pickup', target: number, number: callerAt(number) } as const;
    return this.#askFor(line, wish, 'pickup', reply);
  }

  /** Takes over what rings in the user's own group, as the PBX knows it. */
  pickupGroup(line: Line, id: number, reply: Reply): Pending {
    return this.#askFor(line, { id, kind: 'pickup', target: '', number: '' }, 'pickupGroup', reply);
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
      const waiting = this.#drops.get(entry);
      if (waiting) waiting.push(reply);
      else this.#drops.set(entry, [reply]);
      if (entry.hangup && waiting) return;
      entry.hangup ??= pbx.hangup(entry.user, channel);
      void entry.hangup.then((result) => this.#hungUp(entry, channel, result));
    }
  }

  /** The PBX reports the end of a call: whoever wanted it is answered before its next state is published. */
  over(entry: Entry): void {
    this.#dropped(entry, { ok: true, call: entry.id });
  }

  /** The PBX has taken the request: it is answered before the call's next state is published. */
  taken(entry: Entry): void {
    const { reply } = entry;
    if (!reply) return;
    entry.reply = undefined;
    entry.promised = true;
    reply({ ok: true, call: entry.id });
    this.#ports.consultations.begun(entry);
    if (entry.seed.direction === 'outbound')
      this.#ports.book.apply(entry, { type: 'dialed', at: this.#ports.clock.now() });
  }

  /** The call is over. */
  left(entry: Entry): void {
    this.#partial.left(entry);
    this.#dropped(entry, { ok: true, call: entry.id });
  }

  /** Nobody here wants what was asked any more. Whether a request waited: its call, if there was one, is over with it. */
  abort(entry: Entry): boolean {
    if (!entry.reply) return false;
    this.wishes.giveUp(entry.id);
    this.#fail(entry, 'resourceUnavailable', 'temporaryFailure');
    return true;
  }

  #askFor(line: Line, wish: Asked, ability: PbxAbility, reply: Reply): Pending {
    const entry = this.#newEntry(line, wish, ability);
    return typeof entry === 'string' ? refuse(reply, entry) : this.#wish(entry, wish, reply);
  }

  #wish(entry: Entry, wish: Asked, reply: Reply): Pending {
    entry.reply = reply;
    this.wishes.add({ ...wish, user: entry.user, at: entry.began });
    return { cancel: () => this.#cancel(wish.id) };
  }

  /** A call whose number comes later begins with a dial tone of ours. */
  #beginPart(entry: Entry, typed: string, reply: Reply): Pending {
    entry.promised = true;
    reply({ ok: true, call: entry.id });
    this.#ports.consultations.begun(entry);
    this.#partial.begin(entry, typed);
    return { cancel: () => undefined };
  }

  /** A call that is asked for, or why there can be none. */
  #newEntry(
    line: Pick<Line, 'key' | 'user'>,
    { id, kind, target }: Pick<UserWish, 'id' | 'kind' | 'target'>,
    ability: PbxAbility,
  ): Entry | LineError {
    const { lines, book, clock } = this.#ports;
    const user = lines.user(line.user);
    if (!user) return 'invalidLineHandle';
    if (!user.abilities.has(ability)) return 'operationUnavailable';
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
    const { id, user, about } = entry;
    const beside = about?.channel === undefined ? {} : { beside: about.channel };
    this.wishes.add({ id, kind: 'dial', target: number, number, user, at, ...beside });
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
    else if (entry) {
      this.#ports.unseen(wish.id);
      this.#ports.book.apply(entry, this.#ended('noAnswer'));
    }
  }

  #dropped(entry: Entry, result: Parameters<Reply>[0]): void {
    const replies = this.#drops.get(entry) ?? [];
    this.#drops.delete(entry);
    for (const reply of replies) reply(result);
  }

  #hungUp(entry: Entry, channel: string, result: CommandResult): void {
    const { book, clock, isUnverified } = this.#ports;
    const { id } = entry;
    const over = !book.has(id);
    // What is disconnected is only cleared away; a call whose session was lost, the PBX may not know any more.
    const cleared = entry.call?.status.state === 'disconnected';
    const vanished = !result.ok && (cleared || (result.code === 'refused' && isUnverified(entry)));
    this.#dropped(entry, over || vanished ? { ok: true, call: id } : replyOf(result, id));
    if (over) return;
    if (vanished && cleared) this.#ports.unwanted(channel);
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
