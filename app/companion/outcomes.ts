import type { CallVerb } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import type { CommandFailure, CommandResult, PbxAbility } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import type { Entry } from './entry.ts';

/** What a TAPI program is told when the PBX did not do it. */
export const failures: Readonly<Record<CommandFailure, LineError>> = {
  refused: 'operationFailed',
  offline: 'resourceUnavailable',
  unanswered: 'operationFailed',
  unsupported: 'operationUnavailable',
};

/** What needs no giving up. */
export const nothingPending: Pending = { cancel: () => undefined };

/** Answers a request with a refusal at once. */
export function refuse(reply: Reply, error: LineError): Pending {
  reply({ ok: false, error });
  return nothingPending;
}

/** Why a verb cannot be had of a call now, if it cannot: one that its PBX never can, or one that it cannot now. */
export function refusalOf(
  entry: Pick<Entry, 'call' | 'seed'> | undefined,
  verb: CallVerb,
): LineError | undefined {
  if (!entry?.call) return 'invalidCallHandle';
  if (features(entry.call).has(verb)) return undefined;
  return entry.seed.can.has(verb) ? 'invalidCallState' : 'operationUnavailable';
}

/** The PBX's answer to a command, as the answer to its asker. */
export function replyOf(result: CommandResult, call: number): Parameters<Reply>[0] {
  return result.ok ? { ok: true, call } : { ok: false, error: failures[result.code] };
}

/** The verbs that come with each ability. */
const verbsBy: Readonly<Record<PbxAbility, readonly CallVerb[]>> = {
  dial: [],
  pickup: [],
  pickupGroup: [],
  answer: ['answer'],
  hangup: ['drop'],
  hold: ['hold', 'unhold'],
  transfer: ['blindTransfer'],
  consult: ['setupTransfer', 'completeTransfer'],
  redirect: ['redirect'],
  digits: ['generateDigits'],
};

/** By a user's abilities: they are told once, and asked for with every call. */
const verbsKnown = new WeakMap<ReadonlySet<PbxAbility>, ReadonlySet<CallVerb>>();

/** What can be done with a call in some state. Taking note of one needs no PBX. `abilities` must not change any more. */
export function verbsOf(abilities: ReadonlySet<PbxAbility>): ReadonlySet<CallVerb> {
  const known = verbsKnown.get(abilities);
  if (known) return known;
  const verbs = new Set<CallVerb>(['accept', ...[...abilities].flatMap((ability) => verbsBy[ability])]);
  verbsKnown.set(abilities, verbs);
  return verbs;
}
