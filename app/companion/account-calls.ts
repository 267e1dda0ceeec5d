import type { Verb } from '../../contract/generated/shim.ts';
import { type Call, type DisconnectMode, isEnded } from '../calls/call.ts';
import { type CallEvent, isEnd } from '../calls/reduce.ts';
import type { Clock } from '../clock.ts';
import type { Line } from '../lines/line.ts';
import type { ChannelReport, Pbx, PbxEvent, PbxUser, SessionState, WireLine } from '../pbx/port.ts';
import { reportEvents } from '../pbx/report-events.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import { AccountLines } from './account-lines.ts';
import { CallBook } from './call-book.ts';
import { CallCommands } from './call-commands.ts';
import { Channels } from './channels.ts';
import { Consultations } from './consultations.ts';
import { type Entry, isGivenUp, isRedirected, isRejected } from './entry.ts';
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
  readonly #ports: AccountPorts;
  readonly #book: CallBook;
  readonly #resync: Resync;
  readonly #requests: Requests;
  readonly #commands: CallCommands;
  readonly #consultations: Consultations;
  readonly #channels: Channels;
  readonly #offers = new PickupOffers();
  #closed = false;
  #hopeless = false;
  #knowsUsers = false;

  constructor(account: string, pbxName: string, pbx: Pbx, ports: AccountPorts) {
    const { clock } = ports;
    this.#lines = new AccountLines(account, pbxName, ports);
    this.#ports = ports;
    this.#book = new CallBook({
      callChanged: (call, entry) => {
        ports.callChanged(call);
        if (isEnded(call)) this.#consultations.left(entry);
      },
      left: (entry) => this.#left(entry),
    });
    this.#consultations = new Consultations(this.#book, clock);
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
      consultations: this.#consultations,
      isUnverified: (entry) => this.#resync.isUnverified(entry),
      unwanted: (channel) => this.#channels.unwanted(channel),
      unseen: (call) => this.#channels.unseen(call),
    });
    this.#channels = new Channels({
      clock,
      pbx,
      book: this.#book,
      wishes: this.#requests.wishes,
      user: (name) => this.#lines.user(name),
      lineKey: (name) => this.#lines.key(name),
      nextCallId: ports.nextCallId,
      isUnverified: (entry) => this.#resync.isUnverified(entry),
      replaced: (entry) => this.#end(entry, 'normal'),
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
      case 'listed':
        this.#resync.listed(event.users, event.channels);
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

  /**
   * The same without an extension: what has rung longest of what the user may take, or whatever the PBX finds in the
   * user's group. A group by name is nobody's.
   */
  pickupGroup(line: Line, group: string, id: number, reply: Reply): Pending {
    if (group !== '') return refuse(reply, 'operationUnavailable');
    const target = this.#offers.longest(line.user);
    if (target !== undefined) return this.pickup(line, target, id, reply);
    const knowsGroup = this.#lines.user(line.user)?.abilities.has('pickupGroup');
    return knowsGroup ? this.#requests.pickupGroup(line, id, reply) : refuse(reply, 'operationFailed');
  }

  /** TSPI_lineSetupTransfer: a second call, to ask before `id` is transferred there. */
  setupTransfer(id: number, typed: string, consultation: number, reply: Reply): Pending {
    return this.#requests.setupTransfer(id, typed, consultation, reply);
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

  redirect(id: number, typed: string, reply: Reply): void {
    this.#commands.redirect(id, typed, reply);
  }

  completeTransfer(id: number, consultation: number, reply: Reply): void {
    this.#commands.completeTransfer(id, consultation, reply);
  }

  generateDigits(id: number, digits: string, reply: Reply): Pending {
    return this.#commands.generateDigits(id, digits, reply);
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
    this.#channels.lost();
    this.#resync.lost();
  }

  /** A new session: what the PBX said before is old now, and which of its channels are still there is to be found out. */
  #renewed(wasAway: boolean): void {
    if (!wasAway) this.#lost();
    this.#offers.clear();
    this.#channels.renewed();
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
    const entry = this.#channels.entryOf(report);
    this.#ports.trace(wire, entry?.id);
    if (!entry) return;
    this.#requests.taken(entry);
    if (report.what.kind === 'gone') this.#requests.over(entry);
    this.#commands.reported(entry, report.what.kind);
    // A call that was asked for knows its own direction: the phone that is called for a pickup looks like a caller's.
    const told = report.call === entry.id ? { ...report, direction: entry.seed.direction } : report;
    for (const event of reportEvents(told, entry.call, this.#ports.clock.now()))
      this.#book.apply(entry, asItIsHere(entry, event));
    this.#resync.heardOf(entry);
  }

  #left(entry: Entry): void {
    // One that had a state tells its last one first.
    if (!entry.call) this.#consultations.left(entry);
    this.#requests.left(entry);
    this.#commands.left(entry);
    this.#resync.left(entry);
  }

  #presumeOver(entry: Entry, mode: DisconnectMode): void {
    if (entry.channel !== undefined) this.#channels.presumeOver(entry.channel);
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

/** What an event is for a call that something was asked of here. */
function asItIsHere(entry: Entry, event: CallEvent): CallEvent {
  if (event.type === 'held' && entry.consultation) return { ...event, type: 'heldForTransfer' };
  if (!isEnd(event)) return event;
  if (isRejected(entry)) return { ...event, mode: 'reject' };
  if (isGivenUp(entry)) return { ...event, mode: 'normal' };
  return isRedirected(entry) ? { ...event, mode: 'forwarded' } : event;
}
