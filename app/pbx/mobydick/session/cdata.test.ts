import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cdataAsText } from './cdata.ts';

it.each([
  ['<a>text</a>', '<a>text</a>'],
  ['<a><![CDATA[x]]>y</a>', '<a>xy</a>'],
  ['<a><![CDATA[<b> & ]] >]]></a>', '<a>&lt;b&gt; &amp; ]] &gt;</a>'],
  ['<a><![CDATA[]]></a>', '<a></a>'],
  ['<a><![CDATA[1]]><![CDATA[2]]></a>', '<a>12</a>'],
  ['<a>]]&gt;</a>', '<a>]]&gt;</a>'],
])('reads %j as %j', (said, meant) => {
  expect(cdataAsText()(said)).toBe(meant);
});

it('reads the same, however the text is cut', () => {
  const piece = fc.constantFrom('<![CDATA[', ']]>', '<a>', '</a>', 'x', ']', '<', '!', '[', '&amp;');
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, cuts) => {
      const whole = pieces.join('');
      const read = cdataAsText();
      let cut = '';
      let from = 0;
      for (const size of cuts) {
        cut += read(whole.slice(from, from + size));
        from += size;
      }
      // A marker that was begun is told with what follows it.
      cut += read(`${whole.slice(from)}\n`);
      expect(cut).toBe(cdataAsText()(`${whole}\n`));
    }),
  );
});
