/**
 * Takes back C's escapes, as Asterisk writes them into the names of callers (`O\'Brien`). A backslash that begins none
 * stays what it is: before Asterisk 12 nothing was escaped.
 */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([abfnrtv\\'"?])/g, (_whole, letter: string) => MEANT[letter] ?? letter);
}

/** What people see of a name is one line: a character that would break it up is shown as a space. */
const MEANT: Readonly<Record<string, string>> = { a: ' ', b: ' ', f: ' ', n: ' ', r: ' ', t: ' ', v: ' ' };
