import type { DisconnectMode } from '../calls/call.ts';
import { sameNumber } from '../calls/same-number.ts';
import type { EndedCall, PhoneState } from '../pbx/port.ts';
import {
  AWAY_LONGEST_MS,
  JOURNAL_SLACK_MS,
  RINGING_GRACE_MS,
  TALKING_GRACE_MS,
  UNVERIFIED_LONGEST_MS,
} from './deadlines.ts';

/**
 * What becomes of calls whose session was lost. From the loss on each of them is unverified until something confirms or
 * ends it. Where the PBX lists what lives (PbxEvent `listed`) there is nothing to judge; where it cannot, this is the one
 * place where it is decided.
 */

/** A call of one phone of which nothing was heard since its session was lost. */
export type UnverifiedCall = {
  readonly id: number;
  readonly direction: 'inbound' | 'outbound';
  /** The other end's number; empty when it is not known. */
  readonly number: string;
  /** Whether the two could talk; otherwise it rang, here or there. */
  readonly answered: boolean;
  /** When it was asked for or first seen, ms since 1970. */
  readonly began: number;
  /** When the session was lost that told of it last, ms since 1970. */
  readonly lost: number;
};

/** What is known about the phone of these calls. */
export type Evidence = {
  /** Whether there is a session, and since when it is there or away: ms since 1970. */
  readonly session: { readonly online: boolean; readonly since: number };
  /** The phone, as it was told since the loss. */
  readonly phone?: PhoneState;
  /** Calls that are over: what the journal has to tell that was not told before. */
  readonly ended: readonly EndedCall[];
  /** Whether another call of the phone is known to be answered. */
  readonly talks: boolean;
};

/** A call that is over. `proof`: the entry of the journal that says so. */
export type Verdict = { readonly id: number; readonly mode: DisconnectMode; readonly proof?: EndedCall };

export type Judgement = {
  readonly over: readonly Verdict[];
  /** When to ask again if nothing else is heard, ms since 1970. Absent: no call is left. */
  readonly next?: number;
};

/**
 * Which of the unverified calls of one phone are over now, by this evidence, strongest first:
 *
 * - The journal has the call: it is over.
 * - The phone is free: all are over.
 * - The phone is in a call, and no verified call is that one: what was answered lives, or whatever rang if nothing was.
 * - Otherwise silence ends a call: after a grace in the new session, short for one that rang; after a longest time while
 *   there is none.
 *
 * A new call at the phone ends no older one at once: phones hold calls and show a second one that waits, and what was
 * held while nobody listened cannot be known. Once the new one is answered, though, it explains why the phone is in a
 * call, and older ones are left to their grace.
 */
export function judge(calls: readonly UnverifiedCall[], evidence: Evidence, now: number): Judgement {
  const proofs = findProofs(calls, evidence.ended);
  const over: Verdict[] = [];
  const left: UnverifiedCall[] = [];
  for (const call of calls) {
    const proof = proofs.get(call.id);
    if (proof) over.push({ id: call.id, mode: 'normal', proof });
    else if (evidence.phone === 'free') over.push({ id: call.id, mode: 'normal' });
    else left.push(call);
  }
  const waiting: number[] = [];
  for (const { due, id } of deadlines(left, evidence)) {
    if (due <= now) over.push({ id, mode: 'temporaryFailure' });
    else waiting.push(due);
  }
  return waiting.length === 0 ? { over } : { over, next: Math.min(...waiting) };
}

/** When silence ends each call. */
function deadlines(calls: readonly UnverifiedCall[], { session, phone, talks }: Evidence) {
  const someAnswered = calls.some(({ answered }) => answered);
  return calls.map(({ id, lost, answered }) => {
    const longest = lost + UNVERIFIED_LONGEST_MS;
    if (!session.online) return { id, due: Math.min(longest, session.since + AWAY_LONGEST_MS) };
    const lives = phone === 'inCall' && !talks && (answered || !someAnswered);
    const grace = answered ? TALKING_GRACE_MS : RINGING_GRACE_MS;
    return { id, due: lives ? longest : Math.min(longest, session.since + grace) };
  });
}

/** Each entry of the journal is one call's: the one whose beginning is nearest. */
function findProofs(
  calls: readonly UnverifiedCall[],
  ended: readonly EndedCall[],
): ReadonlyMap<number, EndedCall> {
  const pairs = ended.flatMap((entry) =>
    calls
      .filter((call) => isOf(entry, call))
      .map((call) => ({ entry, id: call.id, apart: Math.abs(entry.began - call.began) })),
  );
  const proofs = new Map<number, EndedCall>();
  const used = new Set<EndedCall>();
  for (const { entry, id } of pairs.sort((a, b) => a.apart - b.apart)) {
    if (proofs.has(id) || used.has(entry)) continue;
    proofs.set(id, entry);
    used.add(entry);
  }
  return proofs;
}

/** A call that was over before the session was lost would have been told: such an entry is another call's. */
function isOf(entry: EndedCall, call: UnverifiedCall): boolean {
  return (
    entry.direction === call.direction &&
    sameNumber(entry.number, call.number) &&
    Math.abs(entry.began - call.began) <= JOURNAL_SLACK_MS &&
    entry.began + entry.lasted >= call.lost - JOURNAL_SLACK_MS
  );
}
