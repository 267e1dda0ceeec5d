import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { Clock } from '../../../clock.ts';
import type { SignInTarget } from '../account.ts';
import { authorities } from './authorities.ts';
import { failureOf, SessionFailure } from './failure.ts';
import { identityComplaint, judgeCertificate, presentedCertificate } from './trust.ts';
import { type Way, WayRefused } from './ways.ts';

/** Openfire with TLS 1.3 drops what arrives together with the client's last handshake message. */
const AFTER_TLS13 = 1;

/** What OpenSSL and BoringSSL say of an answer that is no TLS at all. */
const NOT_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ECONNRESET'];

/**
 * Encrypts a connection (TLS 1.2 and up) and judges the server's certificate. Resolves with the socket to go on with;
 * rejects with the SessionFailure that tells the trouble, or, where TLS comes first (`direct`), with a WayRefused when
 * what answers is no TLS: the server may expect STARTTLS.
 */
export function encrypt(
  plain: Socket,
  kind: Way['tls'],
  target: SignInTarget,
  clock: Clock,
): Promise<TLSSocket> {
  const names = typedNames(target);
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      socket: plain,
      secureContext: authorities(),
      rejectUnauthorized: false, // judged below, where a pinned certificate counts
      checkServerIdentity: (_host, certificate) => identityComplaint(names, certificate),
      ...serverName(target),
    });
    const fail = (error: unknown) => {
      socket.destroy();
      const failure = failureOf(error, 'tls');
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const otherKind = kind === 'direct' && NOT_TLS.includes(code);
      reject(otherKind ? new WayRefused('otherKind', failure) : failure);
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
      const objection = judge(socket, target.pinned);
      if (objection) fail(objection);
      else if (socket.getProtocol() !== 'TLSv1.3') done();
      else clock.after(AFTER_TLS13, done);
    });
  });
}

/** The names that somebody typed. What the server told of its domain is not among them. */
const typedNames = ({ host, domain, instance }: SignInTarget): readonly string[] =>
  [domain ?? instance, host].flatMap((name) => name ?? []);

/**
 * A server with several certificates chooses by it (RFC 6066 section 3): the domain, where it is known for one, else the
 * server's name. An address is no name.
 */
function serverName({ host, domain, instance }: SignInTarget): { servername?: string } {
  const known = domain ?? (instance?.includes('.') ? instance : undefined);
  const [name] = [known, host, instance].flatMap((each) => {
    const ascii = each === undefined || isIP(each) > 0 ? '' : domainToASCII(each).replace(/\.$/, '');
    return ascii === '' ? [] : [ascii];
  });
  return name === undefined ? {} : { servername: name };
}

function judge(socket: TLSSocket, pinned: string | undefined): SessionFailure | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate)
    return new SessionFailure({ code: 'noEncryption', stage: 'tls', detail: 'no certificate was shown' });
  const complaint = socket.authorized ? '' : String(socket.authorizationError);
  return judgeCertificate(presentedCertificate(certificate, complaint), pinned);
}
