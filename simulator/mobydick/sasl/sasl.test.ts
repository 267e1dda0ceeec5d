import { describe, expect, it } from 'vitest';
import { Plain } from './plain.ts';
import { saslprep } from './saslprep.ts';
import { Scram } from './scram.ts';

const passwords = (entries: Record<string, string>) => (user: string) => entries[user.toLowerCase()];

describe('PLAIN', () => {
  const step = (message: string | Buffer) =>
    new Plain(passwords({ tim: 'tanstaaftanstaaf', kurt: 'xipj3plmq', käthe: 'Pässwörd€' })).step(
      Buffer.from(message),
    );

  it('accepts the example of RFC 4616 section 4', () => {
    expect(step('\0tim\0tanstaaftanstaaf')).toEqual({ kind: 'success', user: 'tim', data: '' });
  });

  it('refuses to act for another user, as in the second example', () => {
    expect(step('Ursel\0Kurt\0xipj3plmq')).toEqual({ kind: 'failure', condition: 'invalid-authzid' });
  });

  it('accepts the user himself as the one to act for', () => {
    expect(step('tim@mobydick\0tim\0tanstaaftanstaaf')).toMatchObject({ kind: 'success' });
  });

  it('reads passwords as UTF-8', () => {
    expect(step('\0käthe\0Pässwörd€')).toMatchObject({ kind: 'success', user: 'käthe' });
    expect(step(Buffer.from('\0käthe\0Pässwörd', 'latin1'))).toMatchObject({
      condition: 'malformed-request',
    });
  });

  it.each([['\0tim\0wrong'], ['\0nobody\0tanstaaftanstaaf']])('refuses %j', (message) => {
    expect(step(message)).toEqual({ kind: 'failure', condition: 'not-authorized' });
  });

  it.each([[''], ['tim'], ['\0tim'], ['\0\0x'], ['\0tim\0'], ['\0tim\0a\0b']])(
    'calls %j malformed',
    (message) => {
      expect(step(message)).toEqual({ kind: 'failure', condition: 'malformed-request' });
    },
  );
});

describe('SCRAM', () => {
  const start = (password = 'pencil') =>
    new Scram('sha1', passwords({ user: password }), {
      nonce: () => '3rfcNHYJY1ZVvWVs7j',
      salt: () => Buffer.from('QSXCR+Q6sek8bf92', 'base64'),
    });
  const nonce = 'fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j';

  it('speaks the example of RFC 5802 section 5', () => {
    const scram = start();
    expect(scram.step(Buffer.from('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL'))).toEqual({
      kind: 'challenge',
      data: `r=${nonce},s=QSXCR+Q6sek8bf92,i=4096`,
    });
    expect(scram.step(Buffer.from(`c=biws,r=${nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`))).toEqual({
      kind: 'success',
      user: 'user',
      data: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    });
  });

  it('speaks the example of RFC 7677 section 3 with SHA-256', () => {
    const scram = new Scram('sha256', passwords({ user: 'pencil' }), {
      nonce: () => '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
      salt: () => Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
    });
    const whole = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    expect(scram.step(Buffer.from('n,,n=user,r=rOprNGfwEbeRWgbNEkqO'))).toEqual({
      kind: 'challenge',
      data: `r=${whole},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
    });
    const proof = 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
    expect(scram.step(Buffer.from(`c=biws,r=${whole},p=${proof}`))).toEqual({
      kind: 'success',
      user: 'user',
      data: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    });
  });

  it.each([
    ['a wrong password', 'pencils', `c=biws,r=${nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`, 'not-authorized'],
    ['a short proof', 'pencil', `c=biws,r=${nonce},p=AAAA`, 'not-authorized'],
    ['another nonce', 'pencil', `c=biws,r=${nonce}x,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`, 'malformed-request'],
    [
      'another channel binding',
      'pencil',
      `c=eSws,r=${nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`,
      'malformed-request',
    ],
    ['no proof', 'pencil', `c=biws,r=${nonce}`, 'malformed-request'],
  ])('refuses %s', (_what, password, final, condition) => {
    const scram = start(password);
    scram.step(Buffer.from('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL'));
    expect(scram.step(Buffer.from(final))).toEqual({ kind: 'failure', condition });
  });

  it.each([['p=tls-unique,,n=user,r=abc'], ['n,,n=us=er,r=abc'], ['n,,n=user'], ['']])(
    'calls %j malformed',
    (first) => {
      expect(start().step(Buffer.from(first))).toEqual({ kind: 'failure', condition: 'malformed-request' });
    },
  );
});

it('saslprep follows the examples of RFC 4013 section 3', () => {
  expect(saslprep('I\u00adX')).toBe('IX');
  expect(saslprep('user')).toBe('user');
  expect(saslprep('USER')).toBe('USER');
  expect(saslprep('\u00aa')).toBe('a');
  expect(saslprep('\u2168')).toBe('IX');
  expect(saslprep('a\u00a0b')).toBe('a b');
  expect(saslprep('Pa\u0308sswort')).toBe('Pässwort');
});
