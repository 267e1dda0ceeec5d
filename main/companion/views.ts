import type { Call, Party } from '../../app/calls/call.ts';
import { features } from '../../app/calls/features.ts';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import { type Line, lineName } from '../../app/lines/line.ts';
import type { PickupOffer, SessionProblem, SessionState } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';
import type {
  AccountView,
  CallView,
  Language,
  LineView,
  OfferView,
  PartyView,
  TraceRow,
  VerbView,
} from '../../contract/renderer-api.ts';

/** What the companion's values look like to a window. Pure: the same value makes the same view. */

/** The account a window shows. */
export type AccountIdentity = Pick<AccountView, 'key' | 'server' | 'user' | 'demo'>;

/** An account and how its session stands; an account without a session yet is connecting. */
export function accountView(
  account: AccountIdentity,
  session: SessionState | undefined,
  language: Language,
): AccountView {
  const problem = session && 'problem' in session ? session.problem : undefined;
  const fingerprint = problem && untrustedCertificate(problem);
  return {
    key: account.key,
    server: account.server,
    user: account.user,
    state: session?.state ?? 'connecting',
    ...(problem && { problem: describeProblem(problem, language) }),
    ...(fingerprint !== undefined && { untrustedCertificate: fingerprint }),
    demo: account.demo,
  };
}

/** The fingerprint that waits for the user's word, when that is what the problem is about. */
export function untrustedCertificate({ code, fingerprint }: SessionProblem): string | undefined {
  return code === 'certificateUntrusted' || code === 'certificateChanged' ? fingerprint : undefined;
}

export function lineViews(lines: Readonly<Record<string, Line>>): LineView[] {
  return Object.values(lines).map((line) => ({
    key: line.key,
    name: lineName(line),
    extension: line.extension,
    inService: line.inService,
    canDial: line.canDial,
    canPickup: line.canPickup,
  }));
}

/** The verbs windows know, in the order they are shown. */
const shownVerbs: readonly VerbView[] = ['answer', 'drop'];

/** A call with exactly the verbs that a TAPI program is offered too, as far as windows know them. */
export function callView(call: Call): CallView {
  const can = features(call);
  return {
    id: call.id,
    line: call.line,
    direction: call.direction,
    state: call.status.state,
    caller: partyView(call.caller),
    called: partyView(call.called),
    since: call.since,
    verbs: shownVerbs.filter((verb) => can.has(verb)),
  };
}

/** Calls, oldest first. */
export function callViews(calls: Readonly<Record<number, Call>>): CallView[] {
  return Object.values(calls)
    .map(callView)
    .sort((a, b) => a.since - b.since || a.id - b.id);
}

/** Offers whose line can take them: one of a lost session is no offer. */
export function offerViews(
  offers: readonly PickupOffer[],
  lines: Readonly<Record<string, Line>>,
): OfferView[] {
  return offers.flatMap((offer) => {
    const line = Object.values(lines).find(({ user, inService }) => inService && user === offer.user);
    if (!line?.canPickup) return [];
    const { target, targetName, caller } = offer;
    return [{ line: line.key, target, targetName, caller: partyView(caller) }];
  });
}

export function traceRow(entry: TraceEntry): TraceRow {
  const { sequence, at, leg, direction, account = '', call = 0, label, detail } = entry;
  return { sequence, at, leg, direction, account, call, label, detail };
}

function partyView({ number, name, withheld }: Party): PartyView {
  return { number, name, withheld: withheld === true };
}
