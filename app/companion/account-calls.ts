import { type Call, type DisconnectMode, isActive, isEnded } from '../calls/call.ts';
import { begin, type CallEvent, type CallSeed, reduce } from '../calls/reduce.ts';
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
import { AccountLines } from './account-lines.ts';
import { DROP_SETTLE_MS, LOST_CALL_GRACE_MS } from './deadlines.ts';
import { failures, refusalOf, refuse, replyOf, verbsOf } from './outcomes.ts';
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

/** A call from the moment it is asked for; `call` is there from its first state on. */
type Entry = {
  readonly id: number;
  readonly user: string;
  readonly seed: CallSeed;
  call?: Call;
  channel?: string;
  /** The request that this call answers, until it is answered. */
  reply?: Reply | undefined;
  /** Its last report is from before the session was lost. */
  unverified?: boolean;
  /** Dropped here while it rang: its end is a rejection. */
  rejected?: boolean;
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

  constructor(account: string, pbxName: string, pbx: Pbx, ports: AccountPorts) {
    this.#lines = new AccountLines(account, pbxName, ports);
    this.#pbx = pbx;
    this.#ports = ports;
    this.#wishes = new Wishes(pbx, ports.clock, {
      answered: (wish, result) => this.#wishAnswered(wish, result),
      expired: (wish) => this.#wishExpired(wish),
    });
  }

  /** Takes one event of the account's PBX. */
  handle(event: PbxEvent): void {
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
    if (!entry.channel) {
      this.#wishes.giveUp(id);
      reply({ ok: true, call: id });
      this.#apply(entry, this.#ended('normal'));
      return;
    }
    const { channel } = entry;
    entry.rejected = entry.call?.direction === 'inbound' && !entry.call.answered;
    void this.#pbx.hangup(entry.user, channel).then((result) => {
      if (!result.ok) entry.rejected = false;
      reply(replyOf(result, id));
      if (!result.ok || !this.#entries.has(id)) return;
      this.#ports.clock.after(DROP_SETTLE_MS, () => this.#abandon(entry, channel));
    });
  }

  /** The calls with a state, for the window. */
  calls(): Call[] {
    return [...this.#entries.values()].flatMap((entry) => entry.call ?? []);
  }

  /** The companion ends: programs see every call end. The PBX's calls go on. */
  close(): void {
    this.#grace?.cancel();
    for (const entry of [...this.#entries.values()]) this.#end(entry, 'temporaryFailure');
    this.#lines.set([]);
  }

  #session(session: SessionState): void {
    if (session.state === 'failed' || session.state === 'stopped') this.#wishes.failed();
    const online = session.state === 'online';
    if (!this.#lines.setOnline(online)) return;
    if (online) {
      this.#wishes.online();
      return;
    }
    this.#wishes.offline();
    for (const entry of this.#entries.values()) entry.unverified = true;
    this.#grace?.cancel();
    this.#grace = this.#ports.clock.after(LOST_CALL_GRACE_MS, () => this.#endUnverified());
  }

  #endUnverified(): void {
    for (const entry of [...this.#entries.values()]) {
      if (entry.unverified) this.#end(entry, 'temporaryFailure');
    }
  }

  #setUsers(users: readonly PbxUser[]): void {
    for (const gone of this.#lines.missing(users)) {
      for (const entry of [...this.#entries.values()])
        if (entry.user === gone) this.#end(entry, 'unavailable');
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

    const own = { number: user.extension, name: user.name };
    const parties = kind === 'dial' ? { caller: own, called: { number: target, name: '' } } : { called: own };
    const seed: CallSeed = {
      id,
      line: line.key,
      direction: kind === 'dial' ? 'outbound' : 'inbound',
      origin: kind === 'dial' ? 'outbound' : 'inbound',
      reason: kind === 'dial' ? 'direct' : 'pickup',
      can: verbsOf(user.abilities),
      ...parties,
    };
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
    // Its channel came first, or it was given up: the answer has nothing to add.
    if (!entry?.reply) return;
    if (result.ok) {
      this.#accept(entry);
      return;
    }
    // Without an answer it may still ring one day: the channel is then hung up, and nothing is dialled twice.
    if (result.code === 'unanswered') this.#wishes.giveUp(wish.id);
    else this.#wishes.settle(wish.id);
    this.#entries.delete(entry.id);
    entry.reply({ ok: false, error: failures[result.code] });
  }

  #wishExpired(wish: UserWish): void {
    const entry = this.#entries.get(wish.id);
    if (!entry) return;
    this.#accept(entry);
    this.#apply(entry, this.#ended('noAnswer'));
  }

  /** The PBX has taken the request: it is answered before the call's first state is published. */
  #accept(entry: Entry): void {
    const { reply } = entry;
    if (!reply) return;
    entry.reply = undefined;
    reply({ ok: true, call: entry.id });
    if (entry.seed.direction === 'outbound')
      this.#apply(entry, { type: 'dialed', at: this.#ports.clock.now() });
  }

  #report(report: ChannelReport, wire: WireLine): void {
    const entry = this.#entryOf(report);
    this.#ports.trace(wire, entry?.id);
    if (!entry) return;
    entry.unverified = false;
    this.#accept(entry);
    const events = reportEvents(report, entry.call, this.#ports.clock.now());
    for (const event of events) {
      const rejected = event.type === 'ended' && entry.rejected;
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
    const inbound = report.direction === 'inbound';
    const forwarded = report.redirecting.number !== '' || report.redirecting.name !== '';
    const seed: CallSeed = {
      id,
      line: this.#lines.key(user.user),
      direction: report.direction,
      origin: inbound ? (report.internal ? 'internal' : 'external') : 'outbound',
      reason: forwarded ? 'redirect' : 'direct',
      can: verbsOf(user.abilities),
    };
    const entry: Entry = { id, user: user.user, seed };
    this.#entries.set(id, entry);
    return entry;
  }

  #apply(entry: Entry, event: CallEvent): void {
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

  /** Over, whatever the PBX says later. A request that has no answer yet gets one, and its call no state. */
  #end(entry: Entry, mode: DisconnectMode): void {
    const { reply } = entry;
    if (!reply) {
      this.#apply(entry, this.#ended(mode));
      return;
    }
    this.#cancel(entry.id);
    reply({ ok: false, error: 'resourceUnavailable' });
  }

  #forget(entry: Entry): void {
    this.#entries.delete(entry.id);
    if (entry.channel) this.#channels.delete(entry.channel);
  }

  /** The PBX agreed to hang up and then said nothing: the call is over for everybody here. */
  #abandon(entry: Entry, channel: string): void {
    if (!this.#entries.has(entry.id)) return;
    this.#unwanted.add(channel);
    this.#apply(entry, this.#ended(entry.rejected ? 'reject' : 'normal'));
  }

  #ended(mode: DisconnectMode): CallEvent {
    return { type: 'ended', mode, at: this.#ports.clock.now() };
  }
}
