import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TARGET } from '../../contract/renderer-api.ts';
import { dialLinkIn, MAX_LINK, parseDialLink } from './dial-link.ts';

// What links are made of, and what must not come through.
const piece = fc.constantFrom(
  '0',
  '7',
  '+',
  '%00',
  '%0A',
  '%20',
  '%C3%BC',
  '%',
  'é',
  '\n',
  '<',
  '"',
  "'",
  '&',
  '/',
  ';',
  '?',
  '@',
);

describe('a dial link', () => {
  it.each([
    ['tel:+49-991-29691-0', '+49-991-29691-0'],
    ['TEL:0991%2029691', '0991 29691'],
    ['tel:7042;phone-context=example.com', '7042'],
    ['tel:+4999129691?subject=x', '+4999129691'],
    ['tel://+4999129691/', '+4999129691'],
    ['callto://weber@branch', 'weber@branch'],
    ['callto:M%C3%BCller', 'Müller'],
    ['tel:*21*340%23', '*21*340#'],
  ])('%s asks for %s', (link, target) => {
    expect(parseDialLink(link)).toBe(target);
  });

  it.each([
    'tel:',
    'tel:;x=1',
    'mailto:weber@example.com',
    'https://example.com/tel:123',
    'tel:%00123',
    'tel:123%0d%0a456',
    'tel:<b>1</b>',
    'tel:1"onload="x',
    'tel:%E0%A4%A',
    `tel:${'1'.repeat(MAX_TARGET + 1)}`,
    `tel:1;${'x'.repeat(MAX_LINK)}`,
  ])('%s asks for nothing', (link) => {
    expect(parseDialLink(link)).toBeUndefined();
  });

  it('is found among the words of a start', () => {
    expect(dialLinkIn(['C:\\Tapline.exe', '--flag', 'tel:%00', 'tel:341', 'tel:342'])).toBe('341');
    expect(dialLinkIn(['C:\\Tapline.exe', '341'])).toBeUndefined();
  });

  it('of any text gives at most a short one without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 300 }), (text) => {
        const target = parseDialLink(`tel:${text}`);
        if (target === undefined) return;
        expect(target.length).toBeLessThanOrEqual(MAX_TARGET);
        expect(target).not.toMatch(/[\p{Cc}<>"'&]/u);
      }),
    );
  });
});
