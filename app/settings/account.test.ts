import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccount } from './account.ts';

const good = {
  kind: 'mobydick',
  key: 'a1',
  host: 'pbx.example',
  port: 5223,
  user: 'anna',
  resource: 'tapline-1',
};
const PIN = Array.from({ length: 32 }, () => 'AB').join(':');
const fieldsOf = (input: unknown) => {
  const parsed = parseAccount(input);
  return parsed.ok ? [] : parsed.problems.map(({ field }) => field);
};

describe('parseAccount', () => {
  it('takes an account, and nothing that is not of it', () => {
    expect(parseAccount({ ...good, password: 'never here' })).toEqual({ ok: true, account: good });
    const whole = { ...good, domain: 'mobydick', pinnedCertificate: PIN };
    expect(parseAccount(whole)).toEqual({ ok: true, account: whole });
  });

  it('knows an account of before there was another kind', () => {
    const { kind: _, ...before } = good;
    expect(parseAccount(before)).toEqual({ ok: true, account: good });
  });

  it.each(['Mobydick', 'cisco', '', 7, {}])('refuses the kind %j', (kind) => {
    expect(fieldsOf({ ...good, kind })).toEqual(['kind']);
  });

  it('tidies what people type', () => {
    expect(
      parseAccount({ ...good, host: ' pbx.example ', domain: '', pinnedCertificate: PIN.toLowerCase() }),
    ).toEqual({
      ok: true,
      account: { ...good, pinnedCertificate: PIN },
    });
  });

  it('leaves a port that nobody named to be found', () => {
    const { port: _port, ...typed } = good;
    for (const input of [typed, { ...typed, port: null }, { ...typed, port: '' }])
      expect(parseAccount(input)).toEqual({ ok: true, account: typed });
  });

  it("takes an administrator's switches, and keeps only what changes something", () => {
    const switched = { ...good, plainText: true, streamManagement: false };
    expect(parseAccount(switched)).toEqual({ ok: true, account: switched });
    expect(parseAccount({ ...good, plainText: false, streamManagement: true })).toEqual({
      ok: true,
      account: good,
    });
  });

  it.each([0, 1, 'true', 'yes', {}])('refuses %j for a switch', (value) => {
    expect(fieldsOf({ ...good, plainText: value, streamManagement: value })).toEqual([
      'plainText',
      'streamManagement',
    ]);
  });

  it.each(['pbx', '192.168.1.1', 'fe80::1', 'pbx.müller.de'])('takes the server %s', (host) => {
    expect(fieldsOf({ ...good, host })).toEqual([]);
  });
  it.each(['', 'xmpp://pbx', 'pbx/1', 'a b', 'anna@pbx', 'pbx:5222', '[::1]', 'x'.repeat(254), 7, null])(
    'refuses the server %j',
    (host) => expect(fieldsOf({ ...good, host })).toEqual(['host']),
  );
  it.each(['anna', 'anna@instance', 'Anna Müller', 'ÄNNA@müller.de'])('takes the user %j', (user) => {
    expect(fieldsOf({ ...good, user })).toEqual([]);
  });
  it.each(['', '@x', 'a@', 'a@b@c', 'a/b', 'a\0'])('refuses the user %j', (user) => {
    expect(fieldsOf({ ...good, user })).toEqual(['user']);
  });
  it.each([0, -1, 65_536, 1.5, '5222', Number.NaN])('refuses the port %j', (port) => {
    expect(fieldsOf({ ...good, port })).toEqual(['port']);
  });
  it.each([1, 65_535])('takes the port %d', (port) => expect(fieldsOf({ ...good, port })).toEqual([]));
  it.each(['AB', `${PIN}:AB`, PIN.replaceAll(':', '')])('refuses the pin %s', (pinnedCertificate) => {
    expect(fieldsOf({ ...good, pinnedCertificate })).toEqual(['pinnedCertificate']);
  });

  it('tells every problem, in both languages', () => {
    const parsed = parseAccount({
      port: 'x',
      domain: 'a b',
      pinnedCertificate: 'x',
      plainText: 1,
      streamManagement: 1,
    });
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems.map(({ field }) => field)).toEqual([
      'key',
      'host',
      'port',
      'domain',
      'user',
      'pinnedCertificate',
      'resource',
      'plainText',
      'streamManagement',
    ]);
    for (const { text } of parsed.problems)
      for (const sentence of [text.de, text.en]) expect(sentence).toMatch(/^[A-Z].*[:].*\.$/);
  });

  it('takes or refuses anything, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({
            kind: fc.constantFrom('mobydick', 'asterisk'),
            key: fc.anything(),
            host: fc.anything(),
          }),
          fc.record({ kind: fc.constant('asterisk'), key: fc.string(), lines: fc.anything() }),
        ),
        (input) => {
          expect(parseAccount(input).ok).toBe(false);
        },
      ),
    );
  });

  it('takes what it gave', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/);
    const account = fc.record(
      {
        key: name,
        host: name,
        port: fc.integer({ min: 1, max: 65_535 }),
        domain: name,
        user: name,
        resource: name,
        plainText: fc.constant(true),
        streamManagement: fc.constant(false),
      },
      { requiredKeys: ['key', 'host', 'user', 'resource'] },
    );
    fc.assert(
      fc.property(account, (given) => {
        expect(parseAccount(JSON.parse(JSON.stringify(given)))).toEqual({
          ok: true,
          account: { kind: 'mobydick', ...given },
        });
      }),
    );
  });
});
