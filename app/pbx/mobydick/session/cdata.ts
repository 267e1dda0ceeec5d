/**
 * Turns CDATA sections into text that is escaped instead: the library's parser loses what follows a section up to the
 * next tag. One call for each chunk of a stream, in order; a marker may be cut anywhere between two chunks.
 */
export function cdataAsText(): (chunk: string) => string {
  let inside = false;
  let held = '';
  return (chunk) => {
    let rest = held + chunk;
    held = '';
    let out = '';
    for (;;) {
      const marker = inside ? END : START;
      const at = rest.indexOf(marker);
      const end = at < 0 ? rest.length - begun(rest, marker) : at;
      const text = rest.slice(0, end);
      out += inside ? escaped(text) : text;
      if (at < 0) {
        held = rest.slice(end);
        return out;
      }
      rest = rest.slice(at + marker.length);
      inside = !inside;
    }
  };
}

const START = '<![CDATA[';
const END = ']]>';

/** How many characters at the end of the text may be the beginning of the marker. */
function begun(text: string, marker: string): number {
  let length = Math.min(marker.length - 1, text.length);
  while (length > 0 && !text.endsWith(marker.slice(0, length))) length -= 1;
  return length;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
