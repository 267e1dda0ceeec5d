import { describe, expect, it } from 'vitest';
import { serverText } from '../settings/account-key.ts';
import { checkCredentials, resourceHere } from './credentials.ts';

describe('the server as people type it', () => {
  it('is shown as it was typed', () => {
    expect(serverText('pbx', undefined)).toBe('pbx');
    expect(serverText('pbx', 5222)).toBe('pbx:5222');
    expect(serverText('fe80::1', 5223)).toBe('[fe80::1]:5223');
    expect(serverText('fe80::1', undefined)).toBe('fe80::1');
  });
});

describe('credentials', () => {
  const typed = { server: 'pbx.example.com', user: 'Anna', password: 'secret' };

  it('become settings, without the password', () => {
    const checked = checkCredentials(typed, 'tapline-1', 'en');
    expect(checked).toEqual({
      ok: true,
      account: {
        kind: 'mobydick',
        key: 'anna@pbx.example.com',
        host: 'pbx.example.com',
        user: 'Anna',
        resource: 'tapline-1',
      },
    });
    expect(JSON.stringify(checked)).not.toContain('secret');
  });

  it('carry a domain where the user was asked for one', () => {
    expect(checkCredentials({ ...typed, domain: 'acme' }, 'tapline-1', 'en')).toMatchObject({
      ok: true,
      account: { domain: 'acme', key: 'anna@pbx.example.com' },
    });
    const wrong = checkCredentials({ ...typed, domain: 'a b' }, 'tapline-1', 'en');
    expect(!wrong.ok && wrong.why).toMatch(/^The XMPP domain /);
  });

  it('of an Asterisk become its settings', () => {
    const asterisk = { context: 'office', phones: 'PJSIP/831 831 Jan Lorenz' };
    const checked = (change: object = {}, server = 'pbx.example.com') =>
      checkCredentials({ ...typed, server, asterisk: { ...asterisk, ...change } }, 'tapline-1', 'en');
    const account = {
      kind: 'asterisk',
      key: 'asterisk:anna@pbx.example.com',
      host: 'pbx.example.com',
      user: 'Anna',
      context: 'office',
      lines: [{ name: 'PJSIP/831', channel: 'PJSIP/831', extension: '831', person: 'Jan Lorenz' }],
    };
    expect(checked()).toEqual({ ok: true, account });
    expect(checked({ plainText: true })).toEqual({ ok: true, account: { ...account, plainText: true } });
    // With and without encryption it is the same server, and the same account.
    for (const port of [5038, 5039])
      expect(checked({}, `pbx.example.com:${port}`)).toEqual({ ok: true, account: { ...account, port } });
    const wrong = checked({ phones: 'PJSIP/831\n832' });
    expect(!wrong.ok && wrong.why).toMatch(/^Line 2: This is no phone/);
  });

  it('of the same account give the same key, of another one another', () => {
    const key = (change: Partial<typeof typed>) => {
      const checked = checkCredentials({ ...typed, ...change }, 'tapline-1', 'en');
      return checked.ok ? checked.account.key : checked.why;
    };
    expect(key({ user: ' ANNA ', server: 'PBX.example.com:5222' })).toBe('anna@pbx.example.com');
    expect(key({ server: 'pbx.example.com:5223' })).toBe('anna@pbx.example.com:5223');
    const long = key({ user: 'a'.repeat(300) });
    expect(long).toMatch(/^[0-9a-f]{64}$/);
    expect(key({ user: 'b'.repeat(300) })).not.toBe(long);
  });

  it.each(['pbx:port', 'pbx:', 'pbx:99999', 'xmpp://pbx', 'a b'])(
    'are refused with %s as a server',
    (server) => {
      const english = checkCredentials({ ...typed, server }, 'tapline-1', 'en');
      const german = checkCredentials({ ...typed, server }, 'tapline-1', 'de');
      expect(!english.ok && english.why).toMatch(/^The (server|port) .*[.]$/);
      expect(!german.ok && german.why).toMatch(/^Der (Server|Port) .*[.]$/);
    },
  );
});

describe('the resource', () => {
  it('is the same at each start and another in another Windows session', () => {
    expect(resourceHere(1)).toBe(resourceHere(1));
    expect(resourceHere(1)).not.toBe(resourceHere(2));
    expect(resourceHere(0)).toMatch(/^tapline-[0-9a-f]{12}$/);
  });
});
