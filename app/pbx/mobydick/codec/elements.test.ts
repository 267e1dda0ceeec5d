import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Element, xml } from '@xmpp/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryElement } from '../testing/arbitrary-xml.ts';
import { identifier, indexed, label } from './elements.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MB = 1024 * 1024;
const STANZAS = 200;

describe('the text of a child', () => {
  it('is the text as it stands, whatever its length and characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const parent = xml('a', {}, xml('b', {}, text));
        expect(label(parent, 'b')).toBe(text.trim());
        expect(identifier(parent, 'b')).toBe(text.trim());
      }),
    );
  });

  it('keeps nothing in memory of what came around it', () => {
    const kept: (string | undefined)[] = [];
    const parser = new xml.Parser();
    parser.on('element', (element: Element) => {
      kept.push(label(element, 'name'), identifier(element, 'number'));
    });
    parser.write('<stream>');
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let stanza = 0; stanza < STANZAS; stanza += 1) {
      const around = `<x>${String(stanza % 10).repeat(MB / 5)}</x>`;
      const named = `<name>Käthe Müller-Lüdenscheidt</name><number>+49 991 29691 ${stanza}</number>`;
      // As it comes out of a socket: one string for all of it.
      parser.write(Buffer.from(`<a>${around}${named}</a>`).toString());
    }
    collect();
    expect(kept).toHaveLength(2 * STANZAS);
    expect(kept[1]).toBe('+49 991 29691 0');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * MB);
  });
});

describe('an element with its children found once', () => {
  it('gives the same ones', () => {
    fc.assert(
      fc.property(arbitraryElement, (element) => {
        const names = element.getChildElements().map((child) => child.getName());
        for (const name of [...names, 'no such child'])
          expect(indexed(element).getChild(name)).toBe(element.getChild(name));
      }),
    );
  });
});
