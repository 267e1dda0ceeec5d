import type { ChannelReport } from '../../port.ts';

/** A state of a call, in the port's words. */
export type Kind = Exclude<ChannelReport['what']['kind'], 'gone' | 'renamed' | 'retrieved'>;

/** How a call was reported last. */
export type Stand = { readonly kind: Kind; readonly answered: boolean; readonly rank: number };

type What = ChannelReport['what'];

/** A call that was not answered goes forward only: what says otherwise is late. */
const RANKS: Readonly<Record<'inbound' | 'outbound', Partial<Record<Kind, number>>>> = {
  inbound: { ringing: 1, accepted: 2 },
  outbound: { offHook: 1, dialed: 2, proceeding: 3, ringing: 4, farBusy: 5, specialInfo: 5 },
};

const TALKS: ReadonlySet<Kind> = new Set<Kind>([
  'busy',
  'held',
  'heldForTransfer',
  'heldForConference',
  'conferenced',
]);
const HELD: ReadonlySet<Kind> = new Set<Kind>(['held', 'heldForTransfer', 'heldForConference']);

/**
 * The way from how a call was reported to how it stands: what to report, and the stand after it. Without a stand it
 * cannot begin like this; without anything to report it is where it was.
 */
export function steps(
  from: Stand | undefined,
  kind: Kind,
  direction: 'inbound' | 'outbound',
): { readonly whats: readonly What[]; readonly stand: Stand | undefined } {
  const stay = { whats: [], stand: from };
  if (from?.kind === kind || from?.kind === 'disconnected') return stay;
  if (kind === 'disconnected') return from ? { whats: [whatOf(kind)], stand: { ...from, kind } } : stay;
  if (kind === 'unclear') return from ? { whats: [whatOf(kind)], stand: { ...from, kind } } : stay;
  if (TALKS.has(kind)) {
    const stand: Stand = { kind, answered: true, rank: 0 };
    // TAPI knows no way from BUSY to a call that talks: an announcement that takes the call comes after a busy phone.
    if (from?.kind === 'farBusy') return { whats: [{ kind: 'unclear' }, whatOf(kind)], stand };
    const back = kind === 'busy' && from !== undefined && HELD.has(from.kind);
    return { whats: [back ? { kind: 'retrieved' } : whatOf(kind)], stand };
  }
  const rank = RANKS[direction][kind];
  if (rank === undefined || from?.answered || rank < (from?.rank ?? 0)) return stay;
  // Another try after the first met a busy phone is on its way all the same: BUSY is a state that only ends.
  if (from?.kind === 'farBusy') return stay;
  return { whats: [whatOf(kind)], stand: { kind, answered: false, rank } };
}

const whatOf = (kind: Kind): What => (kind === 'disconnected' ? { kind, cause: 'unsaid' } : { kind });

/** Whether the dial plan knows of an outgoing call what Asterisk's own events cannot tell, or do not tell yet. */
export function knowsMore(said: Kind, seen: Kind): boolean {
  const { outbound } = RANKS;
  const before = outbound[seen];
  if (before === undefined) return false;
  return said === 'busy' || (outbound[said] ?? 0) > before;
}
