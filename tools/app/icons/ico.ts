import { decodePng, encodePng } from './png.ts';
import type { Picture } from './raster.ts';

/** Windows icon file: several sizes of one picture, each as PNG, which Windows reads since Vista. */

const HEADER = 6;
const ENTRY = 16;

export function encodeIco(pictures: readonly Picture[]): Buffer {
  const images = pictures.map(encodePng);
  const head = Buffer.alloc(HEADER + ENTRY * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [at, image] of images.entries()) {
    const entry = HEADER + ENTRY * at;
    // 0 means 256.
    const size = (pictures[at]?.size ?? 0) % 256;
    head.writeUInt8(size, entry);
    head.writeUInt8(size, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return Buffer.concat([head, ...images]);
}

/** The pictures of a file that encodeIco wrote. */
export function decodeIco(file: Buffer): Picture[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, at) => {
    const entry = HEADER + ENTRY * at;
    const offset = file.readUInt32LE(entry + 12);
    return decodePng(file.subarray(offset, offset + file.readUInt32LE(entry + 8)));
  });
}
