import type { Call, Party } from '../../app/calls/call.ts';
import { features } from '../../app/calls/features.ts';
import type { AccountOffer } from '../../app/companion/state.ts';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import { type Line, lineName } from '../../app/lines/line.ts';
import type { TestStep } from '../../app/pbx/connection-test.ts';
import type { PbxHint, SessionProblem, SessionState } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import type {
  AccountView,
  CallView,
  CertificateView,
  HintView,
  Language,
  LineView,
  OfferView,
  PartyView,
  TestStepView,
  TraceRow,
  VerbView,
} from '../../contract/renderer-api.ts';

/** What the companion's values look like to a window. Pure: the same value makes the same view. */

/** An account as windows show it, and the fingerprint of the certificate that was trusted for it so far. */
export type AccountIdentity = Pick<AccountView, 'key' | 'kind' | 'server' | 'user' | 'demo'> & {
  readonly trusted?: string;
};

/** An account and how its session stands; an account without a session yet is connecting. */
export function accountView(
  { key, kind, server, user, demo, trusted }: AccountIdentity,
  session: SessionState | undefined,
  language: Language,
): AccountView {
  const problem = session && 'problem' in session ? session.problem : undefined;
  const certificate = problem && certificateView(problem, trusted);
  return {
    key,
    kind,
    server,
    user,
    state: session?.state ?? 'connecting',
    ...(problem && { problem: describeProblem(problem, language) }),
    ...(certificate && { certificate }),
    refused: problem?.code === 'wrongPassword',
    needsDomain: problem?.code === 'domainUnknown',
    demo,
  };
}

/** The certificate that waits for the user's word, when that is what the problem is about. */
export function certificateView(
  { code, certificate }: SessionProblem,
  trusted?: string,
): CertificateView | undefined {
  const changed = code === 'certificateChanged';
  if (!certificate || !(changed || code === 'certificateUntrusted')) return undefined;
  const { fingerprint, subject, issuer, validFrom, validTo } = certificate;
  const before = changed ? trusted : undefined;
  return {
    fingerprint,
    subject,
    issuer,
    validFrom,
    validTo,
    changed,
    ...(before !== undefined && { before }),
  };
}

/**
 * Whether an Asterisk may speak no TLS there: nobody listens at the port for it, or what answers knows none. Without
 * encryption the same port would be asked again where somebody named it: one that takes no connection is no question.
 */
export function mayGoPlain(
  { kind, plainText, port }: Pick<AccountSettings, 'kind' | 'plainText' | 'port'>,
  { code, stage }: SessionProblem,
): boolean {
  if (kind !== 'asterisk' || plainText) return false;
  if (code === 'noEncryption') return true;
  return code === 'unreachable' && (stage === 'tls' || (stage === 'connect' && port === undefined));
}

export function testStepView(
  { step, result, duration, what, todo }: TestStep,
  language: Language,
): TestStepView {
  return { step, result, duration, what: what[language], ...(todo && { todo: todo[language] }) };
}

export function lineViews(lines: Readonly<Record<string, Line>>): LineView[] {
  return Object.values(lines).map((line) => ({
    key: line.key,
    account: line.account,
    name: lineName(line),
    extension: line.extension,
    inService: line.inService,
    canDial: line.canDial,
    canPickup: line.canPickup,
  }));
}

/** The verbs windows know, in the order they are shown. */
const shownVerbs: readonly VerbView[] = ['answer', 'hold', 'unhold', 'drop'];

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

/**
 * Calls in the order in which they began, whatever has become of them: in a window no button may move away under the
 * pointer. Ids are given one after the other and begin at 1 again after the last.
 */
export function callViews(calls: Readonly<Record<number, Call>>): CallView[] {
  return Object.values(calls)
    .map(callView)
    .sort((a, b) => (a.id - b.id) | 0);
}

/** Offers whose line can take them: one of a lost session is no offer. */
export function offerViews(
  offers: readonly AccountOffer[],
  lines: Readonly<Record<string, Line>>,
): OfferView[] {
  return offers.flatMap((offer) => {
    const line = Object.values(lines).find(
      ({ account, user, inService }) => inService && account === offer.account && user === offer.user,
    );
    if (!line?.canPickup) return [];
    const { target, targetName, caller } = offer;
    return [{ line: line.key, target, targetName, caller: partyView(caller) }];
  });
}

/** The hints of every account, in the order they came. */
export function hintViews(
  hints: Readonly<Record<string, readonly PbxHint[]>>,
  language: Language,
): HintView[] {
  return Object.entries(hints).flatMap(([account, told]) =>
    told.map(({ code, subject, what, why, todo }) => ({
      account,
      code,
      subject,
      what: what[language],
      why: why[language],
      todo: todo[language],
    })),
  );
}

export function traceRow(entry: TraceEntry): TraceRow {
  const { sequence, at, leg, direction, account = '', call = 0, label, detail } = entry;
  return { sequence, at, leg, direction, account, call, label, detail };
}

function partyView({ number, name, withheld }: Party): PartyView {
  return { number, name, withheld: withheld === true };
}
