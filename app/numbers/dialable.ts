/** Longest number or name that is handed to a PBX, in characters. */
export const MAX_DIALABLE = 128;

export type Dialable =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly problem: 'empty' | 'tooLong' };

// Marks that text from contact programs carries and nobody sees: directions, joiners, no-break signs.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * What a person or program typed, as the PBX can dial it: `0049 (0) 29691 0` becomes `0049296910`. A leading +, digits,
 * * and # stay. The trunk zero in brackets goes when an international prefix stands before it. A name (`weber`,
 * `weber@branch`) is left as it is: the PBX knows names. Outside lines and prefixes are the PBX's business.
 */
export function dialable(typed: string): Dialable {
  const known = typed.replace(invisible, '').normalize('NFKC');
  const line = known.split(/[\r\n]/, 1)[0] ?? '';
  // Sub-address and name of TAPI's canonical form.
  const address = (line.split(/[|^]/, 1)[0] ?? '').trim();
  const text = address.replace(/^(?:(?:tel|callto|sip):\s*)+/i, '');
  if (text.length > MAX_DIALABLE) return { ok: false, problem: 'tooLong' };
  if (/\p{L}/u.test(text)) return { ok: true, number: text };
  const international = /^\s*(\+|00)/.test(text);
  const plain = international ? text.replace(/\(\s*0\s*\)/, '') : text;
  const number = (plain.startsWith('+') ? '+' : '') + plain.replace(/[^\d*#]/g, '');
  return /[\d*#]/.test(number) ? { ok: true, number } : { ok: false, problem: 'empty' };
}
