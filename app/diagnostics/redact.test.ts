import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNumber, redact, UNSAFE } from './redact.ts';

/** Between the digits of one number people put up to three of these. */
const between = fc.string({ unit: fc.constantFrom(' ', '(', ')', '/', '.', '-', '\u00a0'), maxLength: 3 });
const digit = fc.constantFrom(...'0123456789');
const phone = fc
  .tuple(fc.constantFrom('', '+'), digit, fc.array(fc.tuple(between, digit), { minLength: 3, maxLength: 20 }))
  .map(([plus, first, rest]) => plus + first + rest.map(([gap, next]) => gap + next).join(''));
const words = fc.string({ unit: fc.constantFrom('a', 'ö', ' ', ':', '<', '"', '='), maxLength: 8 });

describe('a phone number', () => {
  it('keeps its last two digits at most, however it is written and wherever it stands', () => {
    fc.assert(
      fc.property(words, phone, words, (before, number, after) => {
        const digits = redact(before + number + after).replace(/\D/g, '');
        expect(number.replace(/\D/g, '').endsWith(digits)).toBe(true);
        expect(digits.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('never leaves four digits in a row in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(digit, between, words) }), (text) => {
        expect(redact(text)).not.toMatch(/\d{4}/);
      }),
    );
  });

  it('in the digits of another script is one too', () => {
    expect(redact('０９９１２９６')).toBe('…９６');
    expect(redact('٠٩٩١٢٩٦')).toBe('…٩٦');
    expect(redact('𝟎𝟗𝟗𝟏𝟐𝟗𝟔')).toBe('…𝟗𝟔');
    expect(redact('0991٢٩𝟔 for Zoë')).toBe('…٩𝟔 for Zoë');
  });

  it.each([
    ['0049 (0) 29691 0', '…10'],
    ['+49 (991) 29691-0', '…10'],
    ['832', '832'],
    ['from 0991/2345 to 370', 'from …45 to 370'],
    ['<sourceNumber>00499911234</sourceNumber>', '<sourceNumber>…34</sourceNumber>'],
  ])('%s becomes %s', (text, safe) => {
    expect(redact(text)).toBe(safe);
  });

  it('masks what it is given alone', () => {
    expect([maskNumber('832'), maskNumber('+49 991 23')]).toEqual(['832', '…23']);
  });
});

describe('a secret', () => {
  // Marks at both ends: neither may be seen. What is between them is whatever people put into passwords.
  const password = fc
    .string({ unit: fc.constantFrom(...'ab "\'\\<>&=:;,/]{}ß€'), maxLength: 12 })
    .map((inner) => `Zq${inner}Xj`);
  const escaped = (text: string): string =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";

  const written: Readonly<Record<string, (secret: string) => string>> = {
    'a JSON field': (secret) => JSON.stringify({ op: 'signIn', password: secret, user: 'anna' }),
    'JSON within a trace text': (secret) => `got {"Password" : ${JSON.stringify(secret)}}`,
    'an attribute': (secret) => `<account user="anna" password="${escaped(secret)}"/>`,
    'an attribute in single quotes': (secret) => `<account authToken='${escaped(secret)}' user='anna'/>`,
    'an element': (secret) => `<xmpp:password type="x">${escaped(secret)}</xmpp:password>`,
    'an element with quotes in it': (secret) => `<passwd>${secret.replaceAll('<', '&lt;')}</passwd>`,
    'a CDATA section': (secret) => `<secret><![CDATA[${secret}]]></secret>`,
  };

  it.each(Object.entries(written))('in %s never survives, whole or cut off', (_, write) => {
    fc.assert(
      fc.property(password, fc.nat({ max: 200 }), (secret, cut) => {
        const text = write(secret);
        for (const shown of [redact(text), redact(text.slice(0, cut))]) {
          expect(shown).not.toContain('Zq');
          expect(shown).not.toContain('Xj');
        }
      }),
    );
  });

  it.each(['auth', 'response', 'challenge', 'success'])('in a SASL %s never survives', (name) => {
    fc.assert(
      fc.property(password, (secret) => {
        const text = `<${name} ${sasl} mechanism='PLAIN'>${base64(`\0anna\0${secret}`)}</${name}>`;
        expect(redact(text)).toBe(`<${name} ${sasl} mechanism='PLAIN'>${UNSAFE}</${name}>`);
      }),
    );
  });

  it('without quotes ends at the next blank', () => {
    expect(redact('password=geh"eim user=anna')).toBe(`password=${UNSAFE} user=anna`);
  });
});

describe('other text', () => {
  it.each([
    '<mechanism>SCRAM-SHA-1</mechanism>',
    '<success><message>dialled</message></success>',
    'SIP/anna-0c channel of Öz (832)',
    'wrongPassword: not-authorized',
  ])('%s stays as it is', (text) => {
    expect(redact(text)).toBe(text);
  });
});
