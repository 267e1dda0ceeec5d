import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladder } from '../testing/samples.ts';
import { columns, copyText } from './copy-text.ts';
import { indentXml } from './indent-xml.ts';
import { heading, rungs } from './ladder.ts';

describe('a copy', () => {
  const lines = ['one', 'two', 'three', 'four'];
  const line = (index: number) => lines[index] ?? '';

  it('has the lines of the range', () => {
    expect(copyText({ from: 1, to: 3, line })).toEqual({ text: 'two\nthree', count: 2, cut: false });
    expect(copyText({ from: 2, to: 2, line })).toEqual({ text: '', count: 0, cut: false });
  });

  it('keeps the last lines where all are too long', () => {
    expect(copyText({ from: 0, to: 4, line }, 12)).toEqual({ text: 'three\nfour', count: 2, cut: true });
  });

  it('is never longer than allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(40), (texts, longest) => {
        const copy = copyText({ from: 0, to: texts.length, line: (at) => texts[at] ?? '' }, longest);
        expect(copy.text.length).toBeLessThanOrEqual(longest);
        expect(copy.cut).toBe(copy.count < texts.length);
      }),
    );
  });

  it('has no line breaks or tabs inside a column', () => {
    expect(columns(['a', 'b\n  c\td'])).toBe('a\tb c d');
  });
});

describe('XML for reading', () => {
  it('has each element on its line', () => {
    const xml = "<message to='a'><cmd type='event'><state>ringing</state><x/></cmd></message>";
    expect(indentXml(xml).split('\n')).toEqual([
      "<message to='a'>",
      "  <cmd type='event'>",
      '    <state>ringing</state>',
      '    <x/>',
      '  </cmd>',
      '</message>',
    ]);
  });

  it('leaves alone what is none', () => {
    for (const text of ['line 831', '<cut off', '', '{"a": 1}', 'a < b > c'])
      expect(indentXml(text)).toBe(text);
  });

  it('loses nothing', () => {
    const bare = (text: string) => text.replace(/\s+/g, '');
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      'text',
      ' ',
      "<c d='e'>",
      '</c>',
      '<!-- x -->',
      '>',
      '<',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(bare(indentXml(text))).toBe(bare(text));
      }),
    );
  });
});

describe('a ladder', () => {
  const steps = ladder();

  it('has each step once, in its order, whichever way it came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps]), fc.nat(steps.length), (some, at) => {
        const all = rungs(rungs(some.slice(0, at), some), steps);
        expect(all).toEqual(steps);
      }),
    );
  });

  it('points from the phone system to the program, and back', () => {
    expect(heading({ leg: 'pbx', direction: 'in' })).toBe('toTapi');
    expect(heading({ leg: 'pbx', direction: 'out' })).toBe('toPbx');
    expect(heading({ leg: 'link', direction: 'out' })).toBe('toTapi');
    expect(heading({ leg: 'tapi', direction: 'in' })).toBe('toPbx');
    expect(heading({ leg: 'core', direction: 'note' })).toBe('stays');
  });
});
