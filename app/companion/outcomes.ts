import type { Call, CallVerb } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import type { CommandFailure, CommandResult, PbxAbility } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';

/** What a TAPI program is told when the PBX did not do it. */
export const failures: Readonly<Record<CommandFailure, LineError>> = {
  refused: 'operationFailed',
  offline: 'resourceUnavailable',
  unanswered: 'operationFailed',
  unsupported: 'operationUnavailable',
};

const nothingPending: Pending = { cancel: () => undefined };

/** Answers a request with a refusal at once. */
export function refuse(reply: Reply, error: LineError): Pending {
  reply({ ok: false, error });
  return nothingPending;
}

/** Why a verb cannot be had of a call now, if it cannot. */
export function refusalOf(call: Call | undefined, verb: CallVerb): LineError | undefined {
  if (!call) return 'invalidCallHandle';
  return features(call).has(verb) ? undefined : 'invalidCallState';
}

/** The PBX's answer to a command, as the answer to its asker. */
export function replyOf(result: CommandResult, call: number): Parameters<Reply>[0] {
  return result.ok ? { ok: true, call } : { ok: false, error: failures[result.code] };
}

/** The verbs that come with each ability. */
const verbsBy: Readonly<Record<PbxAbility, readonly CallVerb[]>> = {
  dial: [],
  pickup: [],
  answer: ['answer'],
  hangup: ['drop'],
  hold: ['hold', 'unhold'],
  transfer: ['blindTransfer'],
};

/** What can be done with a call in some state. Taking note of one needs no PBX. */
export function verbsOf(abilities: ReadonlySet<PbxAbility>): ReadonlySet<CallVerb> {
  return new Set<CallVerb>(['accept', ...[...abilities].flatMap((ability) => verbsBy[ability])]);
}
