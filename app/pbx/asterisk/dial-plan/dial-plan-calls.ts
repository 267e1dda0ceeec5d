import type { PbxHint } from '../../port.ts';
import type { AsteriskLine } from '../account.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import type { LineFact } from '../facts.ts';
import type { Originated } from '../originated.ts';
import { Phones } from '../phones.ts';
import { CallStore, type Group } from './call-store.ts';
import { type Oddity, parseTapiEvent, type Sender, type TapiCommand, type TapiEvent } from './grammar.ts';
import { Hints } from './hints.ts';
import { Lifetimes } from './lifetimes.ts';
import { MAX_ORIGINATED } from './limits.ts';
import { LineNames } from './lines.ts';
import { NamelessCalls } from './nameless.ts';
import { saidOf } from './said.ts';
import { TrackedCall } from './tracked-call.ts';

/**
 * The calls of an account's lines as the dial plan tells of them with UserEvent(TAPI, ...), AstTapi's way. Tells facts
 * and counts on no order: events may come late, twice, or never. A call that is told nothing more of ends by the Hangup
 * of its channel, by a list of what lives, or by a limit (limits.ts).
 */
export class DialPlanCalls {
  readonly #names: LineNames;
  readonly #phones: Phones;
  readonly #hints: Hints;
  readonly #store = new CallStore();
  readonly #nameless = new NamelessCalls(this.#store);
  readonly #lifetimes: Lifetimes;
  readonly #originated = new Map<string, Originated>();
  #count = 0;
  #facts: LineFact[] = [];

  /** @param hint is told what the dial plan gets wrong */
  constructor(lines: readonly AsteriskLine[], hint: (hint: PbxHint) => void) {
    this.#names = new LineNames(lines);
    this.#phones = new Phones(lines);
    this.#hints = new Hints(hint);
    this.#lifetimes = new Lifetimes(this.#store, this.#hints);
  }

  /** Takes any packet; of Asterisk's own events only Hangup means something. `at`: now, ms. */
  take(packet: AmiPacket, at: number): LineFact[] {
    const parsed = parseTapiEvent(packet);
    if (parsed?.oddity) this.#hintAt(parsed.oddity, packet);
    if (parsed?.event) this.#takeEvent(parsed.event, at);
    else if (!parsed && header(packet, 'Event') === 'Hangup')
      this.#hungUp(header(packet, 'Uniqueid') ?? '', at);
    return this.#flush();
  }

  /** A channel of this Uniqueid is about to be asked for: what the dial plan says of it is no new call. */
  originated(originated: Originated): void {
    this.#originated.set(originated.id, originated);
    const [oldest] = this.#originated.keys();
    if (this.#originated.size > MAX_ORIGINATED && oldest !== undefined) this.#originated.delete(oldest);
  }

  /** A list of all channels is being asked for: what is heard from now on is newer than the list. */
  beginListing(): void {
    this.#lifetimes.beginListing();
  }

  /** Takes the Uniqueids and Linkedids of that list: the end of the calls that are not in it. */
  listed(living: ReadonlySet<string>, at: number): LineFact[] {
    return this.#lifetimes.listed(living, at);
  }

  /** Everything is forgotten and nothing told: a new session, of a user who may not list the channels. */
  reset(): void {
    this.#lifetimes.clear();
    this.#store.clear();
    this.#nameless.clear();
    this.#originated.clear();
    this.newSession();
  }

  /** Mistakes of the dial plan are told anew. */
  newSession(): void {
    this.#hints.reset();
  }

  /** When `elapsed` is to be called next, ms; undefined: not before another packet. */
  due(): number | undefined {
    return this.#lifetimes.due();
  }

  /** Ends what has waited for too long. */
  elapsed(at: number): LineFact[] {
    return this.#lifetimes.elapsed(at);
  }

  #flush(): LineFact[] {
    const facts = this.#facts;
    if (facts.length > 0) this.#facts = [];
    return facts;
  }

  #tell(facts: readonly LineFact[]): void {
    this.#facts.push(...facts);
  }

  #hungUp(channel: string, at: number): void {
    this.#originated.delete(channel);
    this.#tell(this.#lifetimes.hungUp(channel, at));
  }

  #takeEvent(event: TapiEvent, at: number): void {
    const { command } = event;
    if (command.kind === 'newCall') {
      this.#announce(event, command.lines, at);
      return;
    }
    const group = this.#groupOf(event);
    const calls = this.#callsOf(event, group, at);
    for (const call of calls) this.#apply(call, event, at);
    if (command.kind === 'state' && command.state === 'connected' && group)
      this.#othersRing(group, calls, event, at);
  }

  #announce({ call, sender }: TapiEvent, names: readonly string[], at: number): void {
    const uniqueid = call ?? sender.uniqueid;
    if (uniqueid === undefined) this.#hints.tell('uniqueidMissing');
    const lines = names.flatMap((name) => this.#lineOf(name) ?? []);
    if (lines.length === 0) return;
    const key = uniqueid ?? this.#nameless.announce(lines.map(({ name }) => name));
    for (const line of lines) {
      const known = this.#store.group(key)?.get(line.name);
      if (!known || known.over) this.#begin(line, key, uniqueid, sender, at);
    }
  }

  #begin(
    line: AsteriskLine,
    key: string,
    uniqueid: string | undefined,
    sender: Sender,
    at: number,
  ): TrackedCall {
    this.#tell(this.#lifetimes.makeRoom(line.name, key, at));
    this.#count += 1;
    const call = new TrackedCall(line, `dialPlan ${this.#count}`, this.#dialled(line, uniqueid, sender));
    call.uniqueid = uniqueid;
    this.#store.add(call, key);
    this.#learn(call, sender);
    this.#lifetimes.heardOf(call, at);
    return call;
  }

  /** Whether a call is one that we dialled, or a leg of it that rings the line's own phone. */
  #dialled(
    line: AsteriskLine,
    uniqueid: string | undefined,
    { linkedid }: Sender,
  ): 'own' | 'leg' | undefined {
    const isOurs = (id: string | undefined) => {
      const asked = id === undefined ? undefined : this.#originated.get(id);
      return asked?.kind === 'dial' && asked.line === line.name;
    };
    if (isOurs(uniqueid)) return 'own';
    return isOurs(linkedid) ? 'leg' : undefined;
  }

  /** The calls of the Uniqueid that is named, else of the sender's, else of the one it belongs to. */
  #groupOf({ call, only, sender }: TapiEvent): Group | undefined {
    const named = this.#store.group(call);
    if (named) return named;
    const lines = only.map((name) => this.#names.find(name)?.name ?? name);
    for (const key of [sender.uniqueid, sender.linkedid]) {
      const group = this.#store.group(key);
      // A call that nobody knows is the sender's only where the line is one of it, too.
      if (group && (call === undefined || lines.some((line) => group.has(line)))) return group;
    }
    if (call === undefined) return sender.uniqueid === undefined ? this.#nameless.newest : undefined;
    const adopted = this.#nameless.adopt(call, lines);
    for (const known of adopted?.values() ?? [])
      if (this.#dialled(known.line, call, sender) === 'own') known.wasDialled();
    return adopted;
  }

  /** Each once. */
  #callsOf(event: TapiEvent, group: Group | undefined, at: number): readonly TrackedCall[] {
    /** Lines that are left out, or dealt with. */
    const done = event.but.map((name) => this.#lineOf(name));
    if (event.only.length === 0) {
      if (!group) return [];
      const calls = [...group.values()];
      return done.length === 0 ? calls : calls.filter(({ line }) => !done.includes(line));
    }
    const calls: TrackedCall[] = [];
    for (const name of event.only) {
      const line = this.#lineOf(name);
      if (!line || done.includes(line)) continue;
      done.push(line);
      const call = this.#callOf(line, event, group, at);
      if (call) calls.push(call);
    }
    return calls;
  }

  #callOf(
    line: AsteriskLine,
    { call, command, sender }: TapiEvent,
    group: Group | undefined,
    at: number,
  ): TrackedCall | undefined {
    const known = group?.get(line.name);
    if (known) return known;
    // Sent by a channel that is no call's, naming a line only: about what the line does now.
    if (!group && call === undefined && !opens(command)) return this.#store.newest(line.name);
    // A line that was not announced: it picked the call up, or we came later.
    const uniqueid = call ?? sender.uniqueid;
    return uniqueid !== undefined && begins(command)
      ? this.#begin(line, uniqueid, uniqueid, sender, at)
      : undefined;
  }

  #apply(call: TrackedCall, event: TapiEvent, at: number): void {
    const { command, sender } = event;
    if (command.kind === 'state' && command.state === 'idle') call.idle = true;
    if (call.over) return;
    this.#learn(call, sender);
    this.#tell(this.#told(call, event, at));
    this.#store.follow(call);
    this.#lifetimes.heardOf(call, at);
  }

  #told(call: TrackedCall, event: TapiEvent, at: number): LineFact[] {
    const { command, sender } = event;
    switch (command.kind) {
      case 'state':
        if (command.state === 'idle') return this.#lifetimes.end(call, 'over', at);
        if (command.state === 'hangup') return this.#hangup(call, event, at);
        if (command.state === 'connected') answered(call, sender);
        if (command.state === 'offering' && sender.uniqueid === call.uniqueid)
          introduce(call, sender.packet, 'CallerID');
        return call.say(command.state);
      case 'ringing':
        // The line's device rings: news only of a call that has said nothing yet.
        return call.begun ? [] : call.say('offering');
      case 'set':
        return this.#describe(call, command, sender);
      case 'origin':
        return call.comesFrom(command.origin);
      default:
        // What LINE_CALLINFO is to show was told when it was set.
        return [];
    }
  }

  #describe(call: TrackedCall, command: TapiCommand & { kind: 'set' }, sender: Sender): LineFact[] {
    const { value, mistake } = saidOf(command, sender, call.uniqueid);
    if (mistake) this.#hints.tell(mistake, contextOf(sender.packet));
    return call.describe(command.end, command.part, value);
  }

  /** `[!line]` means the phones that still ring; a caller's own line is among the others, too. */
  #hangup(call: TrackedCall, { only }: TapiEvent, at: number): LineFact[] {
    const meant = only.length > 0 || !call.begun || call.rings;
    return meant ? this.#lifetimes.end(call, 'elsewhere', at) : [];
  }

  /** One phone has answered: those that ring on are to hear HANGUP. */
  #othersRing(group: Group, calls: readonly TrackedCall[], { call, sender }: TapiEvent, at: number): void {
    // Only the phone that answers, another channel than the caller's, proves it.
    if (sender.uniqueid !== undefined && sender.uniqueid === (call ?? sender.uniqueid)) return;
    for (const other of group.values()) if (!calls.includes(other)) this.#lifetimes.awaitHangup(other, at);
  }

  #learn(call: TrackedCall, { uniqueid, linkedid, channel }: Sender): void {
    call.know(call.uniqueid);
    call.know(uniqueid);
    call.know(linkedid);
    if (channel === undefined || uniqueid === undefined || uniqueid === call.ownChannel) return;
    if (this.#phones.lineOf(channel)?.name === call.line.name) call.ownChannel = uniqueid;
  }

  #lineOf(name: string): AsteriskLine | undefined {
    const line = this.#names.find(name);
    if (line && this.#names.isChannel(name)) this.#hints.tell('lineIsChannel', line.name);
    const meant = line ? undefined : this.#names.resembling(name);
    if (meant) this.#hints.tell('lineUnknown', name, meant.name);
    return line;
  }

  #hintAt({ code, words }: Oddity, packet: AmiPacket): void {
    this.#hints.tell(code, code === 'wordUnknown' ? words : contextOf(packet));
  }
}

/** What can be the first that is heard of a call. */
const begins = (command: TapiCommand): boolean =>
  command.kind === 'state' && !['idle', 'hangup', 'disconnected', 'unknown'].includes(command.state);

/** What only a call says that has just begun. */
const opens = (command: TapiCommand): boolean =>
  command.kind === 'state' && ['offering', 'dialtone', 'dialing'].includes(command.state);

/** Dial's U and M run on the phone that answered. Of a call that it picked up its channel says who is there. */
function answered(call: TrackedCall, { uniqueid, packet }: Sender): void {
  call.answeredElsewhere = false;
  if (uniqueid === undefined || uniqueid === call.uniqueid || call.direction === 'outbound') return;
  call.answeredBy ??= uniqueid;
  if (!call.begun) introduce(call, packet, 'ConnectedLine');
}

/** Tells who calls as a channel has it, before the dial plan says so. */
function introduce(call: TrackedCall, packet: AmiPacket, prefix: 'CallerID' | 'ConnectedLine'): void {
  if (call.knows('caller')) return;
  call.describe('caller', 'number', header(packet, `${prefix}Num`) ?? '');
  call.describe('caller', 'name', header(packet, `${prefix}Name`) ?? '');
}

const contextOf = (packet: AmiPacket): string => header(packet, 'Context') ?? '';
