import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WIRE_MAX_BODY, WIRE_TYPE, type WireMessage } from './generated/shim.ts';
import { decodeFrame, encodeFrame, type Frame, FrameReader } from './shim-frame.ts';
import { WireError } from './wire-io.ts';

type Fields = { readonly [name: string]: unknown };
type Vector = { name: string; message: string; request: number; fields: Fields; hex: string };
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const golden = json('shim.golden.json') as { accept: Vector[]; refuse: { name: string; hex: string }[] };
const made = json('generated/shim.vectors.json') as Vector[];
const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex');

/** JSON cannot hold a bigint or bytes: the vectors write them as a decimal string and as hex. */
function message(vector: Vector): WireMessage {
  const fields = Object.entries(vector.fields).map(([name, value]) => {
    if (/^param[123]$/.test(name)) return [name, BigInt(String(value))];
    return [name, name === 'guid' ? new Uint8Array(bytes(String(value))) : value];
  });
  return { kind: vector.message, ...Object.fromEntries(fields) } as WireMessage;
}

function only(stream: Uint8Array): Frame {
  const frames = [...new FrameReader().push(stream)];
  expect(frames).toHaveLength(1);
  return frames[0] as Frame;
}

describe('frames written by hand', () => {
  it('are at least ten', () => expect(golden.accept.length).toBeGreaterThanOrEqual(10));

  it('hold every message there is', () => {
    expect(new Set(golden.accept.map((v) => v.message))).toEqual(new Set(Object.keys(WIRE_TYPE)));
  });

  it.each(golden.accept)('$name: is written so', (vector) => {
    expect(encodeFrame(message(vector), vector.request).toString('hex')).toBe(
      bytes(vector.hex).toString('hex'),
    );
  });

  it.each(golden.accept)('$name: is read so', (vector) => {
    const frame = only(bytes(vector.hex));
    expect(frame.request).toBe(vector.request);
    expect(decodeFrame(frame)).toEqual(message(vector));
  });

  it.each(golden.refuse)('$name: is refused', ({ hex }) => {
    expect(() => [...new FrameReader().push(bytes(hex))].map(decodeFrame)).toThrow(WireError);
  });
});

describe('vectors made from the schema', () => {
  it.each(made)('$name: goes both ways', (vector) => {
    expect(encodeFrame(message(vector), vector.request).toString('hex')).toBe(vector.hex);
    expect(decodeFrame(only(bytes(vector.hex)))).toEqual(message(vector));
  });
});

describe('a stream of frames', () => {
  it('is cut the same however it arrives', () => {
    const stream = Buffer.concat(golden.accept.map((v) => bytes(v.hex)));
    const whole = [...new FrameReader().push(stream)];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 40 }), (sizes) => {
        const reader = new FrameReader();
        const frames: Frame[] = [];
        let at = 0;
        for (const size of [...sizes, stream.length]) {
          frames.push(...reader.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(frames).toEqual(whole);
      }),
    );
  });

  it('leaves a newer peer’s extra fields alone', () => {
    const frame = only(bytes('06000000 42 00000000 01000000 ffff'));
    expect(decodeFrame(frame)).toEqual({ kind: 'lineGone', line: 1 });
  });

  it('knows no message of an unknown type', () => {
    expect(decodeFrame(only(bytes('00000000 c8 00000000')))).toBeUndefined();
  });

  it('never fails but with a WireError, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        try {
          for (const frame of new FrameReader().push(noise)) decodeFrame(frame);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });

  it('writes again what it read', () => {
    const types = Object.values(WIRE_TYPE);
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.uint8Array({ maxLength: 120 }), (type, body) => {
        let read: WireMessage | undefined;
        try {
          read = decodeFrame({ type, request: 9, body });
        } catch {
          return;
        }
        if (read) expect(decodeFrame(only(encodeFrame(read, 9)))).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a length over the limit before the body is there', () => {
    const header = Buffer.alloc(4);
    header.writeUInt32LE(WIRE_MAX_BODY + 1);
    expect(() => [...new FrameReader().push(header)]).toThrow(WireError);
  });
});
