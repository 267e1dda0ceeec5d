import { describe, expect, it } from 'vitest';
import { signInTarget } from './account.ts';

const account = { host: ' pbx.example ', port: 5222, password: async () => '', resource: 'r' };

describe('signInTarget', () => {
  it.each([
    ['Anna', undefined, 'anna', 'mobydick'],
    ['anna@Stack7', undefined, 'anna', 'stack7'],
    ['anna@instance', 'pascom', 'anna', 'pascom'],
    [' anna@ ', undefined, 'anna', 'mobydick'],
    ['anna', ' PASCOM ', 'anna', 'pascom'],
    ['anna', '', 'anna', 'mobydick'],
  ])('takes user %j with domain %j (TAPI-27)', (user, domain, local, found) => {
    const target = signInTarget({ ...account, user, ...(domain === undefined ? {} : { domain }) });
    expect(target).toMatchObject({ user: local, domain: found, host: 'pbx.example' });
    expect(target).not.toHaveProperty('pinned');
  });

  it('compares a pin in whatever spelling it was kept', () => {
    const pinned = (pinnedCertificate: string) =>
      signInTarget({ ...account, user: 'a', pinnedCertificate }).pinned;
    expect(pinned('aa:bb')).toBe('AA:BB');
    expect(pinned('AABB')).toBe('AA:BB');
  });
});
