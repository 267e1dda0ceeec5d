import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialable, MAX_DIALABLE } from './dialable.ts';

// What is in the way of a number, and what turns into it when it is normalised.
const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('tel:', ' ', '|', '\uff5c', '\u200d', '\u0301', '(0)', '00'),
    ),
  )
  .map((parts) => parts.join(''));

describe('what the PBX can dial', () => {
  it.each([
    ['0049 (0) 29691 0', '0049296910'],
    ['+49 (0) 29691 0', '+49296910'],
    ['(0991) 29691-0', '0991296910'],
    ['+43 (1) 505641', '+431505641'],
    ['0 (0) 12', '0012'],
    ['tel:+49-991-29691', '+4999129691'],
    ['832', '832'],
    ['*72#', '*72#'],
    ['+49 991 29691|12^Weber', '+4999129691'],
    ['832\r\n833', '832'],
    ['832\uff5c12', '832'],
    [' tel:tel: weber', 'weber'],
    ['we\u200d\u0301ber', 'w\u00e9ber'],
    ['\u202a+49\u00a0991\u202c', '+49991'],
    ['\uff10\uff11\uff12', '012'],
    ['weber', 'weber'],
    ['weber@branch', 'weber@branch'],
  ])('%j is %s', (typed, number) => expect(dialable(typed)).toEqual({ ok: true, number }));

  it.each(['', '   ', '()', '-'])('%j is nothing', (typed) => {
    expect(dialable(typed)).toEqual({ ok: false, problem: 'empty' });
  });

  it('refuses what is too long', () => {
    expect(dialable('1'.repeat(MAX_DIALABLE + 1))).toEqual({ ok: false, problem: 'tooLong' });
  });

  it('stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(awkward, (typed) => {
        const once = dialable(typed);
        if (once.ok) expect(dialable(once.number)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });
});
