/**
 * Looks for what no XMPP stream may hold: comments, processing instructions, document types and their entities
 * (RFC 6120 section 11.1). The library's parser would skip them in silence, and with them all that comes until
 * an end that need not come: a session that seems alive and hears nothing.
 * @returns to be called with the text of one stream as it arrives, in whatever pieces, CDATA sections made plain
 *   text (cdata.ts); true once something was found
 */
export function restrictedXml(): (piece: string) => boolean {
  /** The end of the last piece, where it may be the beginning of something. */
  let held = '';
  let begun = false;

  return (piece) => {
    let text = held + piece;
    held = '';
    if (!begun) {
      text = text.trimStart();
      if (DECLARATION.startsWith(text)) {
        held = text;
        return false;
      }
      begun = true;
      if (text.startsWith(DECLARATION)) text = text.slice(DECLARATION.length);
    }
    if (text.endsWith('<')) held = '<';
    return text.includes('<!') || text.includes('<?');
  };
}

/** How a stream may begin (RFC 6120 section 11.5). */
const DECLARATION = '<?xml ';
