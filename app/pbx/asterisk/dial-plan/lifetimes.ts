import { Deadlines } from '../deadlines.ts';
import type { LineFact } from '../facts.ts';
import type { CallStore } from './call-store.ts';
import type { Hints } from './hints.ts';
import { HANGUP_GRACE, LATE_LIMIT, RINGING_LIMIT, TALKING_LIMIT } from './limits.ts';
import type { TrackedCall } from './tracked-call.ts';

/** What a call waits for: see limits.ts. */
type Waiting = 'ringing' | 'talking' | 'elsewhere' | 'late';

/** How calls end and are forgotten: by a word of the dial plan, by their channel, by a list of what lives, or by time. */
export class Lifetimes {
  readonly #store: CallStore;
  readonly #hints: Hints;
  readonly #deadlines = new Deadlines<Waiting, TrackedCall>({
    ringing: RINGING_LIMIT,
    talking: TALKING_LIMIT,
    elsewhere: HANGUP_GRACE,
    late: LATE_LIMIT,
  });
  /** Ended by their channel: if no IDLE follows, the dial plan lacks it. */
  readonly #unannounced = new Set<TrackedCall>();
  /** Begun before the list that is being asked for. */
  readonly #listing = new Set<TrackedCall>();

  constructor(store: CallStore, hints: Hints) {
    this.#store = store;
    this.#hints = hints;
  }

  /** Something was said of it: it lives. */
  heardOf(call: TrackedCall, at: number): void {
    if (!call.over && !call.answeredElsewhere)
      this.#deadlines.set(call, call.talks ? 'talking' : 'ringing', at);
  }

  /** Another phone has answered what rings on here: HANGUP is to follow. */
  awaitHangup(call: TrackedCall, at: number): void {
    if (!call.rings || call.answeredElsewhere) return;
    call.answeredElsewhere = true;
    this.#deadlines.set(call, 'elsewhere', at);
  }

  /** Ends it, and stays aware of it for events that come late. */
  end(call: TrackedCall, why: 'elsewhere' | 'over', at: number): LineFact[] {
    if (call.over) return [];
    const facts = call.end(why);
    this.#deadlines.set(call, 'late', at);
    return facts;
  }

  /** A channel has hung up. */
  hungUp(channel: string, at: number): LineFact[] {
    return this.#store.endingWith(channel).flatMap((call) => {
      if (!call.over && call.begun) this.#unannounced.add(call);
      return this.end(call, 'over', at);
    });
  }

  /** Makes place for another call of the line under that key. */
  makeRoom(line: string, key: string, at: number): LineFact[] {
    const before = this.#store.group(key)?.get(line);
    const facts = before ? this.#drop(before, at) : [];
    const oldest = this.#store.tooMany(line);
    if (oldest && !oldest.over) this.#hints.tell('idleMissing', line);
    return oldest ? facts.concat(this.#drop(oldest, at)) : facts;
  }

  beginListing(): void {
    this.#listing.clear();
    for (const call of this.#store.all()) if (!call.over) this.#listing.add(call);
  }

  listed(living: ReadonlySet<string>, at: number): LineFact[] {
    const gone = [...this.#listing].filter(({ decides }) => decides === undefined || !living.has(decides));
    this.#listing.clear();
    return gone.flatMap((call) => this.end(call, 'over', at));
  }

  due(): number | undefined {
    return this.#deadlines.due();
  }

  elapsed(at: number): LineFact[] {
    return this.#deadlines.take(at).flatMap(([call, waited]) => {
      if (waited === 'late') {
        this.#forget(call);
        return [];
      }
      this.#hints.tell(waited === 'elsewhere' ? 'hangupMissing' : 'idleMissing', call.line.name);
      return this.end(call, waited === 'elsewhere' ? 'elsewhere' : 'over', at);
    });
  }

  clear(): void {
    for (const call of this.#store.all()) this.#deadlines.clear(call);
    this.#unannounced.clear();
    this.#listing.clear();
  }

  #drop(call: TrackedCall, at: number): LineFact[] {
    const facts = this.end(call, 'over', at);
    this.#forget(call);
    return facts;
  }

  #forget(call: TrackedCall): void {
    if (this.#unannounced.delete(call) && !call.idle) this.#hints.tell('idleMissing', call.line.name);
    this.#deadlines.clear(call);
    this.#listing.delete(call);
    this.#store.remove(call);
  }
}
