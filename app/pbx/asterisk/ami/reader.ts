import { isAscii } from 'node:buffer';
import { MAX_GREETING, MAX_HEADERS, MAX_LINE, MAX_PACKET } from './limits.ts';
import type { IndexedPacket } from './packet.ts';
import { ReceivedPacket } from './received-packet.ts';

/** Why nothing more can be read from a stream. */
export type AmiStreamProblem = {
  /** `notAmi`: what answers is no manager interface. `tooMuch`: more than any Asterisk sends in one go. */
  readonly code: 'notAmi' | 'tooMuch';
  readonly detail: string;
};

/**
 * Bytes of a manager connection -> packets. Lines end with CRLF and only so, for a value may hold a bare LF; an empty
 * line ends a packet. The first line is the greeting, of any version. Holds at most one unfinished packet.
 */
export class AmiReader {
  readonly #take: (packet: IndexedPacket) => void;
  #greeting: string | undefined;
  #problem: AmiStreamProblem | undefined;
  /** The beginning of a packet whose end has not come, in memory that is used again. */
  #kept = Buffer.alloc(0);
  #keptLength = 0;

  /** `take` must not throw. */
  constructor(take: (packet: IndexedPacket) => void) {
    this.#take = take;
  }

  /** The first line, once it is there. */
  get greeting(): string | undefined {
    return this.#greeting;
  }

  /** Takes bytes however they are cut. @returns why nothing more is read, from then on always the same */
  read(chunk: Buffer): AmiStreamProblem | undefined {
    if (this.#problem) return this.#problem;
    // What was looked through before holds no end, but one may have begun in its last bytes.
    const unseen = Math.max(0, this.#keptLength - END.length + 1);
    const own = this.#keptLength > 0;
    const bytes = own ? this.#append(chunk) : chunk;
    const greeted = this.#greeting === undefined ? this.#greet(bytes) : 0;
    const rest = this.#greeting === undefined ? 0 : this.#packets(bytes, greeted, unseen);
    this.#keep(bytes, rest, own);
    return this.#problem;
  }

  /** @returns where the unfinished packet begins */
  #packets(bytes: Buffer, from: number, unseen: number): number {
    const ascii = isAscii(bytes);
    for (let start = from; ; ) {
      // An empty line that ends no packet: some answers are followed by one too many.
      while (bytes[start] === CR && bytes[start + 1] === LF) start += LINE_END.length;
      const end = bytes.indexOf(END, Math.max(start, unseen));
      // Of the end itself, all but the last byte may be there.
      if (!this.#fits(bytes, start, end < 0 ? bytes.length - END.length + 1 : end) || end < 0) return start;
      this.#take(new ReceivedPacket(bytes.toString('latin1', start, end), ascii));
      start = end + END.length;
    }
  }

  /** @returns where the greeting ends */
  #greet(bytes: Buffer): number {
    const end = bytes.indexOf(LINE_END);
    const line = bytes.toString('latin1', 0, end < 0 ? Math.min(bytes.length, MAX_GREETING) : end);
    const begun = line.slice(0, GREETING.length);
    if (begun !== GREETING.slice(0, begun.length) || (end >= 0 && begun.length < GREETING.length))
      this.#problem = {
        code: 'notAmi',
        detail: `the server began with ${JSON.stringify(line.slice(0, 60))}`,
      };
    else if ((end < 0 ? bytes.length : end) > MAX_GREETING)
      this.#problem = { code: 'notAmi', detail: 'the first line of the server does not end' };
    else if (end >= 0) {
      this.#greeting = line.trim();
      return end + LINE_END.length;
    }
    return 0;
  }

  /** Whether a packet, or the beginning of one, is within the limits; otherwise nothing is read any more. */
  #fits(bytes: Buffer, start: number, end: number): boolean {
    // Below this no limit can be passed.
    if (end - start <= SURELY_FITS) return true;
    const detail = beyond(bytes, start, end);
    if (detail !== undefined) this.#problem = { code: 'tooMuch', detail };
    return detail === undefined;
  }

  #append(chunk: Buffer): Buffer {
    const length = this.#keptLength + chunk.length;
    if (length > this.#kept.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.#kept.length * 2));
      this.#kept.copy(larger, 0, 0, this.#keptLength);
      this.#kept = larger;
    }
    chunk.copy(this.#kept, this.#keptLength);
    this.#keptLength = length;
    return this.#kept.subarray(0, length);
  }

  /** @param own whether `bytes` are in our own memory already */
  #keep(bytes: Buffer, from: number, own: boolean): void {
    const length = this.#problem ? 0 : bytes.length - from;
    this.#keptLength = 0;
    if (length === 0) {
      if (this.#kept.length > SURELY_FITS) this.#kept = Buffer.alloc(0);
    } else if (own) {
      this.#kept.copyWithin(0, from, bytes.length);
      this.#keptLength = length;
    } else this.#append(bytes.subarray(from));
  }
}

const CR = 0x0d;
const LF = 0x0a;
const LINE_END = Buffer.from('\r\n');
const END = Buffer.from('\r\n\r\n');
const GREETING = 'Asterisk Call Manager';
/** A header takes at least three bytes. */
const SURELY_FITS = Math.min(MAX_PACKET, MAX_LINE, MAX_HEADERS * 3);

/** Which limit a packet passes, in words; undefined when none. */
function beyond(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start > MAX_PACKET) return `a packet of more than ${MAX_PACKET} bytes`;
  let count = 0;
  for (let at = start; at < end; count += 1) {
    const next = bytes.indexOf(LINE_END, at);
    const lineEnd = next < 0 || next > end ? end : next;
    if (lineEnd - at > MAX_LINE) return `a line of more than ${MAX_LINE} bytes`;
    at = lineEnd + LINE_END.length;
  }
  return count > MAX_HEADERS ? `a packet of more than ${MAX_HEADERS} headers` : undefined;
}
