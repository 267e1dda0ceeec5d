import type { ChannelReport } from '../../port.ts';
import type { LineFact } from '../facts.ts';
import type { Originated } from '../originated.ts';
import { Recent } from '../recent.ts';
import { JoinedCall } from './joined-call.ts';

/** Calls at one time: of more the oldest is given up. */
export const MAX_CALLS = 20_000;
/** Calls of a source that are over, and of which more may be said: at least so many are remembered. */
export const ENDED_KNOWN = 4_096;
/** Calls asked for that nothing was heard of; the oldest is forgotten. */
export const MAX_ASKED = 1_000;

/**
 * Makes one call of what Asterisk's own events and those of the dial plan tell of the same call on the same line: two
 * facts of one line that share a Uniqueid or Linkedid are of one call, whichever came first. The dial plan decides who
 * it is, Asterisk's events how it stands and when it is over, as far as they know.
 */
export class JoinedCalls {
  /** By the name that reports give it, oldest first. */
  readonly #calls = new Map<string, JoinedCall>();
  /** By LineFact.call. */
  readonly #named = new Map<string, JoinedCall>();
  /** By line: a phone has few calls at a time. */
  readonly #onLine = new Map<string, Set<JoinedCall>>();
  readonly #ended = new Recent(ENDED_KNOWN);
  readonly #asked = new Map<string, Originated>();
  #count = 0;

  /** Takes a fact of either source. */
  take(fact: LineFact): ChannelReport[] {
    const name = fact.call;
    let call = this.#named.get(name);
    if (!call) {
      if (this.#ended.has(name)) return [];
      call = this.#match(fact) ?? this.#begin(fact);
      this.#named.set(name, call);
      call.names.add(name);
    }
    const news = call.learn(fact);
    this.#claim(call, fact);
    const reports = news ? [...this.#merge(call, fact), ...call.reports()] : call.reports();
    if (call.over) this.#remove(call);
    else if (fact.what.kind === 'gone') this.#end(call, name);
    const oldest = this.#calls.size > MAX_CALLS ? this.#calls.values().next().value : undefined;
    if (oldest) reports.push(...this.#giveUp(oldest));
    return reports;
  }

  /** A channel of this Uniqueid is about to be asked for: reports of its call name what it was asked for. */
  originated(originated: Originated): void {
    this.#asked.set(originated.id, originated);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MAX_ASKED && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** What a reported channel stands for: the phone's own channel, and every id of the call. */
  channelsOf(channel: string): { readonly own?: string; readonly ids: readonly string[] } | undefined {
    const call = this.#calls.get(channel);
    if (!call) return undefined;
    const { ownChannel, ids } = call;
    return { ids: [...ids], ...(ownChannel !== undefined && { own: ownChannel }) };
  }

  /**
   * A new session: nothing that was said before is certain. Calls keep their names, so that those that live on are the
   * same ones to the companion, and each is reported in full when it is heard of again. One that the whole session before
   * neither heard of nor listed is forgotten: nothing may ever be told of its end.
   */
  reset(): void {
    for (const call of [...this.#calls.values()]) {
      if (!call.begun || (call.unconfirmed && !call.listed)) this.#remove(call);
      call.doubt();
    }
    this.#named.clear();
    this.#ended.clear();
    this.#asked.clear();
  }

  /**
   * The facts of a list of everything that lives have been taken: calls of which nothing was heard since the session
   * began, and none of whose ids lives, are forgotten. Nothing is reported: PbxEvent `listed` says it.
   *
   * @param living the Uniqueids and Linkedids of the list
   * @returns the channels of every call that lives
   */
  listed(living: ReadonlySet<string>): Set<string> {
    for (const call of [...this.#calls.values()]) {
      call.listed = !call.unconfirmed || [...call.ids].some((id) => living.has(id));
      if (!call.listed) this.#remove(call);
    }
    // An Asterisk that was started anew in the same second counts its channels as before.
    this.#ended.clear();
    return new Set(this.#calls.keys());
  }

  #begin(fact: LineFact): JoinedCall {
    this.#count += 1;
    const call = new JoinedCall(`${fact.ownChannel ?? fact.ids[0] ?? fact.call} ${this.#count}`, fact);
    this.#calls.set(call.channel, call);
    const others = this.#onLine.get(call.line);
    if (others) others.add(call);
    else this.#onLine.set(call.line, new Set([call]));
    return call;
  }

  /** The call of the same line that shares an id and that this source does not tell of: the likeliest of several. */
  #match(fact: LineFact): JoinedCall | undefined {
    let best: JoinedCall | undefined;
    let likely = 0;
    for (const call of this.#sharing(fact)) {
      if (call.knownTo(fact.source) || isOfAnotherChannel(fact, call)) continue;
      const same = call.direction === fact.direction;
      if (!same && fact.source === 'native') continue;
      const points = same ? 2 : 1;
      if (points <= likely) continue;
      best = call;
      likely = points;
    }
    return best;
  }

  /** A call was asked for under this id: the first that has it is what comes of it. */
  #claim(call: JoinedCall, { ownChannel, ids, direction }: LineFact): void {
    if (this.#asked.size === 0 || call.asked !== undefined) return;
    for (const id of ownChannel === undefined ? ids : [ownChannel, ...ids]) {
      const asked = this.#asked.get(id);
      const wanted = asked?.kind === 'pickup' ? 'inbound' : 'outbound';
      if (asked?.line !== call.line || wanted !== direction) continue;
      call.asked = asked.call;
      this.#asked.delete(id);
      return;
    }
  }

  /** The calls of the fact's line that share an id with it: those of its first id first. */
  #sharing({ line, ids }: LineFact): JoinedCall[] {
    const calls = this.#onLine.get(line);
    if (!calls) return [];
    return ids.flatMap((id) => [...calls].filter((call) => call.ids.has(id)));
  }

  /** A call that Asterisk tells of turns out to be one that the dial plan told of apart: that one is over. */
  #merge(call: JoinedCall, fact: LineFact): ChannelReport[] {
    if (fact.source !== 'native' || call.knownTo('dialPlan')) return [];
    const twin = this.#sharing(fact).find(
      (other) => other !== call && isTwin(other, call) && !isOfAnotherChannel(fact, other),
    );
    if (!twin) return [];
    call.adopt(twin);
    for (const name of call.names) this.#named.set(name, call);
    return this.#giveUp(twin);
  }

  #giveUp(call: JoinedCall): ChannelReport[] {
    const reports = call.end('unsaid');
    this.#remove(call);
    return reports;
  }

  #remove(call: JoinedCall): void {
    this.#calls.delete(call.channel);
    const others = this.#onLine.get(call.line);
    others?.delete(call);
    if (others?.size === 0) this.#onLine.delete(call.line);
    for (const name of call.names) this.#end(call, name);
  }

  /** This source says nothing more of the call: what comes all the same is late. */
  #end(call: JoinedCall, name: string): void {
    call.names.delete(name);
    this.#named.delete(name);
    this.#ended.add(name);
  }
}

/** Whether only the dial plan tells of a call that could be the other one. */
const isTwin = (other: JoinedCall, { direction }: JoinedCall): boolean =>
  other.direction === direction &&
  other.knownTo('dialPlan') &&
  !other.knownTo('native') &&
  !other.unconfirmed;

/** Two channels of one phone are two calls, though they may be of one Linkedid (call waiting, transfers). */
const isOfAnotherChannel = ({ ownChannel, ids }: LineFact, call: JoinedCall): boolean =>
  ownChannel !== undefined &&
  call.ownChannel !== undefined &&
  !call.ids.has(ownChannel) &&
  !ids.includes(call.ownChannel);
