import { type Duplex, duplexPair } from 'node:stream';
import type { HelloMessage, WireMessage } from '../../contract/generated/shim.ts';
import { decodeFrame, encodeFrame, FrameReader } from '../../contract/shim-frame.ts';
import { settled } from './scripted-pbx.ts';

/** A hello as the x64 shim of this release sends it. */
export const hello: HelloMessage = {
  kind: 'hello',
  protocolMin: 1,
  protocolMax: 1,
  architecture: 'x64',
  processId: 3900,
  providerId: 7,
  version: '0.1.0',
};

/** The shim's end of a link: writes frames or plain bytes and keeps every frame it got. */
export class ShimPeer {
  readonly received: { readonly message: WireMessage | undefined; readonly request: number }[] = [];
  readonly #stream: Duplex;
  closed = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
    const reader = new FrameReader();
    stream.on('data', (chunk: Buffer) => {
      for (const frame of reader.push(chunk))
        this.received.push({ message: decodeFrame(frame), request: frame.request });
    });
    const gone = (): void => {
      this.closed = true;
    };
    stream.on('error', gone).on('end', gone).on('close', gone);
  }

  /** Two ends of a stream in memory: the companion's, and the shim's as a peer. */
  static pair(): { stream: Duplex; peer: ShimPeer } {
    const [stream, far] = duplexPair();
    return { stream, peer: new ShimPeer(far) };
  }

  /** What came, by kind. */
  get kinds(): (string | undefined)[] {
    return this.received.map(({ message }) => message?.kind);
  }

  async send(message: WireMessage, request = 0): Promise<void> {
    await this.write(encodeFrame(message, request));
  }

  /** Bytes as they stand in the golden frames: hexadecimal, with blanks where people like them. */
  async sendHex(hex: string): Promise<void> {
    await this.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#stream.write(bytes);
    await settled();
    await settled();
  }

  /** Stops reading: what the companion sends stays in its buffers. */
  stall(): void {
    this.#stream.pause();
  }

  async hangUp(): Promise<void> {
    this.#stream.destroy();
    await settled();
    await settled();
  }
}
