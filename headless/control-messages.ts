import type { Call } from '../app/calls/call.ts';
import type { CommandOutcome } from '../app/companion.ts';
import type { TraceEntry } from '../app/diagnostics/trace.ts';
import type { PickupOffer, SessionState } from '../app/pbx/port.ts';

/** What the owner of a headless companion can ask: one JSON object a line. */
export type ControlRequest =
  /** `account` is what app/settings/account.ts reads. The password is kept for this run only. */
  | { readonly op: 'signIn'; readonly account: unknown; readonly password: string }
  | { readonly op: 'dial' | 'pickup'; readonly id: number; readonly line: string; readonly target: string }
  | { readonly op: 'answer' | 'drop'; readonly id: number; readonly call: number }
  | { readonly op: 'stop' };

/** What it reports. */
export type ControlReport =
  | { readonly event: 'ready'; readonly endpoint: string; readonly node: string; readonly platform: string }
  | { readonly event: 'trace'; readonly entry: TraceEntry }
  | { readonly event: 'session'; readonly account: string; readonly session: SessionState }
  | {
      readonly event: 'lines';
      readonly lines: readonly { readonly key: string; readonly inService: boolean }[];
    }
  | { readonly event: 'call'; readonly call: Omit<Call, 'can'> & { readonly features: readonly string[] } }
  | { readonly event: 'offers'; readonly offers: readonly PickupOffer[] }
  | { readonly event: 'shims'; readonly count: number }
  | { readonly event: 'outcome'; readonly id: number; readonly outcome: CommandOutcome }
  | { readonly event: 'refused'; readonly problem: string };

/** Longest line that is read, in characters: an account may have 5,000 phones. */
export const MAX_CONTROL_LINE = 2_097_152;

const texts = (value: Record<string, unknown>, ...names: string[]): boolean =>
  names.every((name) => typeof value[name] === 'string');

const whole = (value: unknown, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** A line of the control channel; undefined when it is no request. */
export function parseRequest(line: string): ControlRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const request = value as Record<string, unknown>;
  const valid = {
    signIn: texts(request, 'password'),
    dial: texts(request, 'line', 'target') && whole(request['id'], Number.MAX_SAFE_INTEGER),
    pickup: texts(request, 'line', 'target') && whole(request['id'], Number.MAX_SAFE_INTEGER),
    answer: whole(request['call'], 0xffff_ffff) && whole(request['id'], Number.MAX_SAFE_INTEGER),
    drop: whole(request['call'], 0xffff_ffff) && whole(request['id'], Number.MAX_SAFE_INTEGER),
    stop: true,
  };
  const op = request['op'];
  return typeof op === 'string' && Object.hasOwn(valid, op) && valid[op as keyof typeof valid]
    ? (value as ControlRequest)
    : undefined;
}
