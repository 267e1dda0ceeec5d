import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, frameReader } from './web-socket.ts';

/** A frame as a server sends it: not masked. */
function serverFrame(opcode: number, payload: Buffer, final = true): Buffer {
  const { length } = payload;
  const head = [(final ? 0x80 : 0) | opcode];
  if (length < 126) return Buffer.concat([Buffer.from([...head, length]), payload]);
  const size = Buffer.alloc(length < 65_536 ? 2 : 8);
  if (size.length === 2) size.writeUInt16BE(length);
  else size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from([...head, size.length === 2 ? 126 : 127]), size, payload]);
}

function read(chunks: readonly Buffer[]): { texts: string[]; pings: string[]; closed: boolean } {
  const result = { texts: [] as string[], pings: [] as string[], closed: false };
  const take = frameReader(
    (text) => result.texts.push(text),
    (payload) => result.pings.push(payload.toString()),
    () => {
      result.closed = true;
    },
  );
  for (const chunk of chunks) take(chunk);
  return result;
}

const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom('x'.repeat(125), 'x'.repeat(126), 'x'.repeat(65_535), 'x'.repeat(65_536)),
);

describe('the WebSocket', () => {
  it('puts texts together again, in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.integer({ min: 1, max: 70_000 }), (texts, size) => {
        const bytes = Buffer.concat(texts.map((one) => serverFrame(1, Buffer.from(one))));
        expect(read(pieces(bytes, size)).texts).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });

  it('puts fragments together, with a ping between them', () => {
    const bytes = [
      serverFrame(1, Buffer.from('one '), false),
      serverFrame(9, Buffer.from('there?')),
      serverFrame(0, Buffer.from('message')),
      serverFrame(8, Buffer.alloc(0)),
    ];
    expect(read(bytes)).toEqual({ texts: ['one message'], pings: ['there?'], closed: true });
  });

  it.each([0, 125, 126, 65_535, 65_536])('masks a payload of %d bytes', (length) => {
    const payload = Buffer.alloc(length, 'tapline');
    const bytes = frame(1, payload);
    const mask = bytes.subarray(bytes.length - length - 4, bytes.length - length);
    const plain = bytes.subarray(bytes.length - length).map((byte, i) => byte ^ (mask[i & 3] ?? 0));
    expect(Buffer.from(plain).equals(payload)).toBe(true);
    expect((bytes[1] ?? 0) & 0x80).toBe(0x80);
  });
});
