import type { WireLine } from '../port.ts';
import type { AmiAction } from './ami/connection.ts';
import { type AmiHeader, type AmiPacket, header, type IndexedPacket } from './ami/packet.ts';

/** Characters of a packet in the trace: longer ones are cut. */
const MAX_TRACE_TEXT = 16 * 1024;
const MAX_TRACE_LABEL = 256;

/**
 * What came, as the trace keeps it: `Event Newstate`, `Event TAPI OFFERING`, `Response Success`. Its text is made when it
 * is read.
 */
export const packetLine = (packet: AmiPacket, about: Pick<WireLine, 'channel' | 'call'> = {}): WireLine =>
  new HeadersLine('in', packet, labelOf(packet), about);

/** What was sent. */
export const actionLine = ({ name, headers = [], about = {} }: AmiAction): WireLine =>
  new HeadersLine('out', { headers: [['Action', name], ...headers] }, `Action ${name}`, about);

/** Something that did not cross the wire, told for whoever reads the trace. */
export const note = (label: string, text: string): WireLine => ({
  direction: 'note',
  label,
  text: text.slice(0, MAX_TRACE_TEXT),
});

class HeadersLine implements WireLine {
  readonly direction: 'in' | 'out';
  readonly label: string;
  declare readonly channel?: string;
  declare readonly call?: number;
  readonly #packet: AmiPacket | IndexedPacket;

  constructor(
    direction: 'in' | 'out',
    packet: AmiPacket,
    label: string,
    about: Pick<WireLine, 'channel' | 'call'>,
  ) {
    this.direction = direction;
    this.#packet = packet;
    this.label = label.slice(0, MAX_TRACE_LABEL);
    if (about.channel !== undefined) this.channel = about.channel;
    if (about.call !== undefined) this.call = about.call;
  }

  get text(): string {
    const packet = this.#packet;
    // Hardly any packet holds a secret: its text tells that sooner than all its names do.
    const text = 'text' in packet ? packet.text : undefined;
    const shown = text === undefined || mayHoldSecret(text) ? withoutSecrets(packet.headers) : text;
    return shown.slice(0, MAX_TRACE_TEXT);
  }
}

const withoutSecrets = (headers: readonly AmiHeader[]): string =>
  headers
    .map(([name, value]) => (name === '' ? value : `${name}: ${SECRET.test(name) ? LEFT_OUT : value}`))
    .join('\n');

/** The secret itself, what it can be guessed from, and digits that people type: they may be a PIN. */
const SECRET = /^(?:secret|key|challenge|digit)$|passw/i;
/** Whether such a name may stand there. Two short looks are quicker than one that does both. */
const mayHoldSecret = (text: string): boolean => NAMED_SECRET.test(text) || PASSWORD.test(text);
/** Around a name nothing up to the space counts (ami/received-packet.ts). */
const NAMED_SECRET = /(?:^|\n)[^!-\uffff\n]*(?:secret|key|challenge|digit)[^!-\uffff]*:/i;
const PASSWORD = /passw/i;
const LEFT_OUT = '(left out)';

function labelOf(packet: AmiPacket): string {
  const event = header(packet, 'Event');
  if (event === undefined) return `Response ${header(packet, 'Response') ?? ''}`.trim();
  if (event !== 'UserEvent') return `Event ${event}`.trim();
  const said = SAID.exec(header(packet, 'TAPIEVENT') ?? '')?.[1];
  return said === undefined
    ? `Event UserEvent ${header(packet, 'UserEvent') ?? ''}`.trim()
    : `Event TAPI ${said}`;
}

/** What a dial plan says, without of whom: no number, name or line stands in a label. */
const SAID =
  /^(?:\[[^\]]*\] *)?(?:LINE_CALLSTATE +LINECALLSTATE_(?=[A-Z]))?((?:SET |LINE_|(?<=LINECALLSTATE_))[A-Z]+)(?: |$)/;
