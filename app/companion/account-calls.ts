import { type Call, type DisconnectMode, isActive, isEnded } from '../calls/call.ts';
import { begin, type CallEvent, reduce } from '../calls/reduce.ts';
import type { Clock, Timer } from '../clock.ts';
import { type Line, MAX_ACTIVE_CALLS } from '../lines/line.ts';
import { dialable } from '../numbers/dialable.ts';
import type {
  ChannelReport,
  CommandResult,
  Pbx,
  PbxEvent,
  PbxUser,
  SessionState,
  WireLine,
} from '../pbx/port.ts';
import { reportEvents } from '../pbx/report-events.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import { AccountLines } from './account-lines.ts';
import { DROP_SETTLE_MS, LOST_CALL_GRACE_MS } from './deadlines.ts';
import { askedSeed, type Entry, isRejected, isUnheard, reportedSeed } from './entry.ts';
import { failures, refusalOf, refuse, replyOf } from './outcomes.ts';
import { type UserWish, Wishes } from './wishes.ts';

/** What an account's calls need of the companion around them. */
export type AccountPorts = {
  readonly clock: Clock;
  /** A number that no call had before, 1 to 2^32 - 1. */
  readonly nextCallId: () => number;
  readonly lineChanged: (line: Line) => void;
  readonly lineRemoved: (key: string) => void;
  /** Called once for every state a call enters, in order. */
  readonly callChanged: (call: Call) => void;
  readonly trace: (line: WireLine, call?: number) => void;
};

/**
 * The lines and calls of one account: the PBX's reports become states of calls, and what programs and people ask
 * becomes commands to the PBX. Here a ringing channel becomes a call in OFFERING.
 */
export class AccountCalls {
  readonly #lines: AccountLines;
  readonly #pbx: Pbx;
  readonly #ports: AccountPorts;
  readonly #wishes: Wishes;
  readonly #entries = new Map<number, Entry>();
  readonly #channels = new Map<string, number>();
  /** Channels that are hung up because nobody wants them: what is reported of them means nothing. */
  readonly #unwanted = new Set<string>();
  /** The callers of the pickups on offer, by the extension that rings. */
  readonly #offers = new Map<string, string>();
  #grace: Timer | undefined;
  #closed = false;

  constructor(account: string, pbxName: string, pbx: Pbx, ports: AccountPorts) {
    this.#lines = new AccountLines(account, pbxName, ports);
    this.#pbx = pbx;
    this.#ports = ports;
    this.#wishes = new Wishes(pbx, ports.clock, {
      answered: (wish, result) => this.#wishAnswered(wish, result),
      expired: (wish) => this.#wishExpired(wish),
    });
  }

  /** Takes one event of the account's PBX. After close() it means nothing any more. */
  handle(event: PbxEvent): void {
    if (this.#closed) return;
    switch (event.type) {
      case 'session':
        this.#session(event.session);
        break;
      case 'users':
        this.#setUsers(event.users);
        break;
      case 'channel':
        this.#report(event.report, event.wire);
        break;
      case 'pickupOffered':
        this.#offers.set(event.offer.target, event.offer.caller.number);
        break;
      case 'pickupGone':
        this.#offers.delete(event.target);
        break;
    }
  }

  /** TSPI_lineMakeCall, or a person's dial box. */
  makeCall(line: Line, typed: string, id: number, reply: Reply): Pending {
    const target = dialable(typed);
    if (!target.ok) return refuse(reply, 'invalidAddress');
    return this.#wish(line, { id, kind: 'dial', target: target.number, number: target.number }, reply);
  }

  /** TSPI_linePickup: takes over what rings at a colleague's extension. */
  pickup(line: Line, typed: string, id: number, reply: Reply): Pending {
    const target = dialable(typed);
    if (!target.ok) return refuse(reply, 'invalidAddress');
    const caller = this.#offers.get(target.number) ?? '';
    return this.#wish(line, { id, kind: 'pickup', target: target.number, number: caller }, reply);
  }

  /** The call that a channel is, as far as one is known. */
  callOf(channel: string | undefined): number | undefined {
    return channel === undefined ? undefined : this.#channels.get(channel);
  }

  /** Whether the call is one of this account's. */
  has(call: number): boolean {
    return this.#entries.has(call);
  }

  answer(id: number, reply: Reply): void {
    const entry = this.#entries.get(id);
    const refusal = refusalOf(entry?.call, 'answer');
    if (!entry?.channel || refusal) {
      reply({ ok: false, error: refusal ?? 'invalidCallState' });
      return;
    }
    void this.#pbx.answer(entry.user, entry.channel).then((result) => reply(replyOf(result, id)));
  }

  /** Hangs up, in any state. A call that is over is dropped with success: TAPI programs drop twice. */
  drop(id: number, reply: Reply): void {
    const entry = this.#entries.get(id);
    if (!entry) {
      reply({ ok: true, call: id });
      return;
    }
    const { channel } = entry;
    if (entry.reply) {
      this.#wishes.giveUp(id);
      reply({ ok: true, call: id });
      this.#fail(entry, 'operationFailed');
    } else if (channel === undefined) {
      this.#wishes.giveUp(id);
      reply({ ok: true, call: id });
      this.#apply(entry, this.#ended('normal'));
    } else {
      entry.hangup ??= this.#pbx.hangup(entry.user, channel);
      void entry.hangup.then((result) => this.#hungUp(entry, channel, result, reply));
    }
  }

  #hungUp(entry: Entry, channel: string, result: CommandResult, reply: Reply): void {
    const { id } = entry;
    const over = !this.#entries.has(id);
    // The session was lost since its last report, and the PBX does not know it any more.
    const vanished = !result.ok && result.code === 'refused' && entry.unverified === true;
    reply(over || vanished ? { ok: true, call: id } : replyOf(result, id));
    if (over) return;
    if (vanished) this.#apply(entry, this.#ended('normal'));
    else if (result.ok) this.#ports.clock.after(DROP_SETTLE_MS, () => this.#abandon(entry, channel));
    else entry.hangup = undefined;
  }

  /** The calls with a state, for the window. */
  calls(): Call[] {
    return [...this.#entries.values()].flatMap((entry) => entry.call ?? []);
  }

  /**
   * The companion ends: programs see every call end and the lines out of service. The PBX's calls go on, and the lines
   * stay: programs that start before the next companion see them.
   */
  close(): void {
    this.#closed = true;
    this.#grace?.cancel();
    this.#endAll('temporaryFailure', () => true);
    this.#lines.setOnline(false);
  }

  /** The account is given up: its lines go as well. */
  remove(): void {
    this.close();
    this.#lines.set([]);
  }

  #session(session: SessionState): void {
    const online = session.state === 'online';
    const hopeless = session.state === 'failed' || session.state === 'stopped';
    const changed = this.#lines.setOnline(online);
    if (online) this.#wishes.online();
    else if (hopeless) this.#wishes.failed();
    else this.#wishes.offline();
    if (changed && !online) this.#lost();
  }

  /** What the PBX said before is old now: no PBX tells which of its channels are still there. */
  #lost(): void {
    this.#offers.clear();
    this.#unwanted.clear();
    for (const entry of this.#entries.values()) entry.unverified = true;
    this.#grace?.cancel();
    this.#grace = this.#ports.clock.after(LOST_CALL_GRACE_MS, () => this.#endUnverified());
  }

  #endUnverified(): void {
    this.#endAll('temporaryFailure', (entry) => entry.unverified === true);
  }

  #setUsers(users: readonly PbxUser[]): void {
    for (const gone of this.#lines.missing(users)) {
      this.#endAll('unavailable', (entry) => entry.user === gone);
    }
    this.#lines.set(users);
  }

  #wish(line: Line, wish: Omit<UserWish, 'user' | 'at'>, reply: Reply): Pending {
    const { id, kind, target } = wish;
    const user = this.#lines.user(line.user);
    if (!user) return refuse(reply, 'invalidLineHandle');
    if (!user.abilities.has(kind)) return refuse(reply, 'operationUnavailable');
    const busy = [...this.#entries.values()].filter(
      (entry) => entry.user === user.user && (!entry.call || isActive(entry.call)),
    );
    if (busy.length >= MAX_ACTIVE_CALLS) return refuse(reply, 'callUnavailable');

    const seed = askedSeed(id, line.key, kind, target, user);
    this.#entries.set(id, { id, user: user.user, seed, reply });
    this.#wishes.add({ ...wish, user: user.user, at: this.#ports.clock.now() });
    return { cancel: () => this.#cancel(id) };
  }

  /** The asker no longer waits. What the PBX already started is hung up as soon as its channel is seen. */
  #cancel(id: number): void {
    const entry = this.#entries.get(id);
    if (!entry?.reply) return;
    entry.reply = undefined;
    this.#wishes.giveUp(id);
    this.#entries.delete(id);
  }

  #wishAnswered(wish: UserWish, result: CommandResult): void {
    const entry = this.#entries.get(wish.id);
    if (result.ok) {
      if (entry) this.#accept(entry);
      return;
    }
    // Without an answer it may still ring one day: the channel is then hung up, and nothing is dialled twice.
    if (result.code === 'unanswered') this.#wishes.giveUp(wish.id);
    else this.#wishes.settle(wish.id);
    // Otherwise its channel came first, or it was given up: nobody waits for the answer.
    if (entry?.reply) this.#fail(entry, failures[result.code]);
  }

  #wishExpired(wish: UserWish): void {
    const entry = this.#entries.get(wish.id);
    if (entry?.reply) this.#fail(entry, failures.unanswered);
    else if (entry) this.#apply(entry, this.#ended('noAnswer'));
  }

  /** The PBX has taken the request: it is answered before the call's first state is published. */
  #accept(entry: Entry): void {
    const { reply } = entry;
    entry.unverified = false;
    if (!reply) return;
    entry.reply = undefined;
    entry.promised = true;
    reply({ ok: true, call: entry.id });
    if (entry.seed.direction === 'outbound')
      this.#apply(entry, { type: 'dialed', at: this.#ports.clock.now() });
  }

  #report(report: ChannelReport, wire: WireLine): void {
    const entry = this.#entryOf(report);
    this.#ports.trace(wire, entry?.id);
    if (!entry) return;
    this.#accept(entry);
    const events = reportEvents(report, entry.call, this.#ports.clock.now());
    for (const event of events) {
      const rejected = event.type === 'ended' && isRejected(entry);
      this.#apply(entry, rejected ? { ...event, mode: 'reject' } : event);
    }
  }

  /** The call of a channel: one that is known, one that was wished for, or a new one. */
  #entryOf(report: ChannelReport): Entry | undefined {
    const { channel, user: name } = report;
    const known = this.#channels.get(channel);
    if (known !== undefined) return this.#entries.get(known);
    const user = this.#lines.user(name);
    const gone = report.what.kind === 'gone';
    if (this.#unwanted.has(channel)) {
      if (gone) this.#unwanted.delete(channel);
      return undefined;
    }
    if (!user || gone) return undefined;

    const { caller, called, direction } = report;
    const seen = { direction, caller: caller.number, called: called.number, at: this.#ports.clock.now() };
    const { wish, hangUp } = this.#wishes.seen(name, seen);
    if (hangUp) {
      this.#unwanted.add(channel);
      void this.#pbx.hangup(name, channel);
      return undefined;
    }
    const entry = (wish && this.#entries.get(wish.id)) ?? this.#newEntry(user, report);
    entry.channel = channel;
    this.#channels.set(channel, entry.id);
    return entry;
  }

  #newEntry(user: PbxUser, report: ChannelReport): Entry {
    const id = this.#ports.nextCallId();
    const seed = reportedSeed(id, this.#lines.key(user.user), report, user);
    const entry: Entry = { id, user: user.user, seed };
    this.#entries.set(id, entry);
    return entry;
  }

  #apply(entry: Entry, event: CallEvent): void {
    if (isUnheard(entry) && (event.type === 'farBusy' || event.type === 'ended')) {
      this.#forget(entry);
      return;
    }
    let steps = entry.call ? reduce(entry.call, event) : begin(entry.seed, event);
    if (steps.length === 0 && !entry.call && event.type === 'ended') {
      // TAPI was promised this call: it gets its first state and its last.
      const first = begin(entry.seed, { type: 'offered', at: event.at });
      const last = first.at(-1);
      steps = [...first, ...(last ? reduce(last, event) : [])];
    }
    for (const call of steps) {
      entry.call = call;
      if (isEnded(call)) this.#forget(entry);
      this.#ports.callChanged(call);
    }
  }

  /**
   * Over, whatever the PBX says later. A request that has no answer yet gets one, and its call no state. The newest
   * first: an older one that ends would send the next in its queue to the PBX.
   */
  #endAll(mode: DisconnectMode, which: (entry: Entry) => boolean): void {
    for (const entry of [...this.#entries.values()].filter(which).reverse()) {
      if (entry.reply) {
        this.#wishes.giveUp(entry.id);
        this.#fail(entry, 'resourceUnavailable');
      } else if (this.#entries.has(entry.id)) this.#apply(entry, this.#ended(mode));
    }
  }

  /** Answers a request that came to nothing. */
  #fail(entry: Entry, error: LineError): void {
    const { reply } = entry;
    entry.reply = undefined;
    this.#entries.delete(entry.id);
    reply?.({ ok: false, error });
  }

  #forget(entry: Entry): void {
    this.#entries.delete(entry.id);
    if (entry.channel) this.#channels.delete(entry.channel);
  }

  /** The PBX agreed to hang up and then said nothing: the call is over for everybody here. */
  #abandon(entry: Entry, channel: string): void {
    if (!this.#entries.has(entry.id)) return;
    this.#unwanted.add(channel);
    this.#apply(entry, this.#ended(isRejected(entry) ? 'reject' : 'normal'));
  }

  #ended(mode: DisconnectMode): CallEvent {
    return { type: 'ended', mode, at: this.#ports.clock.now() };
  }
}
