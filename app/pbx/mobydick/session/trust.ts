import type { PeerCertificate } from 'node:tls';
import { checkServerIdentity } from 'node:tls';
import { SessionFailure } from './failure.ts';

/** A fingerprint in one spelling, so that pins compare whatever way they were written down. */
export function canonicalFingerprint(fingerprint: string): string {
  const digits = fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  return (digits.match(/.{2}/g) ?? []).join(':');
}

/** A certificate as presented, and what the certificate authorities say to it. */
export type Presented = {
  /** SHA-256, in the spelling of `canonicalFingerprint`. */
  readonly fingerprint: string;
  readonly subject: string;
  /** Empty when an authority vouches for it and it names the domain or the host. */
  readonly complaint: string;
};

/**
 * Whether to go on with this certificate: a pinned one must match exactly, whatever the authorities say; without a pin
 * they decide.
 * @returns the reason to stop, or undefined to go on.
 */
export function judgeCertificate(
  presented: Presented,
  pinned: string | undefined,
): SessionFailure | undefined {
  const { fingerprint, subject, complaint } = presented;
  if (pinned === fingerprint) return undefined;
  if (pinned !== undefined)
    return new SessionFailure(
      {
        code: 'certificateChanged',
        stage: 'tls',
        detail: `${subject}: not the certificate that was accepted`,
        fingerprint,
      },
      'never',
    );
  if (complaint === '') return undefined;
  return new SessionFailure(
    { code: 'certificateUntrusted', stage: 'tls', detail: `${subject}: ${complaint}`, fingerprint },
    'never',
  );
}

/** The certificate may name the XMPP domain (RFC 6125) or the host that the user typed: a PBX is often known by that. */
export function identityComplaint(
  domain: string,
  host: string,
  certificate: PeerCertificate,
): Error | undefined {
  return checkServerIdentity(domain, certificate) && checkServerIdentity(host, certificate);
}
