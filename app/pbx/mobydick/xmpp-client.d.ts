/**
 * The parts of @xmpp/client 0.14.0 that this room touches; the package brings no types. What is private to the library
 * says so: the version is pinned exactly, and the session's tests fail when one of them changes.
 */
declare module '@xmpp/client' {
  import type { EventEmitter } from 'node:events';

  export type Attributes = Record<string, string | undefined>;

  export interface Element {
    name: string;
    parent: Element | null;
    children: (Element | string)[];
    attrs: Attributes;
    getName(): string;
    getNS(): string | undefined;
    is(name: string, xmlns?: string): boolean;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildren(name: string, xmlns?: string): Element[];
    getChildElements(): Element[];
    getText(): string;
    append(...nodes: (Element | string)[]): void;
    toString(): string;
  }

  export interface Parser extends EventEmitter {
    /** Private to the library: called for each opening tag. */
    onStartElement(name: string, attrs: Attributes): void;
    /** Private to the library: called for each closing tag. */
    onEndElement(name: string): void;
    write(data: string): void;
  }

  export const xml: {
    (name: string, attrs?: Attributes | null, ...children: (Element | string | undefined)[]): Element;
    readonly Element: new (name: string, attrs?: Attributes) => Element;
    readonly Parser: new () => Parser;
  };

  export interface Jid {
    readonly local: string;
    readonly domain: string;
    readonly resource: string;
    bare(): Jid;
    toString(): string;
  }
  /** Throws a TypeError for an address without a domain. */
  export function jid(address: string): Jid;

  /** What the client takes from the prototype of the first transport that knows the service. */
  export interface Transport {
    socketParameters(service: string): unknown;
    Socket: new () => unknown;
    Parser: new () => Parser;
  }
  export type TransportClass = { new (): Transport; readonly prototype: Transport };

  /** Private to the library: that `element` is the event it takes features and stanzas from, `send` what it wrote. */
  export interface Client extends EventEmitter {
    readonly transports: TransportClass[];
    /** Private to the library: where it takes the domain from when it opens a stream again. */
    readonly options: { domain: string };
    readonly reconnect: { stop(): void };
    readonly saslFactory: { use(name: string, mechanism: new () => unknown): unknown };
    readonly iqCaller: { readonly handlers: ReadonlyMap<string, { reject(error: Error): void }> };
    isSecure(): boolean;
    connect(service: string): Promise<void>;
    open(options: { readonly domain: string }): Promise<unknown>;
    write(text: string): Promise<void>;
  }

  /** Called when the server offers SASL; the library restarts the stream when the promise resolves. */
  export type Authenticate = (
    authenticate: unknown,
    mechanisms: readonly string[],
    fast: unknown,
    entity: Client,
  ) => Promise<void>;

  export function client(options: {
    readonly service: string;
    readonly domain: string;
    readonly resource: string;
    readonly timeout: number;
    readonly credentials: Authenticate;
  }): Client;
}
