import type { TlsPeer } from '../../connection/tls.ts';
import { canonicalFingerprint } from '../../connection/trust.ts';
import { type AsteriskAccount, PLAIN_PORT, TLS_PORT } from '../account.ts';

/** An account as the session needs it. */
export type SignInTarget = TlsPeer & {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly plainText: boolean;
};

export function signInTarget(account: AsteriskAccount): SignInTarget {
  const host = account.host.trim();
  const plainText = account.plainText === true;
  const { port = plainText ? PLAIN_PORT : TLS_PORT, pinnedCertificate } = account;
  return {
    host,
    port,
    user: account.user.trim(),
    plainText,
    names: [host],
    askedFor: [host],
    ...(pinnedCertificate === undefined ? {} : { pinned: canonicalFingerprint(pinnedCertificate) }),
  };
}
