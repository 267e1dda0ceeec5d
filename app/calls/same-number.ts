/** From this many digits on, equal ends make two spellings of a number one: `0049991123456` and `0991123456`. */
const TELLING_DIGITS = 6;

/**
 * Whether two spellings are one number. The PBX may put a prefix before a number that was asked for, or write it
 * nationally; a name stays a name. Two that are both unknown are the same.
 */
export function sameNumber(seen: string, asked: string): boolean {
  const [a, b] = [core(seen), core(asked)];
  if (a === '' || b === '') return seen.toLowerCase() === asked.toLowerCase();
  if (a.endsWith(b)) return true;
  return (
    Math.min(a.length, b.length) >= TELLING_DIGITS && a.slice(-TELLING_DIGITS) === b.slice(-TELLING_DIGITS)
  );
}

const core = (number: string): string => number.replace(/^(\+|00)/, '').replace(/[^\d*#]/g, '');
