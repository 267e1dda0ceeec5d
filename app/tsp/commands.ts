import type { Verb } from '../../contract/generated/shim.ts';
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
  readonly pickup: (line: number, target: string, reply: Reply) => Pending;
  readonly command: (call: number, verb: Verb, reply: Reply) => void;
};
