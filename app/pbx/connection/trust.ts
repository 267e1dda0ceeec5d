import type { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { checkServerIdentity } from 'node:tls';
import type { Certificate } from '../port.ts';
import { SessionFailure } from './failure.ts';

/** Characters of what a certificate says of itself: more is cut. */
const MAX_CERTIFICATE_TEXT = 256;

/** A fingerprint in one spelling, so that pins compare whatever way they were written down. */
export function canonicalFingerprint(fingerprint: string): string {
  const digits = fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  return (digits.match(/.{2}/g) ?? []).join(':');
}

/**
 * A certificate as presented. Its texts are the server's: they are cut, and lose what a terminal or a window would act
 * on instead of showing it.
 * @param complaint what the authorities say against it; empty when one vouches for it and it names the server
 */
export function presentedCertificate(
  certificate: Pick<X509Certificate, 'fingerprint256' | 'subject' | 'issuer' | 'validFrom' | 'validTo'>,
  complaint: string,
): Certificate {
  return {
    fingerprint: canonicalFingerprint(certificate.fingerprint256),
    subject: shown(certificate.subject),
    issuer: shown(certificate.issuer),
    validFrom: time(certificate.validFrom),
    validTo: time(certificate.validTo),
    complaint: shown(complaint),
  };
}

/** A certificate without a subject has none in Node either, whatever its types say. */
function shown(text: string | undefined): string {
  const line = (text ?? '').trim().replaceAll('\n', ', ').replaceAll(/\p{C}/gu, '');
  const characters = [...line];
  return characters.length > MAX_CERTIFICATE_TEXT
    ? `${characters.slice(0, MAX_CERTIFICATE_TEXT - 1).join('')}…`
    : line;
}

/** A certificate may hold a date that is none. */
const time = (text: string): number => Date.parse(text) || 0;

/**
 * Whether to go on with this certificate. A pinned one must match exactly, whatever the authorities say; without a pin
 * they decide. Somebody looked at the pinned one and gave his word for it, so its dates do not count any more either: a
 * PBX makes its own certificate once, nobody sees it expire, and it protects after that day as it did before.
 * @returns the reason to stop, or undefined to go on.
 */
export function judgeCertificate(
  certificate: Certificate,
  pinned: string | undefined,
): SessionFailure | undefined {
  const { fingerprint, subject, complaint } = certificate;
  if (pinned === fingerprint) return undefined;
  const problem = { stage: 'tls', certificate } as const;
  if (pinned !== undefined) {
    const opinion = complaint === '' ? 'an authority vouches for it' : complaint;
    const detail = `${subject}: not the certificate that was accepted (${opinion})`;
    return new SessionFailure({ ...problem, code: 'certificateChanged', detail }, 'never');
  }
  if (complaint === '') return undefined;
  const detail = `${subject}: ${complaint}`;
  return new SessionFailure({ ...problem, code: 'certificateUntrusted', detail }, 'never');
}

/**
 * The certificate may name any of `names`: the host or the domain that somebody typed (RFC 6125 section 6.2.1). A name
 * that the server told never is one of them.
 */
export function identityComplaint(names: readonly string[], certificate: PeerCertificate): Error | undefined {
  const complaints = names.map((name) => checkServerIdentity(name, certificate));
  return complaints.includes(undefined) ? undefined : complaints[0];
}
