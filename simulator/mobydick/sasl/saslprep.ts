const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
const MAPPED_TO_NOTHING =
  /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;

/**
 * Prepares a password for comparison as SASLprep does (RFC 4013 sections 2.1 and 2.2): other spaces become a
 * space, invisible characters go, the rest is NFKC. Prohibited and bidirectional characters are not refused.
 */
export const saslprep = (text: string): string =>
  text.replaceAll(SPACES, ' ').replaceAll(MAPPED_TO_NOTHING, '').normalize('NFKC');
