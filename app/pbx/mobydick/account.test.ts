import { describe, expect, it } from 'vitest';
import { type MobydickAccount, signInTarget } from './account.ts';

const account = { host: ' pbx.example ', password: async () => '', resource: 'r' };
const target = (fields: Partial<MobydickAccount>) => signInTarget({ ...account, user: 'anna', ...fields });

describe('signInTarget', () => {
  it.each([
    ['Anna', 'anna', undefined],
    ['anna@Stack7', 'anna', 'stack7'],
    [' anna@ ', 'anna', undefined],
    ['ÄNNA MÜLLER@MÜLLER.de', 'änna müller', 'müller.de'],
    ['a\u0308nna', 'änna', undefined],
  ])('takes user %j apart (TAPI-27)', (user, local, instance) => {
    const { user: found, instance: after, host } = target({ user });
    expect({ found, after, host }).toEqual({ found: local, after: instance, host: 'pbx.example' });
  });

  it('knows what was set from what was not', () => {
    expect(target({})).toEqual({
      host: 'pbx.example',
      user: 'anna',
      resource: 'r',
      plainText: false,
      streamManagement: true,
      found: {},
    });
    expect(
      target({ port: 5223, domain: ' PASCOM ', plainText: true, streamManagement: false }),
    ).toMatchObject({
      port: 5223,
      domain: 'pascom',
      plainText: true,
      streamManagement: false,
    });
    expect(target({ domain: ' ' })).not.toHaveProperty('domain');
  });

  it('compares a pin in whatever spelling it was kept', () => {
    expect(target({ pinnedCertificate: 'aa:bb' }).pinned).toBe('AA:BB');
    expect(target({ pinnedCertificate: 'AABB' }).pinned).toBe('AA:BB');
  });
});
