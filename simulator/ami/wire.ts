/** The Asterisk Manager Interface as bytes: packets of headers, one in each CRLF line, a blank line at the end. */

export type Header = readonly [name: string, value: string];
export type Packet = readonly Header[];

/** Bytes that wait for the end of a packet before the connection is given up. */
const MAX_WAITING = 65_536;

/** The last value of a header, by its name in any case; empty where there is none. */
export function headerNamed(packet: Packet, name: string): string {
  const wanted = name.toLowerCase();
  return packet.findLast(([other]) => other.toLowerCase() === wanted)?.[1] ?? '';
}

/** Every value of a header that may stand several times. */
export function headersNamed(packet: Packet, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return packet.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => value);
}

export const encode = (packet: Packet): string =>
  `${packet.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

/** Text in the headers of a channel: Asterisk escapes it as C does. The text of UserEvent stays as it is. */
export const escaped = (text: string): string => text.replace(/['"\\]/g, (sign) => `\\${sign}`);

/** Cuts what a client sends into packets, wherever the network has cut it. */
export class PacketReader {
  #rest = '';

  /** @returns the packets that are complete, or undefined when this is no AMI client */
  read(text: string): readonly Packet[] | undefined {
    const parts = (this.#rest + text).split('\r\n\r\n');
    this.#rest = parts.pop() ?? '';
    if (this.#rest.length > MAX_WAITING) return undefined;
    return parts.map((part) => part.split('\r\n').flatMap(headerIn));
  }
}

/** A line without a colon is left out, as Asterisk does. */
function headerIn(line: string): readonly Header[] {
  const colon = line.indexOf(':');
  return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
}
