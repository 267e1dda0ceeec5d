/** Stanzas out of bytes: UTF-8 over chunk borders, size and depth limits; broken XML is an event and no exception. */
import { StringDecoder } from 'node:string_decoder';
import { type Element, Parser } from '@xmpp/xml/index.js';
import { LIMITS } from './limits.ts';

/** Stream error conditions of RFC 6120 section 4.9.3 that broken input leads to. */
export type BrokenInput = 'not-well-formed' | 'policy-violation';

export interface ParserEvents {
  onOpen(header: Element): void;
  onElement(element: Element): void;
  onEnd(): void;
  onBroken(condition: BrokenInput): void;
}

class TooDeep extends Error {}

class DepthParser extends Parser {
  #depth = 0;

  override onStartElement(name: string, attrs: Record<string, string>): void {
    if (++this.#depth > LIMITS.depth) throw new TooDeep();
    super.onStartElement(name, attrs);
  }

  override onEndElement(name: string): void {
    this.#depth--;
    super.onEndElement(name);
  }
}

/** Reads one stream; a restarted stream (after TLS and after login) takes a new one. */
export class StreamParser {
  readonly #decoder = new StringDecoder('utf8');
  readonly #parser = new DepthParser();
  readonly #events: ParserEvents;
  /** What the current chunk held. Told after the parser has returned, so that it never swallows our own errors. */
  #found: (() => void)[] = [];
  #pendingBytes = 0;
  #stopped = false;

  constructor(events: ParserEvents) {
    this.#events = events;
    this.#parser.on('start', (header) => this.#found.push(() => events.onOpen(header)));
    this.#parser.on('element', (element) => {
      this.#pendingBytes = 0;
      this.#found.push(() => events.onElement(element));
    });
    this.#parser.on('end', () => this.#found.push(() => events.onEnd()));
    this.#parser.on('error', () => this.#found.push(() => this.#broken('not-well-formed')));
  }

  write(chunk: Buffer): void {
    if (this.#stopped) return;
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes > LIMITS.stanzaBytes) {
      this.#broken('policy-violation');
      return;
    }
    try {
      this.#parser.write(this.#decoder.write(chunk));
    } catch (error) {
      const condition = error instanceof TooDeep ? 'policy-violation' : 'not-well-formed';
      this.#found.push(() => this.#broken(condition));
    }
    const found = this.#found;
    this.#found = [];
    for (const tell of found) {
      if (!this.#stopped) tell();
    }
  }

  /** What the rest of the current chunk holds is not told any more. */
  stop(): void {
    this.#stopped = true;
  }

  #broken(condition: BrokenInput): void {
    this.#stopped = true;
    this.#events.onBroken(condition);
  }
}
