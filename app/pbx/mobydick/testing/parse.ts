import { type Element, xml } from '@xmpp/client';

/** Reads one stanza of a hand-written text, as it would come out of a stream. */
export function parse(text: string): Element {
  const parser = new xml.Parser();
  let parsed: Element | undefined;
  parser.on('element', (element: Element) => {
    parsed ??= element;
  });
  parser.write(
    `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>${text}`,
  );
  if (!parsed) throw new Error(`no stanza in ${text}`);
  return parsed;
}
