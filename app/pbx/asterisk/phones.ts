import type { AsteriskLine } from './account.ts';

/**
 * Which channels are the phones of an account's lines. A channel's name is technology/resource and a suffix of Asterisk's
 * own; a line is named by what is dialled to reach it, or by what the account says is called.
 */
export class Phones {
  readonly #lines = new Map<string, AsteriskLine>();

  /** Of two lines with one phone the first has it. */
  constructor(lines: readonly AsteriskLine[]) {
    const names = lines.map(({ name }) => name);
    const channels = lines.map(({ channel }) => channel);
    for (const [at, dialled] of [...channels, ...names].entries()) {
      const line = lines[at % lines.length];
      const phone = phoneOfDialString(dialled);
      if (line && phone !== '' && !this.#lines.has(phone)) this.#lines.set(phone, line);
    }
  }

  /** The line whose phone this channel belongs to. Of the two halves of a Local channel only the first is a phone's. */
  lineOf(channel: string): AsteriskLine | undefined {
    return channel.endsWith(';2') ? undefined : this.#lines.get(phoneOfChannel(channel));
  }
}

/** A Local channel stands in for what the dial plan calls behind it. */
export const isLocal = (channel: string): boolean => /^local\//i.test(channel);

/** `PJSIP/bob-desk-0000004a` -> `pjsip/bob-desk`: resources may hold a hyphen, suffixes do not. */
function phoneOfChannel(channel: string): string {
  const end = channel.lastIndexOf('-');
  return (end < 0 ? channel : channel.slice(0, end)).toLowerCase();
}

/** `PJSIP/831/sip:831@10.0.0.5` -> `pjsip/831`, `Local/831@phones/n` -> `local/831@phones`. */
const phoneOfDialString = (dialled: string): string => dialled.split('/', 2).join('/').toLowerCase();
