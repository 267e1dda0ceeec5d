import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { WireLine } from '../../port.ts';
import type { SignInTarget } from '../account.ts';
import { note } from '../trace.ts';
import { type Attempt, type Reached, reach } from './reach.ts';

export type SocketSettings = Omit<Attempt, 'signal'> & {
  readonly target: SignInTarget;
  /** Something arrived: the peer lives. */
  readonly heard: () => void;
  readonly trace: (line: WireLine) => void;
};

/**
 * The socket the XMPP library gets: `connect` when TCP and TLS stand and the server serves a domain. It is no net.Socket,
 * so that the library's own, optional STARTTLS steps aside. Emits `data` with whole characters, `error` at most once,
 * and `close` exactly once, also when it is destroyed before it was ever connected.
 *
 * The first stream inside the encryption is opened by `reach`, for only there a server may tell which domain it serves.
 * The library opens the same one: its header is not sent again, and it gets what the server said to ours.
 */
export class SecureSocket extends EventEmitter {
  /** Read by the library. */
  secure = false;
  readonly #settings: SocketSettings;
  readonly #decoder = new StringDecoder('utf8');
  readonly #abort = new AbortController();
  #socket: Socket | undefined;
  /** Until the library has opened its stream. */
  #reached: Reached | undefined;
  #found: Pick<Reached, 'way' | 'domain'> | undefined;
  #closed = false;

  constructor(settings: SocketSettings) {
    super();
    this.#settings = settings;
  }

  /** The domain to open streams for; known from `connect` on. */
  get domain(): string {
    return this.#found?.domain ?? '';
  }

  connect(): void {
    const { target } = this.#settings;
    reach(target, { ...this.#settings, signal: this.#abort.signal }).then(
      (reached) => this.#ready(reached),
      (failure) => this.#fail(failure),
    );
  }

  #ready(reached: Reached): void {
    const { socket, secure, way, domain } = reached;
    if (this.#closed) {
      socket.destroy();
      return;
    }
    this.#reached = reached;
    this.#found = { way, domain };
    this.#socket = socket;
    this.secure = secure;
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#close());
    if (socket.destroyed) {
      this.#fail(new Error('the connection was closed'));
      return;
    }
    const encryption = secure ? `encrypted (${way.tls})` : 'NOT ENCRYPTED';
    this.#settings.trace(note('connected', `port ${way.port}, ${encryption}, domain ${domain}`));
    this.emit('connect');
  }

  /** The sign-in went well: the next one of this run begins with what this one found. */
  worked(): void {
    Object.assign(this.#settings.target.found, this.#found);
  }

  /** Called by the library: `done` gets the error when nothing could be written. */
  write(text: string, done: (error?: Error | null) => void): void {
    if (!this.#socket || this.#closed) done(new Error('not connected'));
    else if (this.#reached) this.#handOver(this.#reached, done);
    else this.#socket.write(text, done);
  }

  /** What is written is the library's header, and what was read is the answer to it. */
  #handOver({ socket, opening }: Reached, done: () => void): void {
    this.#reached = undefined;
    done();
    // The library listens for the server's header only when its own counts as written.
    this.#settings.ports.clock.after(0, () => {
      this.#take(opening);
      socket.on('data', (chunk: Buffer) => this.#take(chunk));
      socket.resume();
    });
  }

  #take(chunk: Buffer): void {
    this.#settings.heard();
    const text = this.#decoder.write(chunk);
    if (text === '' || this.#closed) return;
    try {
      this.emit('data', text);
    } catch (error) {
      this.#fail(error);
    }
  }

  end(): void {
    this.#socket?.end();
  }

  /** Lets go at once. `close` is emitted before this returns. */
  destroy(): void {
    this.#abort.abort();
    this.#socket?.destroy();
    this.#close();
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.emit('error', error);
    this.destroy();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close', true);
  }
}
