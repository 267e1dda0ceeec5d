import type { CDPSession } from 'playwright-core';
import { connectWebSocket, type TextSocket } from './web-socket.ts';

type Message = {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
};
type Listener = (payload: unknown) => void;

/** A conversation with one target of the browser, or with the browser itself; typed as Playwright types it. */
export type DevtoolsSession = Pick<CDPSession, 'send' | 'on'>;

/**
 * A connection to a Chromium by the DevTools protocol. Playwright could do the same, but it would weigh on a process
 * whose start, memory and wake-ups are measured.
 */
export class Devtools {
  /** The browser's own session. */
  readonly browser: DevtoolsSession;
  /** Fulfilled when the connection is gone. */
  readonly closed: Promise<void>;
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Map<string, Listener[]>();
  readonly #closed = Promise.withResolvers<void>();
  #socket: TextSocket | undefined;
  #lastId = 0;

  private constructor() {
    this.browser = this.session(undefined);
    this.closed = this.#closed.promise;
  }

  /** @param endpoint the browser's `ws:` address */
  static async connect(endpoint: string): Promise<Devtools> {
    const devtools = new Devtools();
    devtools.#socket = await connectWebSocket(
      endpoint,
      (text) => devtools.#take(JSON.parse(text) as Message),
      () => devtools.#end(),
    );
    return devtools;
  }

  /** The session with an id that Target.attachToTarget gave. */
  session(id: string | undefined): DevtoolsSession {
    const session = {
      send: (method: string, params: object = {}) => this.#call(id, method, params),
      on: (event: string, listener: Listener) => {
        const key = `${id ?? ''} ${event}`;
        this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener]);
        return session;
      },
    };
    return session as unknown as DevtoolsSession;
  }

  #call(sessionId: string | undefined, method: string, params: object): Promise<unknown> {
    if (!this.#socket?.open()) return Promise.reject(new Error('the browser is gone'));
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#answers.set(id, answer);
    this.#socket.send(JSON.stringify({ id, sessionId, method, params }));
    return answer.promise;
  }

  #take({ id, sessionId, method, params, result, error }: Message): void {
    if (id === undefined) {
      for (const hear of this.#listeners.get(`${sessionId ?? ''} ${method}`) ?? []) hear(params);
      return;
    }
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }

  #end(): void {
    for (const answer of this.#answers.values()) answer.reject(new Error('the browser is gone'));
    this.#answers.clear();
    this.#closed.resolve();
  }
}
