import { type CallOrigin, nobody, type Party } from '../../../calls/call.ts';
import type { ChannelReport, GoneCause } from '../../port.ts';
import type { AsteriskLine } from '../account.ts';
import type { LineFact } from '../facts.ts';
import { isSomebody, party, sameParty } from '../values.ts';
import { MAX_IDS } from './limits.ts';
import type { End, SaidState } from './words.ts';

type What = ChannelReport['what'];
type Direction = LineFact['direction'];

/**
 * What the dial plan has said of one call on one line, and the facts that follow: a legal order whatever was said, in
 * one direction, and nothing after the end.
 */
export class TrackedCall {
  readonly line: AsteriskLine;
  /** LineFact.call */
  readonly name: string;
  /** The Uniqueid that the dial plan knows the call by; none in Asterisk 1.4 to 1.8 until it names it. */
  uniqueid: string | undefined;
  /** The channel of the line's own phone. */
  ownChannel: string | undefined;
  /** The channel that said CONNECTED of an incoming call: the phone that answered. */
  answeredBy: string | undefined;
  origin: CallOrigin | undefined;
  over = false;
  /** An IDLE has come: the dial plan does what it should. */
  idle = false;
  /** Another phone has answered, and HANGUP is awaited. */
  answeredElsewhere = false;

  /** Replaced when another one becomes known: who is told of them sees at a glance that there is none. */
  #ids: readonly string[] = [];
  /** As the dial plan said it. */
  readonly #ends: Partial<Record<End, { readonly number: string; readonly name: string }>> = {};
  /** What that means. */
  readonly #parties: Partial<Record<End, Party>> = {};
  readonly #silent: boolean;
  #direction: Direction | undefined;
  #said: SaidState | undefined;
  #rank = 0;
  #told = false;
  #busy = false;

  /**
   * @param dialled the call is one that we dialled: `own`, the phone's channel itself; `leg`, a leg that only rings the
   *   phone, of which nothing is told because the call is known
   */
  constructor(line: AsteriskLine, name: string, dialled: 'own' | 'leg' | undefined) {
    this.line = line;
    this.name = name;
    this.#silent = dialled === 'leg';
    if (dialled === 'own') this.wasDialled();
  }

  get direction(): Direction | undefined {
    return this.#direction;
  }

  /** Whether it rings at the line's phone. */
  get rings(): boolean {
    return !this.over && this.#direction === 'inbound' && this.#rank < TALKING;
  }

  /** Whether a state was said of it. */
  get begun(): boolean {
    return this.#said !== undefined;
  }

  get talks(): boolean {
    return this.#rank >= TALKING;
  }

  /** The channel whose Hangup ends the call on this line. A caller may leave it to others (transfer). */
  get decides(): string | undefined {
    return this.ownChannel ?? this.answeredBy ?? this.uniqueid;
  }

  know(id: string | undefined): void {
    if (id === undefined || this.#ids.length >= MAX_IDS || this.#ids.includes(id)) return;
    this.#ids = [...this.#ids, id];
  }

  /** It turns out to be one that we dialled: unless it was told otherwise, it goes out. */
  wasDialled(): void {
    this.#direction ??= 'outbound';
  }

  /** Takes a state; what is told of it, if that is news. */
  say(state: SaidState): LineFact[] {
    // That a call is over, or how is not known, begins none.
    if (this.over || (!this.#told && NO_BEGINNING.has(state))) return [];
    this.#direction ??= this.#directionOf(state);
    if (state === 'busy') this.#busy = true;
    if (state === 'unknown') return this.#unclear();
    const step = STEPS[this.#direction][state];
    if (!step || step.rank < this.#rank || state === this.#said) return [];
    const kind = state === 'connected' && this.#said && HELD.has(this.#said) ? 'retrieved' : step.kind;
    this.#rank = step.rank;
    this.#said = state;
    return this.#tell(kind === 'disconnected' ? { kind, cause: 'unsaid' } : { kind });
  }

  #unclear(): LineFact[] {
    if (this.#said === 'unknown' || this.#rank > TALKING) return [];
    this.#said = 'unknown';
    return this.#tell({ kind: 'unclear' });
  }

  /** Takes a name or a number; what is told of it, if the call is known and that is news. */
  describe(end: End, part: 'number' | 'name', value: string): LineFact[] {
    const before = this.#parties[end] ?? nobody;
    const { number, name } = this.#ends[end] ?? nobody;
    const said = part === 'number' ? { number: value, name } : { number, name: value };
    const now = party(said.number, said.name);
    this.#ends[end] = said;
    this.#parties[end] = now;
    return !this.#told || sameParty(before, now) ? [] : this.#tell({ kind: 'renamed' });
  }

  /** Whether the dial plan has said anything of this end. */
  knows(end: End): boolean {
    return this.#ends[end] !== undefined;
  }

  /** Takes where the call came from. */
  comesFrom(origin: CallOrigin): LineFact[] {
    const news = this.origin !== origin;
    this.origin = origin;
    return news && this.#told ? this.#tell({ kind: 'renamed' }) : [];
  }

  /** Ends it, once. Of a call that was never told nothing is. */
  end(why: 'elsewhere' | 'over'): LineFact[] {
    if (this.over) return [];
    const elsewhere = why === 'elsewhere' && this.rings;
    const facts = this.#told ? this.#tell({ kind: 'gone', cause: this.#cause(elsewhere) }) : [];
    this.over = true;
    return facts;
  }

  /** Of an end of which nothing is known nothing is told: another source may know it. */
  #known(end: End): Party | undefined {
    const somebody = this.#parties[end];
    return somebody && isSomebody(somebody) ? somebody : undefined;
  }

  #cause(elsewhere: boolean): GoneCause {
    if (elsewhere) return 'answeredElsewhere';
    return this.#busy && !this.talks ? 'busy' : 'unsaid';
  }

  /** The first state settles who called; where any could have said it, the origin does, or whose channel the call is. */
  #directionOf(state: SaidState): Direction {
    if (state === 'offering' || state === 'accepted') return 'inbound';
    if (OUTGOING.has(state)) return 'outbound';
    if (this.origin === 'outbound') return 'outbound';
    const own = this.ownChannel !== undefined && this.ownChannel === this.uniqueid;
    return own && this.origin === undefined ? 'outbound' : 'inbound';
  }

  #tell(what: What): LineFact[] {
    if (this.#silent || this.over) return [];
    this.#told = true;
    return [
      {
        line: this.line.name,
        source: 'dialPlan',
        call: this.name,
        ownChannel: this.ownChannel,
        ids: this.#ids,
        what,
        direction: this.#direction ?? 'inbound',
        caller: this.#known('caller'),
        called: this.#known('called'),
        connected: this.#known('connected'),
        origin: this.origin,
      },
    ];
  }
}

const NO_BEGINNING: ReadonlySet<SaidState> = new Set<SaidState>(['disconnected', 'unknown']);

/** States that only the line's own calls have. */
const OUTGOING: ReadonlySet<SaidState> = new Set<SaidState>([
  'dialtone',
  'dialing',
  'proceeding',
  'ringback',
  'busy',
  'specialInfo',
]);

const HELD: ReadonlySet<SaidState> = new Set<SaidState>(['onHold', 'onHoldPendConf', 'onHoldPendTransfer']);

type Kind = Exclude<What['kind'], 'gone' | 'renamed' | 'retrieved'>;
type Step = { readonly rank: number; readonly kind: Kind };

/** Events come late and twice: a state of a lower rank than the last says nothing new. */
const TALKING = 10;
const talking = {
  connected: { rank: TALKING, kind: 'busy' },
  onHold: { rank: TALKING, kind: 'held' },
  conferenced: { rank: TALKING, kind: 'conferenced' },
  onHoldPendConf: { rank: TALKING, kind: 'heldForConference' },
  onHoldPendTransfer: { rank: TALKING, kind: 'heldForTransfer' },
  disconnected: { rank: TALKING + 1, kind: 'disconnected' },
} as const satisfies Partial<Record<SaidState, Step>>;

const STEPS: Readonly<Record<Direction, Partial<Record<SaidState, Step>>>> = {
  inbound: { offering: { rank: 1, kind: 'ringing' }, accepted: { rank: 2, kind: 'accepted' }, ...talking },
  outbound: {
    dialtone: { rank: 1, kind: 'offHook' },
    dialing: { rank: 2, kind: 'dialed' },
    proceeding: { rank: 3, kind: 'proceeding' },
    ringback: { rank: 4, kind: 'ringing' },
    busy: { rank: 5, kind: 'farBusy' },
    specialInfo: { rank: 5, kind: 'specialInfo' },
    ...talking,
  },
};
