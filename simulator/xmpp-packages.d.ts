/**
 * Types for what the simulator uses of @xmpp/xml, which brings none. Declared for the file inside the
 * package, so that another room may declare the package itself in its own way.
 */
declare module '@xmpp/xml/index.js' {
  export type Node = Element | string | number;
  export type Attributes = Record<string, string | number | boolean | undefined>;

  export class Element {
    constructor(name: string, attrs?: Attributes);
    name: string;
    parent: Element | null;
    children: Node[];
    attrs: Record<string, string | undefined>;
    getName(): string;
    getNS(): string | undefined;
    findNS(prefix?: string): string | undefined;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildren(name: string, xmlns?: string): Element[];
    getChildElements(): Element[];
    getChildText(name: string, xmlns?: string): string | null;
    getText(): string;
    append(...nodes: Node[]): void;
    toString(): string;
  }

  export class Parser {
    on(event: 'start' | 'element' | 'end', listener: (element: Element) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    write(data: string): void;
    onStartElement(name: string, attrs: Record<string, string>): void;
    onEndElement(name: string): void;
  }

  export default function xml(
    name: string,
    attrs?: Attributes,
    ...children: (Node | readonly Node[] | undefined)[]
  ): Element;
}

/** The stock client, for the one test that proves it can sign in. */
declare module '@xmpp/client/index.js' {
  import type { Element } from '@xmpp/xml/index.js';

  export interface StockClient {
    /** `timeout` in milliseconds; the library's own is 30,000. */
    readonly iqCaller: { get(payload: Element, to?: string, timeout?: number): Promise<Element> };
    start(): Promise<object>;
    stop(): Promise<void>;
  }

  export function client(options: {
    service: string;
    domain: string;
    username: string;
    password: string;
    resource: string;
  }): StockClient;
}
