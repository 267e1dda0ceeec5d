/**
 * One packet of the Asterisk Manager Interface: headers in their order, as text. A name may stand in it more than once,
 * and in any case. A line without a colon is a header without a name: old Asterisk sends on what a dial plan wrote.
 */
export type AmiPacket = { readonly headers: readonly AmiHeader[] };

export type AmiHeader = readonly [name: string, value: string];

/** A packet that finds a header without making all of them. `text`: all of it, a line for each header. */
export type IndexedPacket = AmiPacket & {
  readonly find: (name: string) => string | undefined;
  readonly text: string;
};

/**
 * The value of a header, by its name in any case. Of several the first: Asterisk's own stand before those of a dial plan,
 * and there a caller's name with commas in it adds headers as it likes, `Event` among them (measured on 16 and 22).
 */
export function header(packet: AmiPacket & Partial<IndexedPacket>, name: string): string | undefined {
  if (packet.find !== undefined) return packet.find(name);
  const wanted = name.toLowerCase();
  return packet.headers.find(([other]) => other.toLowerCase() === wanted)?.[1];
}

/** Every value of a header that may stand several times, such as `Variable`. */
export function headers(packet: AmiPacket, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return packet.headers.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => value);
}
