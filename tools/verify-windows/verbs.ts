/** The verbs a call can be asked for, and what each must do: what is offered works, what is not is refused. Pure. */
import type { CallVerb } from '../../app/calls/call.ts';
import { LINECALLFEATURE } from '../../app/tsp/tapi.ts';

export interface VerbTest {
  readonly verb: CallVerb;
  /** The command of lineprobe; the number of a call that is connected comes after its first word. */
  readonly command: string;
  /** What must come: a message, or a message and the state it tells of. */
  readonly expected: string;
  /** How the call is connected again; unset: it still is, or it is over. */
  readonly back?: string;
}

/** In an order in which one call can stand them all. */
export const connectedVerbs: readonly VerbTest[] = [
  { verb: 'generateDigits', command: 'digits 12#', expected: 'LINE_GENERATE' },
  { verb: 'hold', command: 'hold', expected: 'LINE_CALLSTATE ONHOLD', back: 'unhold' },
  {
    verb: 'setupTransfer',
    command: 'setuptransfer',
    expected: 'LINE_CALLSTATE ONHOLDPENDTRANSFER',
    back: 'unhold',
  },
  { verb: 'blindTransfer', command: 'blindtransfer 341', expected: 'LINE_CALLSTATE IDLE' },
];

/** The command for one call: `hold` becomes `hold 3`. */
export function commandFor(command: string, call: string): string {
  const [first = '', ...rest] = command.split(' ');
  return [first, call, ...rest].join(' ');
}

/** Whether a call's features, as lineprobe shows them, offer a verb. */
export const offers = (features: number, verb: CallVerb): boolean => (features & LINECALLFEATURE[verb]) !== 0;

/** What is wrong with the answer to a verb that is not offered; undefined when it was refused as it should. */
export function judgeRefusal(verb: string, error: string | undefined): string | undefined {
  const legal = ['LINEERR_OPERATIONUNAVAIL', 'LINEERR_INVALCALLSTATE'];
  if (error === undefined) return `${verb} is not offered, but was accepted`;
  return legal.includes(error) ? undefined : `${verb} is not offered and was refused with ${error}`;
}

/** Reads `0x…` of a line of lineprobe; 0 when there is none. */
export const bits = (value: unknown): number => (typeof value === 'string' ? Number(value) || 0 : 0);
