import type { Duplex } from 'node:stream';

/** One connected shim, before it has said anything. */
export type ShimConnection = {
  readonly stream: Duplex;
  /** Who connected, for diagnostics: a process id where the system tells one. */
  readonly peer: string;
};

/** What an endpoint tells its owner. */
export type EndpointListener = {
  readonly connected: (connection: ShimConnection) => void;
  /** Somebody connected who may not; he was turned away, and the endpoint listens on. */
  readonly refused: (peer: string, reason: string) => void;
  /** It can take no more connections; those that are there stay. */
  readonly failed: (error: Error) => void;
};

/** Where shims connect to: a named pipe on Windows, a Unix socket elsewhere. */
export type Endpoint = {
  /** Rejects with a sentence when the name is taken or the system refuses. */
  readonly listen: (listener: EndpointListener) => Promise<void>;
  /** Takes no more connections. The connected ones are their owner's to close. */
  readonly close: () => Promise<void>;
  /** The endpoint's name, for diagnostics. */
  readonly name: string;
};
