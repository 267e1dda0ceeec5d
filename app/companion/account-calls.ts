import type { Verb } from '../../contract/generated/shim.ts';
import type { Call, DisconnectMode } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import type { Line } from '../lines/line.ts';
import type { ChannelReport, Pbx, PbxEvent, PbxUser, SessionState, WireLine } from '../pbx/port.ts';
import { reportEvents } from '../pbx/report-events.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import { AccountLines } from './account-lines.ts';
import { CallBook } from './call-book.ts';
import { CallCommands } from './call-commands.ts';
import { type Entry, isAnother, isRejected, reportedSeed } from './entry.ts';
import { refuse } from './outcomes.ts';
import { PickupOffers } from './pickup-offers.ts';
import { Requests } from './requests.ts';
import { Resync } from './resync.ts';

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
  readonly #book: CallBook;
  readonly #resync: Resync;
  readonly #requests: Requests;
  readonly #commands: CallCommands;
  /** Channels that are hung up because nobody wants them: what is reported of them means nothing. */
  readonly #unwanted = new Set<string>();
  /** Channels whose calls were ended without having been heard of: none of them is what somebody dials now. */
  readonly #presumedOver = new Set<string>();
  readonly #offers = new PickupOffers();
  #closed = false;
  #hopeless = false;
  #knowsUsers = false;

  constructor(account: string, pbxName: string, pbx: Pbx, ports: AccountPorts) {
    const { clock } = ports;
    this.#lines = new AccountLines(account, pbxName, ports);
    this.#pbx = pbx;
    this.#ports = ports;
    this.#book = new CallBook({
      callChanged: ports.callChanged,
      left: (entry) => this.#left(entry),
    });
    this.#resync = new Resync({
      clock,
      endedCalls: (user, since) => pbx.endedCalls(user, since),
      entries: () => this.#book.all(),
      end: (entry, mode) => this.#presumeOver(entry, mode),
    });
    this.#requests = new Requests({
      clock,
      pbx,
      lines: this.#lines,
      book: this.#book,
      isUnverified: (entry) => this.#resync.isUnverified(entry),
      unwanted: (channel) => void this.#unwanted.add(channel),
    });
    this.#commands = new CallCommands({
      clock,
      pbx,
      book: this.#book,
      isUnverified: (entry) => this.#resync.isUnverified(entry),
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
      case 'phone':
        this.#resync.phone(event.user, event.phone);
        break;
      case 'ended':
        this.#resync.ended(event.user, [event.call]);
        break;
      case 'pickupOffered':
        this.#offers.add(event.offer);
        break;
      case 'pickupGone':
        this.#offers.remove(event.user, event.target);
        break;
    }
  }

  /** Whether more lines may become known: nobody has signed in yet, and somebody may. */
  get expectsLines(): boolean {
    return !this.#knowsUsers && !this.#hopeless && !this.#closed;
  }

  /** TSPI_lineMakeCall, or a person's dial box. */
  makeCall(line: Line, typed: string, id: number, reply: Reply): Pending {
    return this.#requests.makeCall(line, typed, id, reply);
  }

  /** TSPI_lineMakeCall without a number, or with the first part of one. */
  makeCallPart(line: Line, typed: string, id: number, reply: Reply): Pending {
    return this.#requests.makeCallPart(line, typed, id, reply);
  }

  /** TSPI_linePickup: takes over what rings at a colleague's extension. */
  pickup(line: Line, typed: string, id: number, reply: Reply): Pending {
    return this.#requests.pickup(line, typed, id, reply, (target) =>
      this.#offers.callerAt(line.user, target),
    );
  }

  /** The same without an extension: what has rung longest of what the user may take. A group by name is nobody's. */
  pickupGroup(line: Line, group: string, id: number, reply: Reply): Pending {
    if (group !== '') return refuse(reply, 'operationUnavailable');
    const target = this.#offers.longest(line.user);
    return target === undefined ? refuse(reply, 'operationFailed') : this.pickup(line, target, id, reply);
  }

  /** What needs nothing but the call. A call that is over is dropped with success: TAPI programs drop twice. */
  command(id: number, verb: Verb, reply: Reply): void {
    if (verb === 'drop') this.#requests.drop(id, reply);
    else if (verb === 'hold' || verb === 'unhold') this.#commands.hold(id, verb, reply);
    else this.#commands[verb](id, reply);
  }

  blindTransfer(id: number, typed: string, reply: Reply): void {
    this.#commands.blindTransfer(id, typed, reply);
  }

  /** TSPI_lineDial: the next part of a number; `complete` with the last one. */
  dial(id: number, typed: string, complete: boolean, reply: Reply): void {
    this.#requests.dial(id, typed, complete, reply);
  }

  /** The call that a channel is, as far as one is known. */
  callOf(channel: string | undefined): number | undefined {
    return channel === undefined ? undefined : this.#book.of(channel)?.id;
  }

  /** Whether the call is one of this account's. */
  has(call: number): boolean {
    return this.#book.has(call);
  }

  /**
   * The companion ends: programs see every call end and the lines out of service. The PBX's calls go on, and the lines
   * stay: programs that start before the next companion see them.
   */
  close(): void {
    this.#closed = true;
    this.#resync.close();
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
    const { wishes } = this.#requests;
    this.#hopeless = session.state === 'failed' || session.state === 'stopped';
    const changed = this.#lines.setOnline(online);
    if (!online) {
      if (changed) this.#lost();
      if (this.#hopeless) wishes.failed();
      else wishes.offline();
      return;
    }
    if (session.resumed) this.#resync.resumed();
    else this.#renewed(changed);
    wishes.online();
  }

  #lost(): void {
    this.#presumedOver.clear();
    this.#resync.lost();
  }

  /** A new session: what the PBX said before is old now, and no PBX tells which of its channels are still there. */
  #renewed(wasAway: boolean): void {
    if (!wasAway) this.#lost();
    this.#offers.clear();
    this.#unwanted.clear();
    this.#resync.renewed();
  }

  #setUsers(users: readonly PbxUser[]): void {
    this.#knowsUsers = true;
    for (const gone of this.#lines.missing(users)) {
      this.#endAll('unavailable', (entry) => entry.user === gone);
    }
    this.#lines.set(users);
  }

  #report(report: ChannelReport, wire: WireLine): void {
    const entry = this.#entryOf(report);
    this.#ports.trace(wire, entry?.id);
    if (!entry) return;
    this.#requests.taken(entry);
    this.#commands.reported(entry, report.what.kind);
    for (const event of reportEvents(report, entry.call, this.#ports.clock.now())) {
      const rejected = event.type === 'ended' && isRejected(entry);
      this.#book.apply(entry, rejected ? { ...event, mode: 'reject' } : event);
    }
    this.#resync.heardOf(entry);
  }

  /** The call of a channel: one that is known, one that was wished for, or a new one. */
  #entryOf(report: ChannelReport): Entry | undefined {
    const { channel, user: name } = report;
    const known = this.#book.of(channel);
    if (known && !(this.#resync.isUnverified(known) && isAnother(report, known))) return known;
    // The PBX has begun its names anew: the call that had this one is over.
    if (known) this.#end(known, 'normal');

    const user = this.#lines.user(name);
    const gone = report.what.kind === 'gone';
    if (this.#unwanted.has(channel)) {
      if (gone) this.#unwanted.delete(channel);
      return undefined;
    }
    if (!user) return undefined;
    const { wish, hangUp } = this.#wished(report, gone);
    if (hangUp && !gone) {
      this.#unwanted.add(channel);
      void this.#pbx.hangup(name, channel);
    }
    const asked = wish && this.#book.get(wish.id);
    if (hangUp || (gone && !asked)) return undefined;
    const entry = asked ?? this.#newEntry(user, report);
    this.#book.bind(entry, channel);
    return entry;
  }

  /** Whose wish a new channel fulfils. One of a call that was ended in silence was there before any wish. */
  #wished({ channel, user, direction, caller, called }: ChannelReport, gone: boolean) {
    if (this.#presumedOver.delete(channel)) return { hangUp: false };
    const at = this.#ports.clock.now();
    const seen = { direction, caller: caller.number, called: called.number, at, gone };
    return this.#requests.wishes.seen(user, seen);
  }

  #newEntry(user: PbxUser, report: ChannelReport): Entry {
    const id = this.#ports.nextCallId();
    const seed = reportedSeed(id, this.#lines.key(user.user), report, user);
    const began = this.#ports.clock.now();
    const entry: Entry = { id, user: user.user, seed, began, keys: user };
    this.#book.add(entry);
    return entry;
  }

  #left(entry: Entry): void {
    this.#requests.left(entry);
    this.#commands.left(entry);
    this.#resync.left(entry);
  }

  #presumeOver(entry: Entry, mode: DisconnectMode): void {
    if (entry.channel !== undefined) this.#presumedOver.add(entry.channel);
    this.#end(entry, mode);
  }

  /**
   * Over, whatever the PBX says later. A request that has no answer yet gets one; a call that was only asked for gets no
   * state. The newest first: an older one that ends would send the next in its queue to the PBX.
   */
  #endAll(mode: DisconnectMode, which: (entry: Entry) => boolean): void {
    for (const entry of this.#book.all().filter(which).reverse()) {
      if (this.#book.has(entry.id) && !this.#requests.abort(entry)) this.#end(entry, mode);
    }
  }

  #end(entry: Entry, mode: DisconnectMode): void {
    this.#book.apply(entry, { type: 'ended', mode, at: this.#ports.clock.now() });
  }
}
