import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saslprep } from './saslprep.ts';

describe('saslprep', () => {
  it.each([
    // The examples of RFC 4013 section 3.
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    // A space from another keyboard, a letter in two parts, spaces at the ends.
    ['a\u00a0b', 'a b'],
    ['Pa\u0308sswort', 'Pässwort'],
    [' secret ', ' secret '],
    ['€:"\'=,', '€:"\'=,'],
    ['שלום', 'שלום'],
  ])('turns %j into %j', (typed, prepared) => {
    expect(saslprep(typed)).toBe(prepared);
  });

  it.each(['\u0007', '\u0627\u0031', 'a\u0627', '\ue000', '\ufffd', '\u2028'])('prohibits %j', (typed) => {
    expect(saslprep(typed)).toBeUndefined();
  });

  it('leaves what it has prepared alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = saslprep(typed);
        if (once !== undefined) expect(saslprep(once)).toBe(once);
      }),
    );
  });

  it('leaves printable ASCII alone', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (typed) => saslprep(typed) === typed));
  });
});
