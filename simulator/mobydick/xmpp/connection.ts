/** One TCP connection: bytes in and out, the change to TLS, the restart of the stream. */
import type net from 'node:net';
import tls from 'node:tls';
import type { Certificate } from '../certificate.ts';
import { type ParserEvents, StreamParser } from './parser.ts';

export interface ConnectionEvents extends ParserEvents {
  onClose(): void;
}

export class Connection {
  readonly #events: ConnectionEvents;
  #socket: net.Socket;
  #parser: StreamParser;
  #secure = false;
  #inHandshake = false;

  constructor(socket: net.Socket, events: ConnectionEvents) {
    this.#events = events;
    this.#socket = socket;
    this.#parser = new StreamParser(events);
    this.#listen(socket);
  }

  get secure(): boolean {
    return this.#secure;
  }

  write(xml: string): void {
    if (this.#socket.writable) this.#socket.write(xml);
  }

  restartStream(): void {
    this.#parser.stop();
    this.#parser = new StreamParser(this.#events);
  }

  /** The server's side of STARTTLS; call after `<proceed/>` has been written. */
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

  /** Takes in what comes and understands none of it, as a hung server does. */
  fallDeaf(): void {
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
