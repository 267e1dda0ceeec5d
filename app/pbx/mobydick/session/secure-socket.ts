import { EventEmitter } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Timer } from '../../../clock.ts';
import type { SignInTarget } from '../account.ts';
import type { MobydickPorts } from '../ports.ts';
import { authorities } from './authorities.ts';
import { SessionFailure } from './failure.ts';
import { negotiateStartTls } from './starttls.ts';
import { canonicalFingerprint, identityComplaint, judgeCertificate } from './trust.ts';

/** Openfire with TLS 1.3 drops what arrives together with the client's last handshake message. */
const AFTER_TLS13 = 1;
const TCP_KEEP_ALIVE = 30_000;

export type SocketSettings = {
  readonly target: SignInTarget;
  readonly ports: MobydickPorts;
  /** ms for finding the host and reaching its port. */
  readonly connectDeadline: number;
  readonly stage: (stage: 'connect' | 'tls') => void;
  /** Something arrived: the peer lives. */
  readonly heard: () => void;
};

/**
 * The socket the XMPP library gets: TCP, STARTTLS and TLS in one, `connect` when all of it stands. It is no net.Socket,
 * so that the library's own, optional STARTTLS steps aside. Emits `data` with whole characters, `error` at most once,
 * and `close` exactly once, also when it is destroyed before it was ever connected.
 */
export class SecureSocket extends EventEmitter {
  /** Read by the library. */
  secure = false;
  readonly #settings: SocketSettings;
  readonly #decoder = new StringDecoder('utf8');
  #socket: Socket | undefined;
  #closed = false;
  #deadline: Timer | undefined;

  constructor(settings: SocketSettings) {
    super();
    this.#settings = settings;
  }

  connect(): void {
    const { target, ports, connectDeadline, stage } = this.#settings;
    const detail = `no connection within ${connectDeadline} ms`;
    this.#deadline = ports.clock.after(connectDeadline, () =>
      this.#fail(new SessionFailure({ code: 'unreachable', stage: 'connect', detail })),
    );
    const socket = ports.connect(target.host, target.port);
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#close());
    // It comes for a name that nobody knows, too.
    socket.once('lookup', (error: Error | null) => {
      if (!error) stage('connect');
    });
    if (isIP(target.host) > 0) stage('connect');
    socket.once('connect', () => {
      this.#deadline?.cancel();
      // Wine refuses a connection that asks for keep-alive before it is there.
      socket.setKeepAlive(true, TCP_KEEP_ALIVE);
      stage('tls');
      negotiateStartTls(socket, target.domain).then(
        () => this.#upgrade(socket),
        (failure) => this.#fail(failure),
      );
    });
  }

  #upgrade(plain: Socket): void {
    if (this.#closed) return;
    const { target, ports } = this.#settings;
    const socket = connectTls({
      socket: plain,
      secureContext: authorities(),
      rejectUnauthorized: false, // judged below, where a pinned certificate counts
      checkServerIdentity: (_host, certificate) => identityComplaint(target.domain, target.host, certificate),
      ...(isIP(target.domain) > 0 ? {} : { servername: target.domain }),
    });
    this.#socket = socket;
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#close());
    socket.once('secureConnect', () => {
      const objection = this.#judge(socket);
      if (objection) return this.#fail(objection);
      ports.clock.after(socket.getProtocol() === 'TLSv1.3' ? AFTER_TLS13 : 0, () => this.#ready(socket));
    });
  }

  #judge(socket: TLSSocket): SessionFailure | undefined {
    const certificate = socket.getPeerX509Certificate();
    if (!certificate)
      return new SessionFailure({ code: 'noEncryption', stage: 'tls', detail: 'no certificate was shown' });
    return judgeCertificate(
      {
        fingerprint: canonicalFingerprint(certificate.fingerprint256),
        subject: certificate.subject?.replaceAll('\n', ', ') ?? '',
        complaint: socket.authorized ? '' : String(socket.authorizationError),
      },
      this.#settings.target.pinned,
    );
  }

  #ready(socket: TLSSocket): void {
    if (this.#closed) return;
    this.secure = true;
    socket.on('data', (chunk: Buffer) => {
      this.#settings.heard();
      const text = this.#decoder.write(chunk);
      if (text === '' || this.#closed) return;
      try {
        this.emit('data', text);
      } catch (error) {
        this.#fail(error);
      }
    });
    this.emit('connect');
  }

  /** Called by the library: `done` gets the error when nothing could be written. */
  write(text: string, done: (error?: Error | null) => void): void {
    if (this.#socket && !this.#closed) this.#socket.write(text, done);
    else done(new Error('not connected'));
  }

  end(): void {
    this.#socket?.end();
  }

  /** Lets go at once. `close` is emitted before this returns. */
  destroy(): void {
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
    this.#deadline?.cancel();
    this.emit('close', true);
  }
}
