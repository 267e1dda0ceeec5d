import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsteriskLine } from '../pbx/asterisk/account.ts';
import { phonesText, readPhonesText } from './phones-text.ts';

const line = (name: string, extension = '', person = '', channel = name): AsteriskLine => ({
  name,
  channel,
  extension,
  person,
});
const linesOf = (text: string) => {
  const read = readPhonesText(text);
  return read.ok ? read.lines : read.problems.map(({ en }) => en);
};

describe('phones as people write them', () => {
  it.each([
    ['PJSIP/831 831 Jan Lorenz', line('PJSIP/831', '831', 'Jan Lorenz')],
    ['\t PJSIP/831\t831\tJan   Lorenz ', line('PJSIP/831', '831', 'Jan Lorenz')],
    ['SIP/bob', line('SIP/bob')],
    ['SIP/bob Bob', line('SIP/bob', '', 'Bob')],
    ['SIP/bob *21#', line('SIP/bob', '*21#')],
    ['SIP/bob +49891234 Bob', line('SIP/bob', '+49891234', 'Bob')],
    ['SIP/bob - 12 Hall', line('SIP/bob', '', '12 Hall')],
    ['bob-desk=PJSIP/831 831 Bob', line('bob-desk', '831', 'Bob', 'PJSIP/831')],
    ['x=Local/831@from-internal', line('x', '', '', 'Local/831@from-internal')],
    ['PJSIP/müller 831 Jörg Müller', line('PJSIP/müller', '831', 'Jörg Müller')],
  ])('%j is read', (text, expected) => {
    expect(linesOf(text)).toEqual([expected]);
  });

  it('may have empty lines, and line ends of every system', () => {
    expect(linesOf('\nSIP/a\r\n\r\nSIP/b\rSIP/c\n')).toEqual([line('SIP/a'), line('SIP/b'), line('SIP/c')]);
  });

  it.each([
    ['831', 'Line 1: This is no phone'],
    ['\n\nJan Lorenz', 'Line 3: This is no phone'],
    ['PJSIP/', 'Line 1: This is no phone'],
    ['PJSIP/a&PJSIP/b', 'Line 1: This is no phone'],
    ['PJSIP/$X', 'Line 1: This is no phone'],
    ['=PJSIP/831', "Line 1: The line's name"],
    ['a=b=PJSIP/831', 'Line 1: This is no phone'],
    [`PJSIP/${'8'.repeat(80)}`, 'Line 1: This is no phone'],
    [`PJSIP/831 ${'J'.repeat(201)}`, "Line 1: The person's name"],
    ['SIP/a\nSIP/b\nsip/A', 'Line 3: This line is there already (Line 1)'],
    ['', 'No phone is given'],
  ])('%j is told by its line', (text, said) => {
    const [first] = linesOf(text);
    expect(first).toContain(said);
  });

  it('with the same mistake everywhere are told a few times', () => {
    const problems = linesOf(Array.from({ length: 100 }, (_, at) => String(at)).join('\n'));
    expect(problems).toHaveLength(6);
    expect(problems.at(-1)).toBe('And 95 more.');
  });

  it('are read as they were written', () => {
    const word = fc.stringMatching(/^[A-Za-zäöü0-9_.-]{1,12}$/);
    const phone = fc.record({
      name: word,
      channel: word.map((name) => `PJSIP/${name}`),
      extension: fc.stringMatching(/^[0-9*#]{0,8}$/),
      person: fc
        .array(fc.oneof(word, fc.constantFrom('-', '12')), { maxLength: 3 })
        .map((words) => words.join(' ')),
    });
    const phones = fc.uniqueArray(phone, { minLength: 1, selector: ({ name }) => name.toLowerCase() });
    fc.assert(
      fc.property(phones, (given) => {
        expect(readPhonesText(phonesText(given))).toEqual({ ok: true, lines: given });
      }),
    );
  });

  it('are taken or refused, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readPhonesText(text);
        expect(read.ok ? read.lines.length : read.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
