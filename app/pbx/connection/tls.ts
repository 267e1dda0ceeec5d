import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { Clock } from '../../clock.ts';
import { authorities } from './authorities.ts';
import { SessionFailure } from './failure.ts';
import { identityComplaint, judgeCertificate, presentedCertificate } from './trust.ts';

/** Whom a connection is encrypted with. */
export type TlsPeer = {
  /** Names that somebody typed: the certificate must be for one of them. What the server told is never among them. */
  readonly names: readonly string[];
  /**
   * A server with several certificates chooses by it (RFC 6066 section 3): the first of these that is no address. May
   * be empty.
   */
  readonly askedFor: readonly string[];
  /** The only certificate to accept, as `canonicalFingerprint` spells it. */
  readonly pinned?: string;
};

/** Waits after a TLS 1.3 handshake before anything is sent: ms, and the clock they pass on. */
export type PauseAfterTls13 = { readonly clock: Clock; readonly ms: number };

/**
 * Encrypts a connection (TLS 1.2 and up) and judges the server's certificate. Resolves with the socket to go on with,
 * which the caller has to listen to for errors at once; rejects with a SessionFailure about the certificate, or with
 * what Node said of the handshake: ECONNRESET where it was cut off.
 */
export function encrypt(plain: Socket, peer: TlsPeer, pause?: PauseAfterTls13): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      socket: plain,
      secureContext: authorities(),
      rejectUnauthorized: false, // judged below, where a pinned certificate counts
      checkServerIdentity: (_host, certificate) => identityComplaint(peer.names, certificate),
      ...serverName(peer.askedFor),
    });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(error);
    };
    const closed = () =>
      fail(Object.assign(new Error('closed in the TLS handshake'), { code: 'ECONNRESET' }));
    const done = () => {
      socket.off('error', fail);
      resolve(socket);
    };
    socket.on('error', fail);
    socket.on('close', closed);
    plain.on('close', closed);
    socket.once('secureConnect', () => {
      socket.off('close', closed);
      plain.off('close', closed);
      const objection = judge(socket, peer.pinned);
      if (objection) fail(objection);
      else if (!pause || socket.getProtocol() !== 'TLSv1.3') done();
      else pause.clock.after(pause.ms, done);
    });
  });
}

function serverName(names: readonly string[]): { servername?: string } {
  for (const name of names) {
    const ascii = isIP(name) > 0 ? '' : domainToASCII(name).replace(/\.$/, '');
    if (ascii !== '') return { servername: ascii };
  }
  return {};
}

function judge(socket: TLSSocket, pinned: string | undefined): SessionFailure | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate)
    return new SessionFailure({ code: 'noEncryption', stage: 'tls', detail: 'no certificate was shown' });
  const complaint = socket.authorized ? '' : String(socket.authorizationError);
  return judgeCertificate(presentedCertificate(certificate, complaint), pinned);
}
