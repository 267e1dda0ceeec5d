import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import type { Rig } from '../rig/rig.ts';

/** Where the person of the demo sits: at a companion without a window, or at the application's own windows. */
export type Seat = {
  /** How the companion runs, in words. */
  readonly title: string;
  /** Starts the companion. `serveShim` false: TAPI programs are not served. */
  readonly start: (rig: Rig, serveShim: boolean) => Promise<void>;
  /** Signs Anna in; resolves when she is online. */
  readonly signIn: (rig: Rig) => Promise<void>;
  /** Resolves when the shim is connected. */
  readonly linked: () => Promise<void>;
  /** Answers the call that rings. */
  readonly answer: () => Promise<void>;
  /** Resolves when a colleague's call is on offer. */
  readonly offered: () => Promise<void>;
  /** Takes the call on offer. */
  readonly pickUp: () => Promise<void>;
  /** How far the trace is. */
  readonly mark: () => Promise<number>;
  /** The steps of the first call after a mark, in their order; none when there was no call. */
  readonly steps: (mark: number) => Promise<readonly TraceEntry[]>;
  /** Ends the companion. */
  readonly stop: () => Promise<void>;
};

/** How long one thing may take that a person waits for, in ms. */
export const STEP_MS = 5_000;
