import { describe, expect, it } from 'vitest';
import { checkCredentials, resourceHere, serverText, splitServer } from './credentials.ts';

describe('the server as people type it', () => {
  it.each([
    ['pbx.example.com', 'pbx.example.com', 5222],
    ['  pbx.example.com:5223 ', 'pbx.example.com', 5223],
    ['10.1.2.3:5222', '10.1.2.3', 5222],
    ['[fe80::1]:5230', 'fe80::1', 5230],
    ['[fe80::1]', 'fe80::1', 5222],
    ['fe80::1', 'fe80::1', 5222],
  ])('%s', (typed, host, port) => {
    expect(splitServer(typed)).toEqual({ host, port });
  });

  it('is shown without the usual port', () => {
    expect(serverText({ host: 'pbx', port: 5222 })).toBe('pbx');
    expect(serverText({ host: 'pbx', port: 5223 })).toBe('pbx:5223');
    expect(serverText({ host: 'fe80::1', port: 5223 })).toBe('[fe80::1]:5223');
  });
});

describe('credentials', () => {
  const typed = { server: 'pbx.example.com', user: 'Anna', password: 'secret' };

  it('become settings, without the password', () => {
    const checked = checkCredentials(typed, 'tapline-1', 'en');
    expect(checked).toEqual({
      ok: true,
      account: {
        key: 'anna@pbx.example.com',
        host: 'pbx.example.com',
        port: 5222,
        user: 'Anna',
        resource: 'tapline-1',
      },
    });
    expect(JSON.stringify(checked)).not.toContain('secret');
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
    expect(resourceHere({ SESSIONNAME: 'Console' })).toBe(resourceHere({ SESSIONNAME: 'Console' }));
    expect(resourceHere({ SESSIONNAME: 'Console' })).not.toBe(resourceHere({ SESSIONNAME: 'RDP-Tcp#3' }));
    expect(resourceHere({})).toMatch(/^tapline-[0-9a-f]{12}$/);
  });
});
