import { type Element, Parser } from '@xmpp/xml/index.js';

/** One element out of text, for tests that write stanzas by hand. */
export function parse(text: string): Element {
  const found: Element[] = [];
  const parser = new Parser();
  parser.on('element', (element) => found.push(element));
  parser.write(`<stream>${text}`);
  const [element] = found;
  if (element === undefined) throw new Error(`Not one element: ${text}`);
  return element;
}
