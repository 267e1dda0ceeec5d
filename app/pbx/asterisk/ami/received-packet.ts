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
  /** Whether the bytes are the text, too. */
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
   * @param ascii whether it holds nothing beyond ASCII
   */
  constructor(bytes: string, ascii = ASCII.test(bytes)) {
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
    // Each text by itself is UTF-8 or not.
    const whole = this.#ascii ? this.#bytes : utf8Of(this.#bytes);
    if (whole !== undefined) return whole.replaceAll('\r\n', '\n');
    return this.headers.map(([name, value]) => (name === '' ? value : `${name}: ${value}`)).join('\n');
  }

  #isNamed(at: number, name: string): boolean {
    const start = this.#lines[at] as number;
    if ((this.#lines[at + NAME_END] as number) - start !== name.length || name === '') return false;
    for (let index = 0; index < name.length; index += 1) {
      const own = this.#bytes.charCodeAt(start + index);
      const differs = own ^ name.charCodeAt(index);
      if (differs !== 0 && (differs !== CASE_BIT || !isLetter(own))) return false;
    }
    return true;
  }

  #value(at: number, name: string): string {
    const text = this.#text(this.#lines[at + VALUE], this.#lines[at + VALUE_END]);
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
      const name = this.#text(this.#lines[at], this.#lines[at + NAME_END]);
      all.push([name, this.#value(at, name)]);
    }
    return all;
  }

  /** Finds one more line. @returns whether there is one */
  #findLine(): boolean {
    const bytes = this.#bytes;
    while (this.#next < bytes.length) {
      const start = this.#next;
      const found = bytes.indexOf('\r\n', start);
      const end = found < 0 ? bytes.length : found;
      this.#next = end + 2;
      if (end === start) continue;
      const colon = bytes.indexOf(':', start);
      addLine(this.#lines, bytes, start, colon < end ? colon : -1, end);
      return true;
    }
    return false;
  }
}

/**
 * Of each line: where its name begins and ends (equal where it has none), where its value begins and ends, and what the
 * name is told apart by at a glance.
 */
const LINE = 5;
const NAME_END = 1;
const VALUE = 2;
const VALUE_END = 3;
const KEY = 4;

const CASE_BIT = 0x20;
/** The same for names that differ in case: their length and last letter. Of those that share it few share more. */
const keyOf = (length: number, last: number): number => length * 0x100 + (last | CASE_BIT);
const isLetter = (code: number) => (code | CASE_BIT) >= 0x61 && (code | CASE_BIT) <= 0x7a;

/** And everything below it. String.trim would take half a letter for a space: each character is a byte here. */
const SPACE = 0x20;

function addLine(lines: number[], bytes: string, from: number, colon: number, to: number): void {
  let start = from;
  let nameEnd = Math.max(from, colon);
  let value = colon < 0 ? from : colon + 1;
  let end = to;
  while (start < nameEnd && bytes.charCodeAt(start) <= SPACE) start += 1;
  while (nameEnd > start && bytes.charCodeAt(nameEnd - 1) <= SPACE) nameEnd -= 1;
  while (value < end && bytes.charCodeAt(value) <= SPACE) value += 1;
  while (end > value && bytes.charCodeAt(end - 1) <= SPACE) end -= 1;
  lines.push(start, nameEnd, value, end, keyOf(nameEnd - start, bytes.charCodeAt(nameEnd - 1)));
}

/** What Asterisk writes with C's escapes: names that people gave (ast_escape_c_alloc in manager_channels.c). */
const ESCAPED = /(?:CallerIDName|ConnectedLineName)$/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the text holds one character for each byte
const ASCII = /^[\x00-\x7f]*$/;

/** Asterisk sends UTF-8, and passes on what others said in Latin-1: each text by itself is one or the other. */
const decoded = (bytes: string): string => (ASCII.test(bytes) ? bytes : (utf8Of(bytes) ?? bytes));

function utf8Of(bytes: string): string | undefined {
  const raw = Buffer.from(bytes, 'latin1');
  return isUtf8(raw) ? raw.toString('utf8') : undefined;
}
