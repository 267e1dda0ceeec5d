import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Picture } from './raster.ts';

/** PNG (W3C PNG 3rd edition): eight bits, RGBA, no filter. What is read is what was written here, no more. */

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const EIGHT_BIT_RGBA = [8, 6, 0, 0, 0];

export function encodePng({ size, rgba }: Picture): Buffer {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1)
    rows.set(rgba.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set(EIGHT_BIT_RGBA, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The picture of a file that encodePng wrote, whichever zlib compressed it. Throws on any other. */
export function decodePng(file: Buffer): Picture {
  const size = file.readUInt32BE(16);
  const idat = file.indexOf('IDAT');
  const length = file.readUInt32BE(idat - 4);
  const rows = inflateSync(file.subarray(idat + 4, idat + 4 + length));
  const rgba = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    const start = y * (size * 4 + 1);
    if (rows[start] !== 0) throw new Error('a row is filtered');
    rgba.set(rows.subarray(start + 1, start + 1 + size * 4), y * size * 4);
  }
  return { size, rgba };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
