import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { strict, strictEnd } from '../strict.ts';

/** What can be told of an image: its path, or a digest of its bytes. */
export let imageName: (image: NativeImage) => string;

/** An image. It is never drawn: all that counts is which one it is, and whether it is one. */
export class NativeImage {
  readonly #name: string;
  readonly #bytes: Buffer;

  static {
    imageName = (image) => image.#name;
  }

  constructor(name: string, bytes: Buffer) {
    this.#name = name;
    this.#bytes = bytes;
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  toPNG(): Buffer {
    return this.#bytes;
  }

  /** Adds the image for another scale; which image it is does not change. */
  addRepresentation(_options: object): void {}

  setTemplateImage(_template: boolean): void {}
}
Object.setPrototypeOf(
  NativeImage.prototype,
  strictEnd(Object.prototype, () => 'NativeImage'),
);

const fromBytes = (bytes: Buffer): NativeImage =>
  new NativeImage(`sha256:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`, bytes);

export const nativeImage = strict('nativeImage', {
  createEmpty: (): NativeImage => new NativeImage('', Buffer.alloc(0)),
  /** As in Electron, a path that leads nowhere makes an empty image. */
  createFromPath: (path: string): NativeImage =>
    new NativeImage(path, existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer): NativeImage => fromBytes(bytes),
  createFromDataURL: (url: string): NativeImage => fromBytes(Buffer.from(url.split(',')[1] ?? '', 'base64')),
});

/** What a tray was given as its image, as text. */
export const nameOfImage = (image: NativeImage | string): string =>
  typeof image === 'string' ? image : imageName(image);
