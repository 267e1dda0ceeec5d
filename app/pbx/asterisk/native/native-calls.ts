import type { GoneCause } from '../../port.ts';
import type { AsteriskLine } from '../account.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import { Deadlines } from '../deadlines.ts';
import type { LineFact } from '../facts.ts';
import type { Originated } from '../originated.ts';
import { isLocal, Phones } from '../phones.ts';
import { Recent } from '../recent.ts';
import { causeOf } from './causes.ts';
import { type Channel, Channels } from './channels.ts';
import { endsChanged, endsOf, learnEnds, learnIds } from './ends.ts';
import { handlers } from './events.ts';
import { kindOf, type LineCall, type NativeKind, newCall, ownChannel, takenCall } from './line-call.ts';
import { dropsOut, takeListed } from './resync.ts';

/** Channels asked for that no event has shown yet: each Originate leaves one when it comes to nothing. */
export const MAX_ASKED = 1_000;
/** Calls that a phone refused before it rang are told once for each caller's call; at least this many are remembered. */
export const REFUSED_KNOWN = 1_000;

/**
 * How long a phone that we lifted may hear the PBX, with nobody called, before that is the far end, ms: an announcement,
 * a mailbox and a queue's music are told by no event.
 */
export const PBX_ANSWERS = 5_000;

/**
 * The calls of an account's lines as Asterisk's own events tell of them (class call), without a word of the dial plan.
 * Each event changes what is known of channels; how a line's call stands is read from that. So events may come in any
 * order, twice, or never.
 */
export class NativeCalls {
  readonly #phones: Phones;
  readonly #channels = new Channels();
  /** By line name. */
  readonly #calls = new Map<string, Set<LineCall>>();
  readonly #asked = new Map<string, Originated>();
  readonly #refused = new Recent(REFUSED_KNOWN);
  readonly #changed = new Set<LineCall>();
  /** Lifted for a call, and nobody is called yet. */
  readonly #lifted = new Deadlines<'lifted', LineCall>({ lifted: PBX_ANSWERS });
  #facts: LineFact[] = [];
  #now = 0;

  constructor(lines: readonly AsteriskLine[]) {
    this.#phones = new Phones(lines);
  }

  /** Takes any packet; those that tell of no channel mean nothing. `at`: now, ms; that of the packet before unless given. */
  take(packet: AmiPacket, at = this.#now): LineFact[] {
    const handle = handlers.get(header(packet, 'Event') ?? '');
    if (!handle) return [];
    this.#now = at;
    handle(packet, this);
    return this.#flush();
  }

  /** A channel of this Uniqueid is about to be asked for. */
  originated(originated: Originated): void {
    this.#asked.set(originated.id, originated);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MAX_ASKED && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** A list of all channels (Status) is being asked for: what is heard from now on is newer than the list. */
  beginListing(): void {
    for (const channel of this.#channels.all()) channel.fresh = false;
  }

  /**
   * Takes that list: each living call of the lines is told as it stands, whether it changed or not, and the end of those
   * whose channels are gone.
   */
  listed(items: readonly AmiPacket[], at = this.#now): LineFact[] {
    this.#now = at;
    const listed = takeListed(items, this);
    for (const channel of [...this.#channels.all()])
      if (dropsOut(channel, listed)) {
        this.hangUp(channel, '');
        this.#channels.forgetEnd(channel.id);
      }
    for (const calls of this.#calls.values())
      for (const call of calls) {
        call.told = undefined;
        this.#changed.add(call);
      }
    return this.#flush();
  }

  /** The session is lost. An Asterisk that was started anew in the same second uses Uniqueids again. */
  lost(): void {
    this.#channels.forgetEnd();
  }

  /** Everything is forgotten and nothing told: a new session, of a user who may not list the channels. */
  reset(): void {
    for (const calls of this.#calls.values()) for (const call of calls) this.#lifted.clear(call);
    this.#channels.clear();
    this.#calls.clear();
    this.#asked.clear();
    this.#refused.clear();
    this.#changed.clear();
    this.#facts = [];
  }

  /** When `elapsed` is to be called next, ms; undefined: not before another packet. */
  due(): number | undefined {
    return this.#lifted.due();
  }

  /** Tells what has come true by time alone. */
  elapsed(at: number): LineFact[] {
    for (const [call] of this.#lifted.take(at)) {
      call.answered = true;
      this.#changed.add(call);
    }
    return this.#flush();
  }

  /** The Uniqueids and Linkedids of all that lives. */
  living(): Set<string> {
    const ids = new Set<string>();
    for (const { id, linked } of this.#channels.all()) ids.add(id).add(linked);
    return ids;
  }

  /** The name of a channel, for actions that take no Uniqueid. */
  nameOf(id: string): string | undefined {
    return this.#channels.get(id)?.name;
  }

  /** The channel at the other end of a line's call: who talks there, calls, or is called. */
  farEndOf(id: string): { readonly id: string; readonly name: string } | undefined {
    const channel = this.#channels.get(id);
    return channel && this.#channels.farEndOf(channel);
  }

  /** What rings at the phone of a line, the longest first; else what is called there and has not said yet that it rings. */
  ringingAt(line: string): { readonly id: string; readonly name: string }[] {
    const called = [...(this.#calls.get(line) ?? [])].filter(({ direction }) => direction === 'inbound');
    const channels = called.map(ownChannel);
    const ringing = channels.filter(({ state }) => state === 'ringing');
    return ringing.length > 0 ? ringing : channels.filter(({ state }) => state === 'down');
  }

  /** For events.ts and resync.ts: the channels that are known. */
  get channels(): Channels {
    return this.#channels;
  }

  /** A channel is heard of for the first time; undefined for one whose end was told. */
  meet(id: string, name: string, linked: string): Channel | undefined {
    if (id === '' || this.#channels.hasEnded(id)) return undefined;
    const channel = this.#channels.add(id, name, this.#phones.lineOf(name), isLocal(name));
    channel.linked = linked || id;
    const oldest = this.#channels.tooMany();
    if (oldest) this.hangUp(oldest, '');
    return channel;
  }

  /** A line's phone has a channel: it is a call of its own, or the phone behind the Local channel of one. */
  begin(channel: Channel): void {
    const { line, id } = channel;
    if (!line || channel.call) return;
    const proxied = this.#proxied(channel, line.name);
    if (proxied) {
      this.#join(proxied, channel);
      return;
    }
    this.#add(newCall(channel, line, this.#asked.get(id)));
    this.#asked.delete(id);
  }

  /** A channel is called by another one: nobody else asked for it. */
  isCalled({ call }: Channel): void {
    if (call?.originated !== 'elsewhere' || call.told) return;
    call.originated = undefined;
    call.direction = 'inbound';
  }

  /** The call of a phone turns out to be another one: what it dialled was the code to take over what rings elsewhere. */
  takeOver(channel: Channel): LineCall | undefined {
    const { line, call } = channel;
    if (!line) return undefined;
    const asked = typeof call?.originated === 'object' && call.originated.kind === 'pickup';
    if (call && (call.direction === 'inbound' || asked)) {
      call.direction = 'inbound';
      call.answered = true;
      return call;
    }
    if (call) this.#end(call, 'unsaid');
    const taken = this.#add(takenCall(channel, line));
    // A Local channel and the phone behind it take over together.
    for (const other of call?.channels ?? []) this.#join(taken, other);
    return taken;
  }

  #add(call: LineCall): LineCall {
    const calls = this.#calls.get(call.line.name);
    if (calls) calls.add(call);
    else this.#calls.set(call.line.name, new Set([call]));
    this.#join(call, call.head);
    return call;
  }

  #join(call: LineCall, channel: Channel): void {
    channel.call = call;
    call.channels.add(channel);
    this.#changed.add(call);
  }

  /** The call of the same phone that this channel, or the one it stands in for, belongs to. */
  #proxied({ linked, local, state }: Channel, line: string): LineCall | undefined {
    if (state === 'ring') return undefined;
    for (const call of this.#calls.get(line) ?? [])
      for (const other of call.channels) if (other.linked === linked && other.local !== local) return call;
    return undefined;
  }

  /** The call whose phone, far end or caller this channel is may stand otherwise now. */
  touch(channel: Channel | undefined): void {
    if (!channel) return;
    if (channel.call) this.#changed.add(channel.call);
    for (const call of channel.shownBy) this.#changed.add(call);
    const dialer = this.#channels.get(channel.dialer);
    if (dialer?.call) this.#changed.add(dialer.call);
  }

  /** The channel is over. `cause`: of Q.850, empty for unknown. */
  hangUp(channel: Channel, cause: string): void {
    this.touch(channel);
    const { call } = channel;
    this.#channels.remove(channel);
    channel.shownBy.clear();
    if (!call) return;
    channel.call = undefined;
    call.channels.delete(channel);
    if (call.channels.size === 0) this.#end(call, causeOf(call, channel, cause));
  }

  #end(call: LineCall, cause: GoneCause): void {
    this.#changed.delete(call);
    this.#lifted.clear(call);
    this.#calls.get(call.line.name)?.delete(call);
    call.source?.shownBy.delete(call);
    if (!call.told && !this.#tellRefused(call, cause)) return;
    this.#tell(call, { kind: 'gone', cause });
  }

  /** A phone that was busy before it rang: who called is worth knowing, but not each time a queue tries again. */
  #tellRefused(call: LineCall, cause: GoneCause): boolean {
    if (call.direction !== 'inbound' || cause !== 'busy') return false;
    const caller = `${call.line.name}\n${call.head.linked}`;
    if (this.#refused.has(caller)) return false;
    this.#refused.add(caller);
    learnEnds(call, this.#channels);
    this.#tell(call, { kind: 'ringing' });
    return true;
  }

  #flush(): LineFact[] {
    for (const call of this.#changed) this.#refresh(call);
    this.#changed.clear();
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }

  /** Tells what is new of a call. */
  #refresh(call: LineCall): void {
    if (call.originated === 'elsewhere' && (call.head.hasCalled || call.head.bridge !== undefined))
      call.direction ??= 'outbound';
    const news = learnIds(call);
    const kind = kindOf(call);
    if (kind === undefined) return;
    learnEnds(call, this.#channels);
    this.#awaitAnswer(call, kind);
    if (!call.told || call.told.what.kind !== kind) this.#tell(call, { kind });
    else if (news || endsChanged(call)) this.#tell(call, { kind: 'renamed' });
  }

  #awaitAnswer(call: LineCall, kind: NativeKind): void {
    if (kind !== 'dialed') this.#lifted.clear(call);
    else if (call.originated && call.told?.what.kind !== kind) this.#lifted.set(call, 'lifted', this.#now);
  }

  #tell(call: LineCall, what: LineFact['what']): void {
    const { line, key, direction } = call;
    if (!direction) return;
    const internal = direction === 'inbound' && call.source?.line !== undefined;
    const fact: LineFact = {
      line: line.name,
      source: 'native',
      call: key,
      ownChannel: ownChannel(call).id,
      ids: call.told?.ids.length === call.ids.size ? call.told.ids : [...call.ids],
      what,
      direction,
      ...endsOf(call),
      origin: direction === 'inbound' ? (internal ? 'internal' : 'inbound') : undefined,
    };
    // A name that is news changes no state.
    call.told = what.kind === 'renamed' && call.told ? { ...fact, what: call.told.what } : fact;
    this.#facts.push(fact);
  }
}
