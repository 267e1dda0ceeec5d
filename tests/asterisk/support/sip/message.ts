/** SIP messages as text (RFC 3261, section 7): just enough for a test phone on loopback. */

export type Field = readonly [name: string, value: string];

export type SipMessage = {
  /** Request line or status line. */
  readonly start: string;
  readonly fields: readonly Field[];
  readonly body: string;
};

/** Compact names (RFC 3261, section 7.3.3) of the fields that Asterisk may write so. */
const COMPACT: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  t: 'to',
  v: 'via',
  o: 'event',
  r: 'refer-to',
};

/** Reads one datagram; undefined when it is no SIP message, such as a keep-alive. */
export function parseMessage(datagram: Buffer): SipMessage | undefined {
  const text = datagram.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  if (!/^SIP\/2\.0 \d{3} /.test(start) && !/^[A-Z]+ \S+ SIP\/2\.0$/.test(start)) return undefined;
  const fields = lines.flatMap((line): Field[] => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    const name = line.slice(0, colon).trim().toLowerCase();
    return [[COMPACT[name] ?? name, line.slice(colon + 1).trim()]];
  });
  return { start, fields, body: text.slice(end + 4) };
}

/**
 * Writes a message, with its Content-Length.
 *
 * @param encoding `latin1` for a phone that does not know UTF-8, which RFC 3261 asks for
 */
export function formatMessage(
  { start, fields, body }: SipMessage,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Buffer {
  const length: Field = ['Content-Length', String(Buffer.byteLength(body, encoding))];
  const lines = [start, ...[...fields, length].map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, encoding);
}

/** The first value of a field; '' where it does not stand. */
export function field(message: SipMessage, name: string): string {
  return fields(message, name)[0] ?? '';
}

export function fields(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.fields.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => value);
}

/** The method of a request; undefined for a response. */
export function methodOf({ start }: SipMessage): string | undefined {
  return start.startsWith('SIP/2.0 ') ? undefined : start.slice(0, start.indexOf(' '));
}

/** The code of a response; undefined for a request. */
export function statusOf({ start }: SipMessage): number | undefined {
  return start.startsWith('SIP/2.0 ') ? Number(start.slice(8, 11)) : undefined;
}

/** The URI in a From, To, Contact or Refer-To. */
export function uriIn(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';
}

/** A parameter of a field's value (`tag`, `branch`), behind the URI. */
export function parameter(value: string, name: string): string | undefined {
  const behind = value.slice(value.indexOf('>') + 1);
  return new RegExp(`;\\s*${name}=([^;,\\s]+)`, 'i').exec(behind)?.[1];
}
