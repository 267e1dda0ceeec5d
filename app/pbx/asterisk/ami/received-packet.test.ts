import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { header, headers } from './packet.ts';
import { ReceivedPacket } from './received-packet.ts';

const utf8 = (text: string) => new ReceivedPacket(Buffer.from(text).toString('latin1'));

describe('text', () => {
  it('is UTF-8, and where it is none Latin-1, value by value', () => {
    const bytes = Buffer.concat([
      Buffer.from('CallerIDName: Müller 日本\r\nA: J'),
      Buffer.from('ürgen', 'latin1'),
      Buffer.from('\r\nB: plain'),
    ]);
    const packet = new ReceivedPacket(bytes.toString('latin1'));
    expect(packet.find('CallerIDName')).toBe('Müller 日本');
    expect(packet.find('A')).toBe('Jürgen');
    expect(packet.find('B')).toBe('plain');
  });

  it('loses no half of a letter where spaces are taken off', () => {
    // The last byte of à in UTF-8 is Latin-1's space that does not break.
    expect(utf8('A:  voilà \r\nB: à\n').headers).toEqual([
      ['A', 'voilà'],
      ['B', 'à'],
    ]);
  });

  it('is the same whichever way it is asked for', () => {
    const name = fc.stringMatching(/^[A-Za-z][\w-]{0,12}$/);
    const value = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll(/[\r\n]/g, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 10 }), (given) => {
        const text = given.map(([each, said]) => `${each}: ${said}\r\n`).join('');
        const plain = { headers: utf8(text).headers };
        for (const [each] of given) {
          expect(utf8(text).find(each.toUpperCase())).toBe(header(plain, each));
          expect(headers(plain, each)).toContain(header(plain, each));
        }
      }),
    );
  });
});

describe("C's escapes", () => {
  const event =
    'Event: Newchannel\r\nCallerIDName: O\\\'Brien \\"X\\" \\\\o\\/\r\nDestConnectedLineName: a\\nb\r\nExten: a\\\'b';

  it('are taken back in the names of people', () => {
    const packet = utf8(event);
    expect(packet.find('CallerIDName')).toBe('O\'Brien "X" \\o\\/');
    expect(packet.find('DestConnectedLineName')).toBe('a b');
  });

  it('are left in everything else, and in what a dial plan wrote itself', () => {
    expect(utf8(event).find('Exten')).toBe("a\\'b");
    const own = utf8("CallerIDName: O\\'B\r\nUserEvent: TAPI\r\nCallerIDName: \\'x\\'\r\nTAPIEVENT: \\'y");
    expect(own.headers).toEqual([
      ['CallerIDName', "O'B"],
      ['UserEvent', 'TAPI'],
      ['CallerIDName', "\\'x\\'"],
      ['TAPIEVENT', "\\'y"],
    ]);
  });
});
