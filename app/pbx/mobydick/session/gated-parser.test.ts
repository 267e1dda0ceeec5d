import type { Element } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_STANZA, MAX_TEXT_RUN } from '../limits.ts';
import { gatedParser } from './gated-parser.ts';

const START = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

function reader(gate: (element: Element) => boolean = () => true) {
  const errors: Error[] = [];
  const passed: string[] = [];
  const Parser = gatedParser(gate, (error) => errors.push(error));
  const parser = new Parser();
  parser.on('element', (element: Element) => passed.push(element.name));
  parser.write(START);
  return { parser, errors, passed };
}

describe('gatedParser', () => {
  it('passes on what the gate lets through', () => {
    const { parser, passed } = reader((element) => element.name !== 'message');
    parser.write('<iq/><message/><presence/>');
    expect(passed).toEqual(['iq', 'presence']);
  });

  it('takes a CDATA section that looks like a comment', () => {
    const { parser, errors, passed } = reader();
    parser.write('<a><![CDATA[<!-- <?x ]]></a><iq/>');
    expect({ errors, passed }).toEqual({ errors: [], passed: ['a', 'iq'] });
  });

  it.each([
    ['a wrong closing tag', '<a></b>'],
    ['a closing tag of nothing', '</a></a></a>'],
    ['an unknown entity', '<a>&bomb;</a>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]>'],
    ['too much depth', '<a>'.repeat(MAX_DEPTH + 1)],
  ])('tells %s once, and is silent then', (_what, text) => {
    const { parser, errors, passed } = reader();
    parser.write(text);
    parser.write('<iq/>');
    expect(errors).toHaveLength(1);
    expect(passed).toEqual([]);
  });

  it('bounds one text, and one stanza of many texts', () => {
    const chunk = 'x'.repeat(64 * 1024);
    const text = reader();
    text.parser.write('<a>');
    for (let written = 0; written <= MAX_TEXT_RUN; written += chunk.length) text.parser.write(chunk);
    text.parser.write(chunk);
    expect(text.errors).toHaveLength(1);

    const stanza = reader();
    stanza.parser.write('<a>');
    const piece = `<b>${chunk}</b>`;
    for (let written = 0; written <= MAX_STANZA; written += piece.length) stanza.parser.write(piece);
    expect(stanza.errors).toHaveLength(1);
  });

  it('takes stanzas without end, each within the limits', () => {
    const { parser, errors, passed } = reader();
    const stanza = `<message>${'<b>x</b>'.repeat(1_000)}</message>`;
    for (let written = 0; written < MAX_STANZA * 2; written += stanza.length) parser.write(stanza);
    expect(errors).toEqual([]);
    expect(passed.length).toBeGreaterThan(1_000);
  });

  it('tells a gate that throws, and does not throw itself', () => {
    const { parser, errors } = reader(() => {
      throw new Error('gate');
    });
    parser.write('<iq/>');
    expect(errors).toHaveLength(1);
  });

  it('never throws, and tells one error at most, whatever comes in whatever pieces', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<iq>',
        '</iq>',
        '<a b="c">',
        "<a b='",
        '</a>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<?x',
      ),
      fc.constantFrom('&amp;', '&x;', '</stream:stream>', '<stream:error/>', '/>', '<', '>'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { parser, errors } = reader();
        for (const text of pieces) parser.write(text);
        expect(errors.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
