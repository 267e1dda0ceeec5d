import { randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/*
 * As much of RFC 6455 as the DevTools protocol needs. Node's own WebSocket asks for keep-alive before it connects,
 * which Wine refuses.
 */

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export type TextSocket = {
  readonly send: (text: string) => void;
  readonly open: () => boolean;
};

/**
 * Connects to a `ws:` address of this machine.
 * @param take called with every text that comes in
 * @param gone called once when the connection has ended
 */
export function connectWebSocket(
  address: string,
  take: (text: string) => void,
  gone: () => void,
): Promise<TextSocket> {
  const { hostname, port, pathname } = new URL(address);
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const refused = (why: string): void => reject(new Error(`${address} is no WebSocket: ${why}`));
    const request = get({ hostname, port, path: pathname, headers });
    request.once('error', ({ message }) => refused(message));
    request.once('response', ({ statusCode }: IncomingMessage) => refused(`status ${statusCode}`));
    request.once('upgrade', (_response: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.once('close', gone);
      const read = frameReader(
        take,
        (payload) => socket.write(frame(PONG, payload)),
        () => socket.end(),
      );
      socket.on('data', read);
      if (head.length > 0) read(head);
      resolve({
        send: (text) => void socket.write(frame(TEXT, Buffer.from(text))),
        open: () => socket.writable,
      });
    });
  });
}

/** One frame from a client, which has to be masked. */
export function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = Buffer.allocUnsafe(2 + extended + 4 + length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) bytes.writeUInt16BE(length, 2);
  if (extended === 8) bytes.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  const start = 2 + extended + 4;
  mask.copy(bytes, start - 4);
  for (let i = 0; i < length; i++) bytes[start + i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
  return bytes;
}

/** Takes the bytes of a server, in whatever pieces they come, and hands over whole texts. */
export function frameReader(
  take: (text: string) => void,
  pinged: (payload: Buffer) => void,
  closed: () => void,
): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let available = 0;
  let needed = 2;
  const message: Buffer[] = [];

  function handle(final: boolean, opcode: number, payload: Buffer): void {
    if (opcode === PING) pinged(payload);
    else if (opcode === CLOSE) closed();
    else if (opcode !== PONG) {
      message.push(payload);
      if (final) take(Buffer.concat(message.splice(0)).toString('utf8'));
    }
  }

  return (chunk) => {
    pieces.push(chunk);
    available += chunk.length;
    while (available >= needed) {
      const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
      pieces = [bytes];
      const header = headerOf(bytes);
      needed = header.size + header.length;
      if (available < needed) break;
      const payload = bytes.subarray(header.size, needed);
      pieces = [bytes.subarray(needed)];
      available -= needed;
      needed = 2;
      handle(header.final, header.opcode, payload);
    }
  };
}

/** Size of a frame's header and length of its payload; while the header is incomplete, the length is 0. */
function headerOf(bytes: Buffer): { final: boolean; opcode: number; size: number; length: number } {
  const first = bytes[0] ?? 0;
  const short = (bytes[1] ?? 0) & 0x7f;
  const size = short === 126 ? 4 : short === 127 ? 10 : 2;
  let length = short;
  if (bytes.length < size) length = 0;
  else if (short === 126) length = bytes.readUInt16BE(2);
  else if (short === 127) length = Number(bytes.readBigUInt64BE(2));
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, size, length };
}
