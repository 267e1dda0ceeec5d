import xml from '@xmpp/xml/index.js';
import { encodeEvent } from '../../simulator/mobydick/cmd/encode.ts';

/** Whom the events are for: the user they are told of and the address of the session that gets them. */
export type Receiver = {
  readonly extension: string;
  readonly fullName: string;
  readonly device: string;
  readonly domain: string;
  readonly address: string;
};

/** One step of a call: the word of its ChannelEvent, and why, where it has ended. */
type Step = { readonly eventType: string; readonly details?: string };
type Story = { readonly outbound: boolean; readonly steps: readonly Step[] };

const step = (eventType: string): Step => ({ eventType });

/** What becomes of calls in an office: one taken and held for a moment, one that nobody takes, one dialled. */
const STORIES: readonly Story[] = [
  { outbound: false, steps: ['ringing', 'rename', 'busy', 'hold', 'unhold', 'hangup'].map(step) },
  { outbound: false, steps: [step('ringing'), step('rename'), { eventType: 'hangup', details: 'noanswer' }] },
  { outbound: true, steps: ['ringing', 'busy', 'rename', 'hangup'].map(step) },
];

/** Calls that a phone has at a time; the events of one stand between those of the others. */
const AT_A_TIME = 3;

/** Escaped as XML text: what is left of a template after its places are filled is on the wire as it stands. */
const NAMES = [
  'Käthe Müller',
  'Jørgen Ødegård',
  'Sales &amp; Service',
  'Zoë Zimmer',
  'Anne-Marie d&apos;Arc',
];

const CHANNEL = '{channel}';
const OTHER_CHANNEL = '{otherChannel}';
const NAME = '{name}';
const NUMBER = '{number}';
const SINCE = '{since}';
const PLACES = new RegExp(`(${[CHANNEL, OTHER_CHANNEL, NAME, NUMBER, SINCE].join('|')})`);

/** 2026-01-05 08:00 UTC, in ms: when the first call began. */
const MORNING = 1_767_600_000_000;
const BETWEEN_CALLS_MS = 20_000;
/** Numbers that callers have, from this one on. */
const FIRST_NUMBER = 1_000_000;
const NUMBERS = 9_000_000;

/** Bytes that are handed to a socket at once: a full record of TLS. */
const PIECE = 16_384;

type Running = { readonly story: Story; readonly values: Readonly<Record<string, string>>; next: number };

/**
 * Goes on and on with the calls of one phone as the embedded PBX would write them, without end and always the same:
 * channels come, are renamed, taken, held and go.
 */
export class ChannelEvents {
  readonly #templates: ReadonlyMap<Step, readonly string[]>;
  readonly #running: Running[] = [];
  #calls = 0;
  #events = 0;

  constructor(receiver: Receiver) {
    this.#templates = new Map(
      STORIES.flatMap(({ outbound, steps }) =>
        steps.map((one) => [one, template(one, outbound, receiver)] as const),
      ),
    );
  }

  /** Calls so far. */
  get calls(): number {
    return this.#calls;
  }

  /** Calls that have not ended. */
  get alive(): number {
    return this.#running.filter(({ story, next }) => next < story.steps.length).length;
  }

  /** The next so many events, each a whole stanza. */
  take(count: number): string {
    let text = '';
    for (let taken = 0; taken < count; taken += 1) text += this.#next();
    return text;
  }

  #next(): string {
    const slot = this.#events % AT_A_TIME;
    this.#events += 1;
    const before = this.#running[slot];
    const call = before && before.next < before.story.steps.length ? before : this.#begin();
    this.#running[slot] = call;
    const now = call.story.steps[call.next];
    const parts = now && this.#templates.get(now);
    if (!parts) throw new Error('a step without a template');
    call.next += 1;
    // In a split text places and what stands between them take turns.
    return parts.map((part, at) => (at % 2 === 0 ? part : call.values[part])).join('');
  }

  #begin(): Running {
    const nth = this.#calls;
    this.#calls += 1;
    const id = nth.toString(16).padStart(8, '0');
    const story = STORIES[nth % STORIES.length];
    if (!story) throw new Error('no story');
    return {
      story,
      next: 0,
      values: {
        [CHANNEL]: `SIP/anna-${id}`,
        [OTHER_CHANNEL]: `SIP/trunk-${id}`,
        [NAME]: NAMES[nth % NAMES.length] ?? '',
        [NUMBER]: `089${FIRST_NUMBER + (nth % NUMBERS)}`,
        [SINCE]: String(MORNING + nth * BETWEEN_CALLS_MS),
      },
    };
  }
}

/** A stanza in parts: what is always the same, and between it the names of the places to fill. */
function template(one: Step, outbound: boolean, receiver: Receiver): readonly string[] {
  const { extension, fullName, device, domain, address } = receiver;
  const far = { Name: NAME, Number: NUMBER };
  const own = { Name: fullName, Number: extension };
  const [source, target] = outbound ? [own, far] : [far, own];
  const event = encodeEvent({
    module: 'base',
    type: 'ChannelEvent',
    attributes: {},
    // The order is the embedded PBX's (simulator/mobydick/channel-events.ts).
    fields: {
      eventType: one.eventType,
      eventId: CHANNEL,
      eventDetails: one.details ?? '',
      outbound,
      internal: false,
      sourceName: source.Name,
      sourceNumber: source.Number,
      sourceCallerIdName: '',
      targetName: target.Name,
      targetCallerIdName: '',
      targetNumber: target.Number,
      busySince: one.eventType === 'ringing' ? '' : SINCE,
      refChannel: OTHER_CHANNEL,
      device,
      fromName: '',
      fromNumber: '',
      LabelList: '',
    },
  });
  return xml('message', { to: address, from: `pbx.${domain}` }, event)
    .toString()
    .split(PLACES);
}

/** Text as it arrives: cut wherever a piece is full, be it within a stanza or a character. */
export function inPieces(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, at) =>
    bytes.subarray(at * PIECE, (at + 1) * PIECE),
  );
}
