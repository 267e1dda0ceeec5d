import type { PeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { canonicalFingerprint, identityComplaint, judgeCertificate, presentedCertificate } from './trust.ts';

const good = {
  fingerprint: 'AA:BB',
  subject: 'CN=pbx',
  issuer: 'CN=ca',
  validFrom: 0,
  validTo: 1,
  complaint: '',
};
const unknown = { ...good, complaint: 'DEPTH_ZERO_SELF_SIGNED_CERT' };

describe('judgeCertificate', () => {
  it('lets in what an authority vouches for, or what is pinned', () => {
    expect(judgeCertificate(good, undefined)).toBeUndefined();
    expect(judgeCertificate(unknown, 'AA:BB')).toBeUndefined();
    expect(judgeCertificate(good, 'AA:BB')).toBeUndefined();
  });

  it('lets in a pinned one that has expired', () => {
    expect(judgeCertificate({ ...good, complaint: 'CERT_HAS_EXPIRED' }, 'AA:BB')).toBeUndefined();
    expect(judgeCertificate({ ...good, complaint: 'CERT_HAS_EXPIRED' }, undefined)).toMatchObject({
      problem: { code: 'certificateUntrusted' },
    });
  });

  it('stops at an unknown one, and shows it for the question', () => {
    expect(judgeCertificate(unknown, undefined)).toMatchObject({
      problem: { code: 'certificateUntrusted', stage: 'tls', certificate: unknown },
      retry: 'never',
    });
  });

  it('stops at any other than the pinned one, and says what the authorities say to it', () => {
    for (const [presented, opinion] of [
      [good, 'an authority vouches for it'],
      [unknown, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ] as const)
      expect(judgeCertificate(presented, 'CC:DD')).toMatchObject({
        problem: {
          code: 'certificateChanged',
          certificate: presented,
          detail: expect.stringContaining(opinion),
        },
        retry: 'never',
      });
  });
});

describe('presentedCertificate', () => {
  it('reads a certificate', () => {
    const x509 = {
      fingerprint256: 'aa:bb',
      subject: 'C=DE\nCN=pbx.example',
      issuer: 'CN=ca',
      validFrom: 'Jan  2 03:04:05 2026 GMT',
      validTo: 'Jan  2 03:04:05 2030 GMT',
    };
    expect(presentedCertificate(x509, 'x')).toEqual({
      fingerprint: 'AA:BB',
      subject: 'C=DE, CN=pbx.example',
      issuer: 'CN=ca',
      validFrom: Date.UTC(2026, 0, 2, 3, 4, 5),
      validTo: Date.UTC(2030, 0, 2, 3, 4, 5),
      complaint: 'x',
    });
  });

  it('bounds what the server wrote, and takes out what is no text', () => {
    const { subject, issuer, validFrom } = presentedCertificate(
      {
        fingerprint256: 'aa',
        subject: 'C=DE\nCN=\u202ecod.exe\u0007\u001b[2J',
        issuer: '😀'.repeat(1_000),
        validFrom: 'Bad time value',
        validTo: 'Jan  2 03:04:05 2030 GMT',
      },
      '',
    );
    expect(subject).toBe('C=DE, CN=cod.exe[2J');
    expect([...issuer]).toHaveLength(256);
    expect(issuer.isWellFormed()).toBe(true);
    expect(validFrom).toBe(0);
  });
});

describe('identityComplaint', () => {
  const names = (...dns: string[]) =>
    ({
      subject: { CN: 'other' },
      subjectaltname: dns.map((each) => `DNS:${each}`).join(', '),
    }) as PeerCertificate;

  it('takes a certificate for any name that somebody typed', () => {
    expect(identityComplaint(['stack7', 'pbx.example'], names('pbx.example'))).toBeUndefined();
    expect(identityComplaint(['stack7', 'pbx.example'], names('stack7'))).toBeUndefined();
    expect(identityComplaint(['müller.de'], names('xn--mller-kva.de'))).toBeUndefined();
    expect(identityComplaint(['stack7', 'pbx.example'], names('mobydick'))).toBeInstanceOf(Error);
    expect(identityComplaint(['10.1.2.3'], names('pbx.example'))).toBeInstanceOf(Error);
  });
});

it('knows a fingerprint in any spelling', () => {
  for (const spelling of ['aa:bb:0c', 'AABB0C', 'aa bb 0c', 'AA-BB-0C'])
    expect(canonicalFingerprint(spelling)).toBe('AA:BB:0C');
});
