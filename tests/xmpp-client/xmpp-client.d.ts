/** What the tests touch of the library's own `client()`; the simulator declares the rest of it. */
declare module '@xmpp/client/index.js' {
  import type { EventEmitter } from 'node:events';
  import type { Element } from '@xmpp/xml/index.js';

  export interface StockClient extends EventEmitter {
    readonly status: string;
    /** Milliseconds for its own steps. */
    timeout: number;
    /** Milliseconds; tests shorten it, as they do with the other waits below. */
    readonly reconnect: { delay: number };
    readonly streamManagement: EventEmitter & {
      readonly enabled: boolean;
      timeout: number;
      requestAckInterval: number;
      requestAckDebounce: number;
    };
    isSecure(): boolean;
    send(stanza: Element): Promise<void>;
  }
}
