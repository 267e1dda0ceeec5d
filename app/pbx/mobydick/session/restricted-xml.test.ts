import fc from 'fast-check';
import { describe, it } from 'vitest';
import { restrictedXml } from './restricted-xml.ts';

const HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'>";

/** Whether something is found, with the text cut at these places. */
function finds(text: string, cuts: readonly number[] = []): boolean {
  const find = restrictedXml();
  const places = [...cuts].map((cut) => cut % (text.length + 1)).sort((a, b) => a - b);
  return [...places, text.length].some((end, index) => find(text.slice(places[index - 1] ?? 0, end)));
}
const anyCuts = fc.array(fc.nat(200), { maxLength: 12 });

describe('restrictedXml', () => {
  it.each([
    ['a comment', `${HEADER}<a><!-- x --></a>`],
    ['a comment that never ends', `${HEADER}<!--`],
    ['a document type', `${HEADER}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`],
    ['a document type before the stream', `<?xml version='1.0'?><!DOCTYPE a><stream:stream>`],
    ['a processing instruction', `${HEADER}<?php echo 1 ?>`],
    ['a second declaration', `${HEADER}<?xml version='1.0'?>`],
    ['a conditional section', `${HEADER}<![INCLUDE[x]]>`],
  ])('finds %s, in whatever pieces it comes', (_what, text) => {
    fc.assert(fc.property(anyCuts, (cuts) => finds(text, cuts)));
  });

  it.each([
    ['a stream', `${HEADER}<a b='c'>d &lt;!-- e</a><f/>`],
    ['a stream without a declaration', '<stream:stream><a/></stream:stream>'],
    ['a declaration after white space', `\n${HEADER}`],
  ])('leaves %s alone, in whatever pieces it comes', (_what, text) => {
    fc.assert(fc.property(anyCuts, (cuts) => !finds(text, cuts)));
  });
});
