import { describe, expect, it } from 'vitest';
import { canonicalFingerprint, judgeCertificate } from './trust.ts';

const good = { fingerprint: 'AA:BB', subject: 'CN=pbx', complaint: '' };
const unknown = { ...good, complaint: 'DEPTH_ZERO_SELF_SIGNED_CERT' };

describe('judgeCertificate', () => {
  it('lets in what an authority vouches for, or what is pinned', () => {
    expect(judgeCertificate(good, undefined)).toBeUndefined();
    expect(judgeCertificate(unknown, 'AA:BB')).toBeUndefined();
    expect(judgeCertificate(good, 'AA:BB')).toBeUndefined();
  });

  it('stops at an unknown one, with its fingerprint for the question', () => {
    expect(judgeCertificate(unknown, undefined)).toMatchObject({
      problem: { code: 'certificateUntrusted', stage: 'tls', fingerprint: 'AA:BB' },
      retry: 'never',
    });
  });

  it('stops at any other than the pinned one, whatever the authorities say', () => {
    for (const presented of [good, unknown])
      expect(judgeCertificate(presented, 'CC:DD')).toMatchObject({
        problem: { code: 'certificateChanged', fingerprint: 'AA:BB' },
        retry: 'never',
      });
  });
});

it('knows a fingerprint in any spelling', () => {
  for (const spelling of ['aa:bb:0c', 'AABB0C', 'aa bb 0c', 'AA-BB-0C'])
    expect(canonicalFingerprint(spelling)).toBe('AA:BB:0C');
});
