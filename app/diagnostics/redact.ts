/** What stands in place of text that could not be made safe. */
export const UNSAFE = '[left out]';

// A run of digits with what people put between them. Three digits and fewer tell nobody's number.
const number = /\+?\d(?:[\s()/.-]{0,3}\d){3,}/g;
// The value of anything whose name says that it is a secret: an attribute's, a field's, an element's text.
const secret = /\b((?:password|passwd|secret|token)["']?(?:[^<>]{0,200}>|\s*[=:])\s*["']?)[^<"'\s]+/gi;
// What SASL exchanges (RFC 6120 section 6): the text of its elements.
const sasl = /(<(?:auth|response|challenge|success)\b[^<>]{0,400}>)[^<]+/gi;

/**
 * Text as it may be stored: phone numbers cut to their last two digits, secrets left out. Text that makes the rules fail
 * is left out whole.
 */
export function redact(text: string): string {
  try {
    return text.replace(sasl, `$1${UNSAFE}`).replace(secret, `$1${UNSAFE}`).replace(number, maskNumber);
  } catch {
    return UNSAFE;
  }
}

/** A phone number with all but its last two digits hidden; an extension of up to three digits stays. */
export function maskNumber(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits.length > 3 ? `…${digits.slice(-2)}` : text;
}
