import { type CallOrigin, nobody, type Party } from '../../../calls/call.ts';
import { sameNumber } from '../../../calls/same-number.ts';
import type { ChannelReport, GoneCause } from '../../port.ts';
import type { LineFact } from '../facts.ts';
import { sameParty } from '../values.ts';
import { type Kind, knowsMore, type Stand, steps } from './steps.ts';

/** What one source has said of a call. */
type Word = {
  /** LineFact.call */
  readonly call: string;
  kind: Kind | undefined;
  /** Why it is over; undefined as long as it is not. */
  gone: GoneCause | undefined;
  readonly ends: Ends;
  origin: CallOrigin | undefined;
  /** The ids that came with it last. */
  ids: readonly string[] | undefined;
  /** Said before the session was lost: it still tells who it is, not how it stands. */
  stale: boolean;
};

const ENDS = ['caller', 'called', 'connected', 'redirecting'] as const;
type End = (typeof ENDS)[number];
type Ends = Record<End, Party | undefined>;
const noEnds = (): Ends => ({
  caller: undefined,
  called: undefined,
  connected: undefined,
  redirecting: undefined,
});

const noWord = (call: string): Word => ({
  call,
  kind: undefined,
  gone: undefined,
  ends: noEnds(),
  origin: undefined,
  ids: undefined,
  stale: false,
});

/** Uniqueids and Linkedids of one call. */
export const MAX_IDS = 64;

/** One call on one line, as both sources tell of it. */
export class JoinedCall {
  readonly line: string;
  /** ChannelReport.channel */
  readonly channel: string;
  readonly direction: 'inbound' | 'outbound';
  /** The companion's call, of one that it asked for. */
  asked: number | undefined;
  ownChannel: string | undefined;
  readonly ids = new Set<string>();
  /** What the sources call it, as JoinedCalls knows them. */
  readonly names = new Set<string>();
  /** It was told before the session was lost, and not confirmed since. */
  unconfirmed = false;
  /** The newest session's list has it. */
  listed = false;

  readonly #words: Record<LineFact['source'], Word | undefined> = { native: undefined, dialPlan: undefined };
  /** How the call stands as it was reported; undefined before the first report. */
  #stand: Stand | undefined;
  /** As they were reported: what is news. */
  #ends: Readonly<Ends> | undefined;
  #from: CallOrigin | undefined;

  constructor(channel: string, { line, direction }: LineFact) {
    this.channel = channel;
    this.line = line;
    this.direction = direction;
  }

  /** Whether it was ever reported. */
  get begun(): boolean {
    return this.#stand !== undefined || this.unconfirmed;
  }

  /** Whether this source tells of it, and has not told its end. */
  knownTo(source: LineFact['source']): boolean {
    const word = this.#words[source];
    return word !== undefined && word.gone === undefined && !word.stale;
  }

  /** Takes what a source says. @returns whether it came with an id that is new to the call */
  learn(fact: LineFact): boolean {
    const { source, call, what } = fact;
    let word = this.#words[source];
    if (word?.call !== call) {
      word = noWord(call);
      this.#words[source] = word;
    }
    word.stale = false;
    if (what.kind === 'gone') word.gone = what.cause;
    else if (what.kind !== 'renamed') word.kind = what.kind === 'retrieved' ? 'busy' : what.kind;
    if (source === 'native' || this.ownChannel === undefined)
      this.ownChannel = fact.ownChannel ?? this.ownChannel;
    for (const end of ENDS) {
      const party = fact[end];
      if (party) word.ends[end] = party;
      // Who answered is no longer at the other end where the source has stopped saying so.
      else if (end === 'connected' && source === 'native') word.ends.connected = undefined;
    }
    word.origin = fact.origin ?? word.origin;
    // A source tells the same list again as long as it knows of no other id.
    if (word.ids === fact.ids) return false;
    word.ids = fact.ids;
    const known = this.ids.size;
    for (const id of fact.ids) if (this.ids.size < MAX_IDS) this.ids.add(id);
    return this.ids.size > known;
  }

  /** What the companion has to hear now: everything up to how the call stands, or that it is over. */
  reports(): ChannelReport[] {
    const cause = this.#over();
    if (cause !== undefined) return this.end(cause);
    const kind = this.#kind();
    if (kind === undefined) return [];
    const { whats, stand } = steps(this.#stand, kind, this.direction);
    if (!stand) return [];
    this.#stand = stand;
    this.unconfirmed = false;
    const ends = this.#known();
    const from = this.#origin();
    const renamed = whats.length === 0 && (from !== this.#from || !sameEnds(ends, this.#ends));
    this.#ends = ends;
    this.#from = from;
    const told = renamed ? RENAMED : whats;
    return told.map((what) => this.#report(what, ends, from));
  }

  /** What the dial plan said of another call was said of this one. */
  adopt(twin: JoinedCall): void {
    const word = twin.#words.dialPlan;
    // Its ids are learned when it is told next.
    if (word) this.#words.dialPlan = { ...word, ids: undefined };
    for (const name of twin.names) this.names.add(name);
    twin.names.clear();
  }

  /** Its end, whatever the sources say. */
  end(cause: GoneCause): ChannelReport[] {
    return this.begun ? [this.#report({ kind: 'gone', cause }, this.#known(), this.#origin())] : [];
  }

  /** Whether a source or both have told the end. */
  get over(): boolean {
    return this.#over() !== undefined;
  }

  /**
   * How it stood before means nothing: the session is a new one. It is reported anew when it is heard of. Who it is the
   * dial plan does not say again.
   */
  doubt(): void {
    this.unconfirmed = this.begun;
    this.listed = false;
    this.#stand = undefined;
    this.#ends = undefined;
    this.#words.native = undefined;
    const { dialPlan } = this.#words;
    if (dialPlan) this.#words.dialPlan = { ...dialPlan, kind: undefined, gone: undefined, stale: true };
  }

  /** Asterisk's own word ends a call; that of the dial plan only where there is no channel of the phone. */
  #over(): GoneCause | undefined {
    const { native, dialPlan } = this.#words;
    if (native?.gone !== undefined)
      return native.gone === 'unsaid' ? (dialPlan?.gone ?? native.gone) : native.gone;
    return native ? undefined : dialPlan?.gone;
  }

  #kind(): Kind | undefined {
    const { native, dialPlan } = this.#words;
    const said = dialPlan?.gone === undefined ? dialPlan?.kind : undefined;
    if (native?.kind === undefined) return said;
    return said !== undefined && this.direction === 'outbound' && knowsMore(said, native.kind)
      ? said
      : native.kind;
  }

  /** What both sources know of the ends. */
  #known(): Readonly<Ends> {
    return {
      caller: this.#end('caller'),
      called: this.#end('called'),
      connected: this.#end('connected'),
      redirecting: this.#end('redirecting'),
    };
  }

  #end(end: End): Party | undefined {
    const said = this.#words.dialPlan?.ends[end];
    const seen = this.#words.native?.ends[end];
    return said && seen ? oneParty(said, seen) : (said ?? seen);
  }

  /** Whether a caller is a colleague is not known until one of both says so. */
  #origin(): CallOrigin | undefined {
    const { native, dialPlan } = this.#words;
    return dialPlan?.origin ?? native?.origin ?? (this.direction === 'inbound' ? 'inbound' : undefined);
  }

  #report(
    what: ChannelReport['what'],
    { caller, called, connected, redirecting }: Readonly<Ends>,
    origin: CallOrigin | undefined,
  ): ChannelReport {
    return {
      user: this.line,
      channel: this.channel,
      direction: this.direction,
      internal: origin === 'internal',
      what,
      caller: caller ?? nobody,
      called: called ?? nobody,
      redirecting: redirecting ?? nobody,
      ...(connected && { connected }),
      ...(origin && { origin }),
      ...(this.asked !== undefined && { call: this.asked }),
    };
  }
}

const RENAMED = [{ kind: 'renamed' }] as const;

const sameEnds = (ends: Readonly<Ends>, before: Readonly<Ends> | undefined): boolean =>
  ENDS.every((end) => sameParty(ends[end], before?.[end]));

/** The dial plan's word counts, and Asterisk's where it says nothing. A name goes with its own number only. */
function oneParty(said: Party, seen: Party): Party {
  if (said.withheld) return said;
  if (said.number === '') return { ...seen, ...(said.name !== '' && { name: said.name }) };
  const same = seen.number === '' || sameNumber(seen.number, said.number);
  return { number: said.number, name: said.name || (same ? seen.name : '') };
}
