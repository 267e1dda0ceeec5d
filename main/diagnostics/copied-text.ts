import { redact } from '../../app/diagnostics/redact.ts';

// What is made of digits and is no phone number: a time of day with or without its date, a duration with one decimal.
// A whole number of four digits and more is one too when a call is named so.
const spared =
  /(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,6})?Z?|(?<![\d.+])\d{1,7}[.,]\d(?![\d.])|(?<!\d)(\d{4,10})(?!\d)/g;

/**
 * Text of a page as it may go to the clipboard. The page shows what was redacted before, and also calls as they are: so
 * numbers are hidden once more, and times and calls' ids, which are needed to read it, are left.
 */
export function redactCopied(text: string, isCall: (id: number) => boolean): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(spared)) {
    const [found, whole] = match;
    if (whole !== undefined && !isCall(Number(whole))) continue;
    result += redact(text.slice(from, match.index)) + found;
    from = match.index + found.length;
  }
  return result + redact(text.slice(from));
}
