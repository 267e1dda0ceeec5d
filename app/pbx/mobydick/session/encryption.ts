import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../../clock.ts';
import { encrypt } from '../../connection/tls.ts';
import type { SignInTarget } from '../account.ts';
import { failureOf } from './failure.ts';
import { type Way, WayRefused } from './ways.ts';

/** Openfire with TLS 1.3 drops what arrives together with the client's last handshake message. */
const AFTER_TLS13 = 1;

/** What OpenSSL and BoringSSL say of an answer that is no TLS at all. */
const NOT_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ECONNRESET'];

/**
 * Encrypts a connection to an XMPP server. Rejects with the SessionFailure that tells the trouble, or, where TLS comes
 * first (`direct`), with a WayRefused when what answers is no TLS: the server may expect STARTTLS.
 */
export async function encryptWay(
  plain: Socket,
  kind: Way['tls'],
  { host, domain, instance, pinned }: SignInTarget,
  clock: Clock,
): Promise<TLSSocket> {
  const typed = (names: readonly (string | undefined)[]) => names.flatMap((name) => name ?? []);
  const peer = {
    names: typed([domain ?? instance, host]),
    // The domain, where it is known for one, else the server's name.
    askedFor: typed([domain ?? (instance?.includes('.') ? instance : undefined), host, instance]),
    ...(pinned === undefined ? {} : { pinned }),
  };
  try {
    return await encrypt(plain, peer, { clock, ms: AFTER_TLS13 });
  } catch (error) {
    const failure = failureOf(error, 'tls');
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw kind === 'direct' && NOT_TLS.includes(code) ? new WayRefused('otherKind', failure) : failure;
  }
}
