import { MAX_TARGET } from '../../contract/renderer-api.ts';

/** Longest word of a command line that is looked at, in characters. */
export const MAX_LINK = 1_024;

// What people put into a number or name. No control characters, no quotes, no angle brackets.
const target = /^[\p{L}\p{N}\p{M}+*#()./@_ -]+$/u;

/**
 * The number or name that a `tel:` (RFC 3966) or `callto:` link asks to be dialled: its parameters and query left out,
 * decoded, at most MAX_TARGET characters. Undefined for anything else. It is only ever shown in the dial box.
 */
export function parseDialLink(link: string): string | undefined {
  if (link.length > MAX_LINK) return undefined;
  const [, written] = /^(?:tel|callto):(?:\/\/)?([^;?]*)/i.exec(link.trim()) ?? [];
  if (written === undefined) return undefined;
  try {
    const text = decodeURIComponent(written).normalize('NFC').trim().replace(/\/+$/, '');
    return text.length <= MAX_TARGET && target.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The first dial link of a command line that can be used. */
export function dialLinkIn(words: readonly string[]): string | undefined {
  for (const word of words) {
    const found = parseDialLink(word);
    if (found !== undefined) return found;
  }
  return undefined;
}
