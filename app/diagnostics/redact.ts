/** What stands in place of text that could not be made safe. */
export const UNSAFE = '[left out]';

// A run of digits with what people put between them, and its last two. Three digits and fewer tell nobody's number.
const number = /\+?\d(?:[\s()/.-]{0,3}\d)+[\s()/.-]{0,3}(\d)[\s()/.-]{0,3}(\d)/g;
// Labels and many details have no digit at all.
const anyDigit = /[\d\u0660-\uffff]/;
// The same in any script, four times as slow. Digits of other scripts begin at U+0660.
const otherScripts = /[\u0660-\uffff]/;
const anyNumber = /\+?\p{Nd}(?:[\s()/.-]{0,3}\p{Nd})+[\s()/.-]{0,3}(\p{Nd})[\s()/.-]{0,3}(\p{Nd})/gu;
// No function, and no text for every match: every step of a call is redacted.
const lastTwo = '…$1$2';
// An element's text, up to the next tag; to the end where the text was cut.
const inside = String.raw`(?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[^<])+`;
// What SASL exchanges (RFC 6120 section 6): the text of its elements.
const sasl = new RegExp(String.raw`(<(?:auth|response|challenge|success)\b[^<>]{0,400}>)${inside}`, 'gi');
// The same for an element whose name says that it is a secret.
const element = new RegExp(
  String.raw`(<[\w:.-]*(?:password|passwd|secret|token)[^<>]{0,400}>)${inside}`,
  'gi',
);
// An attribute or field whose name says so: its value in quotes, to the end where the text was cut.
const quoted =
  /((?:password|passwd|secret|token)["']?\s*[=:]\s*)(?:"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|'(?:\\[\s\S]|[^'\\])*(?:'|\\?$))/gi;
// The same without quotes, up to the next blank. Here the name stands alone: `wrongPassword: ...` tells no secret.
const bare = /(\b(?:password|passwd|secret|token)\s*[=:]\s*)[^\s<"'][^\s<]*/gi;

// What every rule about secrets needs to be there. Nearly no text has it, and most have a number.
const suspicious = /passw|secret|token|<(?:auth|response|challenge|success)\b/i;

/**
 * Text as it may be stored: phone numbers cut to their last two digits, secrets left out. Text that makes the rules fail
 * is left out whole.
 */
export function redact(text: string): string {
  try {
    const unnamed = suspicious.test(text) ? withoutSecrets(text) : text;
    if (!anyDigit.test(unnamed)) return unnamed;
    return unnamed.replace(otherScripts.test(unnamed) ? anyNumber : number, lastTwo);
  } catch {
    return UNSAFE;
  }
}

const withoutSecrets = (text: string): string =>
  text
    .replace(sasl, `$1${UNSAFE}`)
    .replace(element, `$1${UNSAFE}`)
    .replace(quoted, `$1${UNSAFE}`)
    .replace(bare, `$1${UNSAFE}`);

/** A phone number with all but its last two digits hidden; an extension of up to three digits stays. */
export function maskNumber(text: string): string {
  const digits = text.replace(otherScripts.test(text) ? /\P{Nd}/gu : /\D/g, '');
  // A digit of some scripts takes two places.
  return digits.length > 3 ? `…${[...digits.slice(-4)].slice(-2).join('')}` : text;
}
