/** XEP-0198 acknowledgements for one stream; resuming a stream is not offered. */
import xml, { type Element } from '@xmpp/xml/index.js';
import { NS } from './namespaces.ts';

/** The stanza counter wraps here (XEP-0198 section 4). */
const COUNTER_MODULUS = 2 ** 32;

export class StreamManagement {
  #enabled = false;
  #received = 0;

  get enabled(): boolean {
    return this.#enabled;
  }

  /** Counts a stanza of the client. */
  received(): void {
    if (this.#enabled) this.#received = (this.#received + 1) % COUNTER_MODULUS;
  }

  /** Answers a nonza of the client; `<a/>` needs none. */
  answer(nonza: Element, bound: boolean): Element | undefined {
    const xmlns = NS.streamManagement;
    switch (nonza.name) {
      case 'enable':
        if (!bound || this.#enabled) return failed('unexpected-request');
        this.#enabled = true;
        return xml('enabled', { xmlns });
      case 'resume':
        return failed('item-not-found');
      case 'r':
        return this.#enabled ? xml('a', { xmlns, h: this.#received }) : undefined;
      default:
        return undefined;
    }
  }
}

const failed = (condition: string): Element =>
  xml('failed', { xmlns: NS.streamManagement }, xml(condition, { xmlns: NS.stanzas }));
