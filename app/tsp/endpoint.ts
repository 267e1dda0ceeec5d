import type { Duplex } from 'node:stream';

/** One connected shim, before it has said anything. */
export type ShimConnection = {
  readonly stream: Duplex;
  /** Who connected, for diagnostics: a process id where the system tells one. */
  readonly peer: string;
};

/** Where shims connect to: a named pipe on Windows, a Unix socket elsewhere. */
export type Endpoint = {
  /**
   * Rejects with a sentence when the name is taken or the system refuses. `onFailure` is called when it can take no more
   * connections later on; those that are there stay.
   */
  readonly listen: (
    onConnection: (connection: ShimConnection) => void,
    onFailure: (error: Error) => void,
  ) => Promise<void>;
  /** Takes no more connections. The connected ones are their owner's to close. */
  readonly close: () => Promise<void>;
  /** The endpoint's name, for diagnostics. */
  readonly name: string;
};
