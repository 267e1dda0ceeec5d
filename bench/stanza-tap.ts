import { TLSSocket } from 'node:tls';

/** A stanza as it went to the system. */
export type Written = { readonly atUs: number; readonly bytes: number };

type Chunk = { readonly chunk: unknown };
type Method = (this: TLSSocket, ...parameters: unknown[]) => void;

/**
 * Notes the moment a ChannelEvent leaves through a TLS socket: after it waited for what was written before it, and
 * before it is encrypted. The embedded PBX, which has all such sockets of this process, has no place to ask for that.
 */
export class StanzaTap {
  readonly #now: () => number;
  #written: ((written: Written) => void) | undefined;

  /** @param now µs */
  constructor(now: () => number) {
    this.#now = now;
    // The two functions of a Node stream that write, whether one piece or several at once.
    this.#wrap('_write', ([chunk]) => [chunk]);
    this.#wrap('_writev', ([chunks]) => (chunks as Chunk[]).map(({ chunk }) => chunk));
  }

  /** Lets `act` make the PBX send a ChannelEvent. @returns the first one that leaves */
  after(act: () => void): Promise<Written> {
    const { promise, resolve } = Promise.withResolvers<Written>();
    this.#written = resolve;
    act();
    return promise;
  }

  /** Leaves the sockets as they were. */
  close(): void {
    Reflect.deleteProperty(TLSSocket.prototype, '_write');
    Reflect.deleteProperty(TLSSocket.prototype, '_writev');
  }

  #wrap(name: '_write' | '_writev', texts: (parameters: unknown[]) => unknown[]): void {
    const inner = TLSSocket.prototype[name] as Method;
    const note = (parameters: unknown[]): void => texts(parameters).forEach((text) => void this.#note(text));
    const value: Method = function (...parameters) {
      note(parameters);
      inner.apply(this, parameters);
    };
    Object.defineProperty(TLSSocket.prototype, name, { configurable: true, writable: true, value });
  }

  #note(text: unknown): void {
    if (typeof text !== 'string' || !text.includes('ChannelEvent')) return;
    this.#written?.({ atUs: this.#now(), bytes: Buffer.byteLength(text) });
    this.#written = undefined;
  }
}
