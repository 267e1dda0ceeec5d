/** Non-ASCII spaces become a space (RFC 3454 table C.1.2). */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
/** Characters that vanish (table B.1). */
const NOTHING = /[\u00ad\u1806\u2060\ufeff]|\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]|\u200c|\u200d/gu;
/** Prohibited output (tables C.2 to C.9). */
const PROHIBITED =
  /\u0340|\u0341|[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u06dd\u070f\u180e\u200e\u200f\u2028-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufff9-\ufffd\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;
/** Scripts written from right to left (table D.1), and letters written from left to right (table D.2). */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /\p{L}/u;

/**
 * Prepares a user name or password so that one typed in another spelling still matches (SASLprep, RFC 4013).
 * @returns undefined where the RFC prohibits the text.
 */
export function saslprep(text: string): string | undefined {
  const prepared = text.replaceAll(SPACES, ' ').replaceAll(NOTHING, '').normalize('NFKC');
  return PROHIBITED.test(prepared) || mixesDirections(prepared) ? undefined : prepared;
}

/** RFC 3454 section 6: right-to-left text holds no left-to-right letter, and begins and ends right to left. */
function mixesDirections(text: string): boolean {
  const characters = [...text];
  if (!characters.some((character) => RIGHT_TO_LEFT.test(character))) return false;
  if (characters.some((character) => LEFT_TO_RIGHT.test(character) && !RIGHT_TO_LEFT.test(character)))
    return true;
  return !RIGHT_TO_LEFT.test(characters[0] ?? '') || !RIGHT_TO_LEFT.test(characters.at(-1) ?? '');
}
