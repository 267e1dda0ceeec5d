/** One TCP connection: bytes in and out, the change to TLS, the restart of the stream. */
import type net from 'node:net';
import tls from 'node:tls';
import type { Certificate } from '../certificate.ts';
import { type ParserEvents, StreamParser } from './parser.ts';

export interface ConnectionEvents extends ParserEvents {
  onClose(): void;
}

const NOBODY: ConnectionEvents = {
  onOpen: () => undefined,
  onElement: () => undefined,
  onEnd: () => undefined,
  onBroken: () => undefined,
  onClose: () => undefined,
};

export class Connection {
  #events = NOBODY;
  #socket: net.Socket;
  #parser: StreamParser;
  #secure = false;
  #inHandshake = false;
  #silent = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    this.#parser = this.#newParser();
    this.#listen(socket);
  }

  get secure(): boolean {
    return this.#secure;
  }

  /** Has fallen silent, for good. */
  get silent(): boolean {
    return this.#silent;
  }

  /** Hands over: what comes from now on, the rest of the current chunk included, is told to `events` alone. */
  serve(events: ConnectionEvents): void {
    this.#events = events;
  }

  /** What comes from now on concerns nobody. */
  release(): void {
    this.#events = NOBODY;
  }

  write(data: string | Buffer): void {
    if (!this.#silent && this.#socket.writable) this.#socket.write(data);
  }

  restartStream(): void {
    this.#parser.stop();
    this.#parser = this.#newParser();
  }

  /** The server's side of TLS; with STARTTLS to be called after `<proceed/>` has been written. */
  upgrade(certificate: Certificate): void {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    plain.removeAllListeners('close');
    this.restartStream();
    const secure = new tls.TLSSocket(plain, {
      isServer: true,
      key: certificate.keyPem,
      cert: certificate.certPem,
    });
    this.#inHandshake = true;
    secure.once('secure', () => {
      this.#inHandshake = false;
    });
    this.#socket = secure;
    this.#secure = true;
    this.#listen(secure);
  }

  /** Takes in what comes and understands none of it, and says nothing any more, as a hung server does. */
  fallSilent(): void {
    this.#silent = true;
    this.#parser.stop();
  }

  /** Reads nothing more and closes once everything is written. In a TLS handshake nothing can be. */
  close(): void {
    this.#parser.stop();
    if (this.#inHandshake) this.#socket.destroy();
    else this.#socket.destroySoon();
  }

  /** Closes at once, what is still to be written is lost. */
  cut(): void {
    this.#parser.stop();
    this.#socket.destroy();
  }

  /** Whoever is served when something comes hears it, not who was served when the stream began. */
  #newParser(): StreamParser {
    return new StreamParser({
      onOpen: (header) => this.#events.onOpen(header),
      onElement: (element) => this.#events.onElement(element),
      onEnd: () => this.#events.onEnd(),
      onBroken: (condition) => this.#events.onBroken(condition),
    });
  }

  #listen(socket: net.Socket): void {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#parser.write(chunk));
    // Node throws an error nobody listens to; `close` follows every error and says enough.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#parser.stop();
      this.#events.onClose();
    });
  }
}
