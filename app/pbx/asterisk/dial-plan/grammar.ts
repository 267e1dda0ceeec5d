import type { CallOrigin } from '../../../calls/call.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import { ENDS, type End, ORIGINS, type SaidState, STATES } from './words.ts';

/** One event of the dial plan, UserEvent(TAPI,TAPIEVENT: ...), typed. */
export type TapiEvent = {
  readonly command: TapiCommand;
  /** `[~uniqueid]`: the call it is about; otherwise it is about the sender's. */
  readonly call?: string | undefined;
  /** `[line&line]`: for these lines only. Empty: for all of the call. */
  readonly only: readonly string[];
  /** `[!line]`: not for these. */
  readonly but: readonly string[];
  readonly sender: Sender;
};

export type TapiCommand =
  | { readonly kind: 'newCall'; readonly lines: readonly string[] }
  | { readonly kind: 'state'; readonly state: SaidState }
  /** LINE_LINEDEVSTATE RINGING */
  | { readonly kind: 'ringing' }
  /** LINE_CALLINFO: what was set is to be shown */
  | { readonly kind: 'info' }
  | {
      readonly kind: 'set';
      readonly end: End;
      readonly part: 'number' | 'name';
      readonly value: string;
    }
  | { readonly kind: 'origin'; readonly origin: CallOrigin };

/** The channel that ran UserEvent. What Asterisk before 12, or the action UserEvent, does not say is absent. */
export type Sender = {
  readonly uniqueid?: string | undefined;
  readonly linkedid?: string | undefined;
  readonly channel?: string | undefined;
  readonly packet: AmiPacket;
};

/** A mistake in the dial plan that was understood all the same, or not. */
export type Oddity = {
  readonly code: 'pipes' | 'colonForgotten' | 'wordUnknown' | 'unreadable';
  /** Words of the grammar, never a number or a name. */
  readonly words: string;
};

export type Parsed = { readonly event?: TapiEvent; readonly oddity?: Oddity };

/** Characters of a TAPIEVENT: Asterisk cuts its own at about 4,000. */
const MAX_TEXT = 8_000;
/** Characters of a number or a name. */
export const MAX_VALUE = 256;
/** Lines that one event may name. */
const MAX_TARGETS = 200;

/**
 * Reads a packet as an event of AstTapi's dial plan, in the header shapes of Asterisk 1.2 to 22 and with the mistakes
 * that were copied from AstTapi's old page. undefined: it is none.
 */
export function parseTapiEvent(packet: AmiPacket): Parsed | undefined {
  const found = textOf(packet);
  if (!found) return undefined;
  const text = found.text?.slice(0, MAX_TEXT);
  if (text === undefined) return { oddity: { code: found.oddity ?? 'colonForgotten', words: '' } };
  const read = eventOf(text, packet);
  return found.oddity ? { oddity: { code: found.oddity, words: '' }, ...read } : read;
}

type Found = { readonly text?: string; readonly oddity?: 'pipes' | 'colonForgotten' };

/** The text behind `TAPIEVENT:`, wherever the version of Asterisk and the dial plan's spelling have put it. */
function textOf(packet: AmiPacket): Found | undefined {
  const event = header(packet, 'Event') ?? '';
  if (event !== 'UserEvent' && !/^UserEvent/i.test(event)) return undefined;
  const name = header(packet, 'UserEvent');
  // Asterisk up to 1.2 glues the name to the event's.
  if (name === undefined) return event.toLowerCase() === 'usereventtapi' ? bodyOf(packet) : undefined;
  if (name === 'TAPI') return bodyOf(packet);
  const [first = '', second, ...more] = name.split('|');
  if (first.trim().toLowerCase() !== 'tapi') return undefined;
  if (second === undefined) return bodyOf(packet);
  // Since 1.6 a pipe separates nothing: all that follows is part of the name.
  const text = [second, ...more].map(behindName).find((found) => found !== undefined);
  return text === undefined ? { oddity: 'pipes' } : { text, oddity: 'pipes' };
}

function bodyOf(packet: AmiPacket): Found {
  const text = header(packet, 'TAPIEVENT');
  if (text !== undefined) return { text };
  // Asterisk 1.4 to 11 sends on a line without a colon; a line's name may bring one later.
  for (const [name, value] of packet.headers) {
    const forgotten = behindName(name === '' || value === '' ? name || value : `${name}:${value}`);
    if (forgotten !== undefined) return { text: forgotten, oddity: 'colonForgotten' };
  }
  return {};
}

/** What follows `TAPIEVENT:` or, with the colon forgotten, `TAPIEVENT `. */
const behindName = (text: string) => /^\s*TAPIEVENT(?:\s*:|\s)\s*(.*)$/is.exec(text)?.[1];

/** `[~uniqueid&line&!line] WORD argument` */
function eventOf(text: string, packet: AmiPacket): Parsed {
  const said = text.trim();
  const bracket = said.startsWith('[') ? said.indexOf(']') : -1;
  const to = bracket < 0 ? EVERYBODY : targetsOf(said.slice(1, bracket));
  const rest = bracket < 0 ? said : said.slice(bracket + 1).trimStart();
  const [word, argument] = firstWord(rest);
  const command = commandOf(word, argument, to.only);
  if (typeof command === 'string') return { oddity: { code: command, words: shown(rest) } };
  const { call, only, but } = to;
  return { event: { command, call, only, but, sender: senderOf(packet) } };
}

type Targets = Pick<TapiEvent, 'call' | 'only' | 'but'>;

/** Nobody is named. */
const EVERYBODY: Targets = { call: undefined, only: [], but: [] };

function targetsOf(text: string): Targets {
  const only: string[] = [];
  const but: string[] = [];
  let call: string | undefined;
  for (const target of text.split('&', MAX_TARGETS)) {
    const name = target.trim();
    if (name.startsWith('~')) call ??= name.slice(1).trim() || undefined;
    else if (name.startsWith('!')) but.push(name.slice(1).trim());
    else if (name !== '') only.push(name);
  }
  return { call, only, but };
}

function commandOf(
  word: string,
  argument: string,
  targets: readonly string[],
): TapiCommand | 'wordUnknown' | 'unreadable' {
  switch (word) {
    case 'LINE_NEWCALL':
      return newCall(argument, targets);
    case 'LINE_CALLSTATE': {
      const state = STATES.get(firstWord(argument)[0]);
      return state ? { kind: 'state', state } : 'wordUnknown';
    }
    case 'LINE_CALLINFO':
      return { kind: 'info' };
    case 'LINE_LINEDEVSTATE':
      return /^(LINEDEVSTATE_)?RINGING$/.test(firstWord(argument)[0]) ? { kind: 'ringing' } : 'wordUnknown';
    case 'SET':
      return set(argument);
    default:
      return word === '' || word.startsWith('[') ? 'unreadable' : 'wordUnknown';
  }
}

/** What Dial was given stands here in many a dial plan: several lines in one. */
function newCall(argument: string, targets: readonly string[]): TapiCommand | 'unreadable' {
  const named = argument.split('&', MAX_TARGETS).flatMap((name) => name.trim() || []);
  const lines = named.length > 0 ? named : targets;
  return lines.length > 0 ? { kind: 'newCall', lines } : 'unreadable';
}

function set(argument: string): TapiCommand | 'wordUnknown' {
  const [what, value] = firstWord(argument);
  if (what === 'CALLORIGIN') {
    const origin = ORIGINS.get(firstWord(value)[0]);
    return origin ? { kind: 'origin', origin } : 'wordUnknown';
  }
  const known = ENDS.get(what);
  return known ? { kind: 'set', ...known, value: value.slice(0, MAX_VALUE) } : 'wordUnknown';
}

/** The first word of a text in upper case, and what follows the space behind it. */
function firstWord(text: string): readonly [word: string, rest: string] {
  const end = text.search(/\s/);
  return end < 0 ? [text.toUpperCase(), ''] : [text.slice(0, end).toUpperCase(), text.slice(end).trimStart()];
}

/** The words of the grammar that a text begins with, for a hint: no more, for a name or number may follow. */
const shown = (text: string) => /^[A-Z_]{1,40}(?: [A-Z_]{1,40})?(?=\s|$)/.exec(text.toUpperCase())?.[0] ?? '';

function senderOf(packet: AmiPacket): Sender {
  // A header without a value says nothing.
  const uniqueid = header(packet, 'Uniqueid') || undefined;
  const linkedid = header(packet, 'Linkedid') || undefined;
  const channel = header(packet, 'Channel') || undefined;
  return { uniqueid, linkedid, channel, packet };
}
