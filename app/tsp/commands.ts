import type { NumberVerb, PairVerb, Verb } from '../../contract/generated/shim.ts';
import type { LineError } from './tapi.ts';

/** The one answer to a request of a shim. Called once, and before the call it names is published. */
export type Reply = (
  result: { readonly ok: true; readonly call: number } | { readonly ok: false; readonly error: LineError },
) => void;

/** A request that can still be given up. */
export type Pending = { readonly cancel: () => void };

/** What a shim can ask. Lines and calls are named by their ids on the link. */
export type LineCommands = {
  readonly makeCall: (line: number, target: string, reply: Reply) => Pending;
  /** A call without a number, or with the first part of one: `dial` gives the rest. */
  readonly makeCallPart: (line: number, target: string, reply: Reply) => Pending;
  readonly pickup: (line: number, target: string, reply: Reply) => Pending;
  /** What rings in a pickup group; an empty name is the line's own. */
  readonly pickupGroup: (line: number, group: string, reply: Reply) => Pending;
  /** A consultation call beside `call`, to `target` or, where that is empty, with `dial` to follow. */
  readonly setupTransfer: (call: number, target: string, reply: Reply) => Pending;
  readonly command: (call: number, verb: Verb, reply: Reply) => void;
  /** dial: empty when the parts before were the whole number. */
  readonly commandNumber: (call: number, verb: NumberVerb, target: string, reply: Reply) => void;
  /** swapHold: `other` is the held call. completeTransfer: it is the consultation call. */
  readonly commandPair: (call: number, verb: PairVerb, other: number, reply: Reply) => void;
  /** DTMF digits, each `duration` ms long. Answered when all were sent. */
  readonly generateDigits: (call: number, digits: string, duration: number, reply: Reply) => Pending;
};
