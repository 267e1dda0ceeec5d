import { readBody, WIRE_MAX_BODY, WIRE_TYPE, type WireMessage, writeBody } from './generated/shim.ts';
import { WireError, WireReader, WireWriter } from './wire-io.ts';

/** Bytes of a frame's header: u32 length, u8 type, u32 request. */
export const WIRE_HEADER_SIZE = 9;

/** One frame as it arrived: the body is not yet looked at. */
export type Frame = { readonly type: number; readonly request: number; readonly body: Uint8Array };

/** Encodes a message as one frame. Throws a WireError when a field breaks its limit. */
export function encodeFrame(message: WireMessage, request = 0): Buffer {
  const writer = new WireWriter();
  writer.u32(0);
  writer.u8(WIRE_TYPE[message.kind]);
  writer.u32(request);
  writeBody(writer, message);
  const frame = writer.written;
  frame.writeUInt32LE(frame.length - WIRE_HEADER_SIZE, 0);
  return frame;
}

/** The message of a frame; undefined for a type this release does not know. Throws a WireError for a bad body. */
export function decodeFrame(frame: Frame): WireMessage | undefined {
  return readBody(frame.type, new WireReader(frame.body));
}

/**
 * Cuts a byte stream into frames. A length over WIRE_MAX_BODY throws a WireError: the stream is lost then, since
 * nothing tells where the next frame begins.
 */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);

  /** Takes what arrived and hands over every frame that is complete now. */
  *push(chunk: Uint8Array): Generator<Frame> {
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : Buffer.from(chunk);
    for (;;) {
      const bytes = this.#pending;
      if (bytes.length < 4) return;
      const length = bytes.readUInt32LE(0);
      if (length > WIRE_MAX_BODY)
        throw new WireError(`a frame of ${length} bytes, at most ${WIRE_MAX_BODY} may be`);
      const end = WIRE_HEADER_SIZE + length;
      if (bytes.length < end) return;
      this.#pending = bytes.subarray(end);
      yield {
        type: bytes.readUInt8(4),
        request: bytes.readUInt32LE(5),
        body: bytes.subarray(WIRE_HEADER_SIZE, end),
      };
    }
  }
}
