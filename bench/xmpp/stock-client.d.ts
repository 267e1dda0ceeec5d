/** What the bench touches of the library's own `client()`; the simulator declares the rest of it. */
declare module '@xmpp/client/index.js' {
  import type { Element } from '@xmpp/xml/index.js';

  export interface StockClient {
    readonly reconnect: { stop(): void };
    on(event: 'element', listener: (element: Element) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    send(stanza: Element): Promise<void>;
  }
}
