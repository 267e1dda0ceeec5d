import { isUtf8 } from 'node:buffer';
import type { AmiHeader, IndexedPacket } from './packet.ts';
import { unescaped } from './unescape.ts';

/**
 * A packet as it came. Most of what a busy PBX sends is of no interest after one look: lines are found as far as a header
 * is looked for, and a value becomes text when it is read.
 */
export class ReceivedPacket implements IndexedPacket {
  /** One character for each byte. */
  readonly #bytes: string;
  /** Whether the bytes are known to be the text, too. */
  readonly #ascii: boolean;
  /** LINE places for each line that was found so far. */
  readonly #lines: number[] = [];
  /** Where the first line begins that was not. */
  #next = 0;
  #headers: readonly AmiHeader[] | undefined;
  /** null: nobody has asked yet. */
  #event: string | undefined | null = null;

  /**
   * @param bytes the packet as Latin-1, without the empty line at its end
   * @param ascii whether it is known to hold nothing beyond ASCII
   */
  constructor(bytes: string, ascii = false) {
    this.#bytes = bytes;
    this.#ascii = ascii;
  }

  get headers(): readonly AmiHeader[] {
    this.#headers ??= this.#all();
    return this.#headers;
  }

  /** The value of the first header of that name, in any case. */
  find(name: string): string | undefined {
    if (name !== 'Event') return this.#find(name);
    // Whoever gets a packet asks for it first.
    if (this.#event === null) this.#event = this.#find(name);
    return this.#event;
  }

  #find(name: string): string | undefined {
    const lines = this.#lines;
    const key = keyOf(name.length, name.charCodeAt(name.length - 1));
    for (let at = 0; at < lines.length || this.#findLine(); at += LINE)
      if (lines[at + KEY] === key && this.#isNamed(at, name)) return this.#value(at, name);
    return undefined;
  }

  /** The whole packet for people to read, a line for each header. */
  get text(): string {
    const whole = linesOf(this.#bytes);
    if (this.#ascii || !whole.includes(NOT_UTF8)) return whole;
    // Each text by itself is UTF-8 or not.
    return this.headers.map(([name, value]) => (name === '' ? value : `${name}: ${value}`)).join('\n');
  }

  #isNamed(at: number, name: string): boolean {
    const start = this.#lines[at] as number;
    if (lengthIn(this.#lines[at + KEY]) !== name.length || name === '') return false;
    for (let index = 0; index < name.length; index += 1) {
      const own = this.#bytes.charCodeAt(start + index);
      const differs = own ^ name.charCodeAt(index);
      if (differs !== 0 && (differs !== CASE_BIT || !isLetter(own))) return false;
    }
    return true;
  }

  #value(at: number, name: string): string {
    const bytes = this.#bytes;
    let start = (this.#lines[at] as number) + lengthIn(this.#lines[at + KEY]);
    let end = this.#lines[at + LINE_END] as number;
    if (name !== '') start = bytes.indexOf(':', start) + 1;
    while (start < end && bytes.charCodeAt(start) <= SPACE) start += 1;
    while (end > start && bytes.charCodeAt(end - 1) <= SPACE) end -= 1;
    const text = this.#text(start, end);
    if (!text.includes('\\') || !ESCAPED.test(name)) return text;
    return this.#isAfterUserEvent(at) ? text : unescaped(text);
  }

  #text(start: number | undefined, end: number | undefined): string {
    const bytes = this.#bytes.slice(start, end);
    return this.#ascii ? bytes : decoded(bytes);
  }

  /** There the dial plan's own text begins, which Asterisk does not escape. */
  #isAfterUserEvent(at: number): boolean {
    for (let before = 0; before < at; before += LINE) if (this.#isNamed(before, 'UserEvent')) return true;
    return false;
  }

  #all(): readonly AmiHeader[] {
    while (this.#findLine());
    const all: AmiHeader[] = [];
    for (let at = 0; at < this.#lines.length; at += LINE) {
      const start = this.#lines[at] as number;
      const name = this.#text(start, start + lengthIn(this.#lines[at + KEY]));
      all.push([name, this.#value(at, name)]);
    }
    return all;
  }

  #addLine(from: number, colon: number, to: number): void {
    const bytes = this.#bytes;
    let start = from;
    let nameEnd = Math.max(from, colon);
    while (start < nameEnd && bytes.charCodeAt(start) <= SPACE) start += 1;
    while (nameEnd > start && bytes.charCodeAt(nameEnd - 1) <= SPACE) nameEnd -= 1;
    if (nameEnd === start) nameEnd = start = colon < 0 ? from : colon + 1;
    this.#lines.push(start, keyOf(nameEnd - start, bytes.charCodeAt(nameEnd - 1)), to);
  }

  /** Finds one more line. @returns whether there is one */
  #findLine(): boolean {
    const bytes = this.#bytes;
    while (this.#next < bytes.length) {
      const start = this.#next;
      const end = endOfLine(bytes, start);
      this.#next = end + 2;
      if (end === start) continue;
      let colon = start;
      while (colon < end && bytes.charCodeAt(colon) !== COLON) colon += 1;
      this.#addLine(start, colon < end ? colon : -1, end);
      return true;
    }
    return false;
  }
}

/**
 * Of each line: where its name begins, or its value where it has none; what the name is told apart by at a glance; where
 * the line ends.
 */
const LINE = 3;
const KEY = 1;
const LINE_END = 2;

const CR = 0x0d;
const COLON = 0x3a;
const CASE_BIT = 0x20;
/** The same for names that differ in case: their length and last letter. Of those that share it few share more. */
const keyOf = (length: number, last: number): number => length * 0x100 + (last | CASE_BIT);
const lengthIn = (key: number | undefined): number => (key as number) >>> 8;
const isLetter = (code: number) => (code | CASE_BIT) >= 0x61 && (code | CASE_BIT) <= 0x7a;

/** The engine looks for one character much faster than for two. */
function endOfLine(bytes: string, start: number): number {
  for (let end = bytes.indexOf('\n', start); end >= 0; end = bytes.indexOf('\n', end + 1))
    if (end > start && bytes.charCodeAt(end - 1) === CR) return end - 1;
  return bytes.length;
}

/** And everything below it. String.trim would take half a letter for a space: each character is a byte here. */
const SPACE = 0x20;

/** What Asterisk writes with C's escapes: names that people gave (ast_escape_c_alloc in manager_channels.c). */
const ESCAPED = /(?:CallerIDName|ConnectedLineName)$/i;

/** Of one character for each byte. Most texts are short: sooner walked through than given to a regular expression. */
function isAscii(bytes: string): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (bytes.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** Asterisk sends UTF-8, and passes on what others said in Latin-1: each text by itself is one or the other. */
const decoded = (bytes: string): string => (isAscii(bytes) ? bytes : (utf8Of(bytes) ?? bytes));

/** What stands in a decoded text for bytes that are no UTF-8. */
const NOT_UTF8 = '\ufffd';

/** Taken again for every packet. */
let scratch = Buffer.alloc(0);

/** The bytes of a packet as UTF-8, with LF for each CRLF: every packet that is traced is read like this. */
function linesOf(bytes: string): string {
  if (scratch.length < bytes.length) scratch = Buffer.alloc(bytes.length * 2);
  const length = scratch.write(bytes, 'latin1');
  return scratch.toString('utf8', 0, length).replace(/\r\n/g, '\n');
}

function utf8Of(bytes: string): string | undefined {
  const raw = Buffer.from(bytes, 'latin1');
  return isUtf8(raw) ? raw.toString('utf8') : undefined;
}
