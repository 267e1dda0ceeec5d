import { readFileSync } from 'node:fs';

/** A call as a real Asterisk told it, to be told again and again with names of its own. */
export type Recording = {
  /** Among the captures of the tests: what was recorded and how stands beside it. */
  readonly capture: string;
  /** Lines that the call is one of. */
  readonly lines: readonly { readonly name: string; readonly channel: string }[];
};

/** What a manager user with read=user sees of a call that a phone takes: the dial plan's UserEvents. */
export const USER_EVENTS: Recording = {
  capture: '22/23-asttapi-modern-one-phone.ami',
  lines: [{ name: 'PJSIP/bob', channel: 'PJSIP/bob' }],
};
/** A call that two phones ring for, with the dial plan's events and all of Asterisk's own (read=call,user). */
export const EVERYTHING: Recording = {
  capture: '22/20-asttapi-classic-two-phones.ami',
  lines: [
    { name: 'line_1', channel: 'PJSIP/bob' },
    { name: 'line_2', channel: 'PJSIP/carol' },
  ],
};

const CAPTURES = new URL('../../tests/asterisk/captures/', import.meta.url);
/** Uniqueids, the numbers of channels, and the names of bridges: what differs from call to call. */
const NAMES = /(\d{10}\.\d+|(?<=-)[0-9a-f]{8}(?=\r|;|@|,|$)|[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-))/m;
/** As many digits as the recorded names have. */
const FIRST = 1_000_000_000;

/** Goes on and on with one recorded call, without end and always the same but for its names. */
export class RecordedCalls {
  readonly events: number;
  /** What is always the same, and between it the names. */
  readonly #parts: readonly string[];
  /** Which of the call's names stands in each place. */
  readonly #places: readonly number[];
  readonly #names: readonly string[];
  #calls = 0;

  constructor({ capture }: Recording) {
    const whole = readFileSync(new URL(capture, CAPTURES), 'latin1');
    // The greeting, answers, and what was said after the call, are another connection's.
    const packets = whole.split('\r\n\r\n').filter((packet) => packet.startsWith('Event: '));
    this.events = packets.length;
    const split = packets
      .map((packet) => `${packet}\r\n\r\n`)
      .join('')
      .split(NAMES);
    this.#parts = split.filter((_, at) => at % 2 === 0);
    const said = split.filter((_, at) => at % 2 === 1);
    this.#names = [...new Set(said)];
    this.#places = said.map((name) => this.#names.indexOf(name));
  }

  /** The next so many calls, each from its first event to its last. */
  take(calls: number): Buffer {
    let text = '';
    for (let taken = 0; taken < calls; taken += 1) text += this.#next();
    return Buffer.from(text, 'latin1');
  }

  #next(): string {
    const nth = this.#calls;
    this.#calls += 1;
    const names = this.#names.map((name, at) => {
      const number = nth * this.#names.length + at;
      return name.includes('.') ? `${FIRST + nth}.${number}` : number.toString(16).padStart(8, '0');
    });
    return this.#parts.map((part, at) => part + (names[this.#places[at] ?? -1] ?? '')).join('');
  }
}
