import { type Attributes, type Element, type Parser, xml } from '@xmpp/client';
import { MAX_DEPTH, MAX_STANZA, MAX_TEXT_RUN } from '../limits.ts';
import { cdataAsText } from './cdata.ts';
import { restrictedXml } from './restricted-xml.ts';

/**
 * A parser for the XMPP library that shows each top-level element to `gate` first and passes on only what it lets
 * through. It bounds what a stanza may hold, and whatever goes wrong inside - bad XML, a limit, a throwing listener -
 * becomes one `broken` call and silence: the library's parser throws, and tells the same error several times.
 */
export function gatedParser(
  gate: (element: Element) => boolean,
  broken: (error: Error) => void,
): new () => Parser {
  return class extends xml.Parser {
    readonly #readable = cdataAsText();
    readonly #isRestricted = restrictedXml();
    #stanza = 0;
    #textRun = 0;
    #depth = 0;
    #over = false;

    override write(data: string): void {
      if (this.#over) return;
      this.#stanza += data.length;
      try {
        if (this.#stanza > MAX_STANZA || this.#textRun > MAX_TEXT_RUN)
          throw new Error('a stanza is too large');
        this.#textRun += data.length;
        const text = this.#readable(data);
        if (this.#isRestricted(text)) throw new Error('a comment, instruction or document type');
        super.write(text);
      } catch (error) {
        this.#break(error instanceof Error ? error : new Error(String(error)));
      }
    }

    override onStartElement(name: string, attrs: Attributes): void {
      this.#textRun = 0;
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) throw new Error('elements are nested too deeply');
      if (!this.#over) super.onStartElement(name, attrs);
    }

    override onEndElement(name: string): void {
      this.#textRun = 0;
      this.#depth -= 1;
      if (!this.#over) super.onEndElement(name);
    }

    override emit(event: string, ...values: unknown[]): boolean {
      if (this.#over) return false;
      if (event === 'error') {
        this.#break(values[0] instanceof Error ? values[0] : new Error('bad XML'));
        return true;
      }
      if (event === 'element') {
        this.#stanza = 0;
        if (!gate(values[0] as Element)) return true;
      }
      return super.emit(event, ...values);
    }

    #break(error: Error): void {
      if (this.#over) return;
      this.#over = true;
      broken(error);
    }
  };
}
