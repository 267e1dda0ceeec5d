import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import type { Browser } from '../browser/browser.ts';
import { Page, type PageHost, type PageOptions } from '../browser/page.ts';
import { encode } from '../wire.ts';
import type { ToPage } from '../worlds/isolated-world.ts';
import { EVENTS, emit, StrictEmitter } from './emitter.ts';
import { answerPage } from './ipc-main.ts';
import { serve } from './protocol.ts';
import { record, recordProblem, runtime } from './runtime.ts';
import { enforcePermissions, type Session, session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

/** Does something with the page of a WebContents once it is open, in the order it was asked for. */
export let withPage: (contents: WebContents, act: (page: Page) => Promise<void>) => Promise<void>;
export let loadInto: (contents: WebContents, url: string) => Promise<void>;
export let hasCrashed: (contents: WebContents) => boolean;
/** Ends the page for good. */
export let endContents: (contents: WebContents) => void;

export class WebContents extends StrictEmitter {
  static override readonly [EVENTS] = [
    'did-finish-load',
    'dom-ready',
    'did-fail-load',
    'will-navigate',
    'render-process-gone',
    'console-message',
    'destroyed',
  ];
  readonly id: number;
  readonly mainFrame: WebFrameMain;
  #page: Page | undefined;
  #turn: Promise<unknown>;
  #openHandler: OpenHandler | undefined;
  #crashed = false;
  #destroyed = false;

  static {
    withPage = (contents, act) => contents.#withPage(act);
    loadInto = (contents, url) => contents.#load(url);
    hasCrashed = (contents) => contents.#crashed;
    endContents = (contents) => contents.#end();
  }

  /** @param gone called when the page is gone, however it went */
  constructor(id: number, options: PageOptions, gone: () => void) {
    super();
    this.id = id;
    this.mainFrame = new WebFrameMain(id, () => this.getURL());
    this.#turn = this.#open(options, gone);
    this.#turn.catch(recordProblem);
  }

  get session(): Session {
    return session.defaultSession;
  }

  getURL(): string {
    return this.#page?.url ?? '';
  }

  send(channel: string, ...args: unknown[]): void {
    this.#assertAlive();
    // As with Electron: a page that is not there yet, or reloads now, never hears of it.
    this.#page?.post(encode({ channel, args } satisfies ToPage));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  reload(): void {
    this.#assertAlive();
    this.#crashed = false;
    this.#withPage((page) => page.reload()).catch(recordProblem);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  async #open(options: PageOptions, gone: () => void): Promise<void> {
    const browser: Browser = await runtime().browser;
    const host: PageHost = {
      serve: (request) => this.#serve(request),
      mayNavigate: (url) => this.#mayNavigate(url),
      wantsWindow: (url) => this.#wantsWindow(url),
      received: (text, reply) => {
        const sender = { contents: this, frame: this.mainFrame };
        answerPage(sender, text).then(reply, recordProblem);
      },
      loaded: () => {
        record({ what: 'window', window: this.id, did: 'loaded' });
        emit(this, 'dom-ready');
        emit(this, 'did-finish-load');
      },
      crashed: () => {
        this.#crashed = true;
        record({ what: 'window', window: this.id, did: 'crashed' });
        emit(this, 'render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      },
      console: (level, text) => {
        record({ what: 'console', window: this.id, level, text });
        emit(this, 'console-message', { level, message: text });
      },
      closed: () => {
        this.#markDestroyed();
        gone();
      },
    };
    this.#page = await Page.open(browser, options, host);
  }

  async #withPage(act: (page: Page) => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => {
      if (this.#page && !this.#destroyed) return act(this.#page);
      return undefined;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #load(url: string): Promise<void> {
    this.#assertAlive();
    await this.#withPage(async () => enforcePermissions(this, url));
    // A page may load for ever; whatever else is asked of it does not wait for that.
    await this.#page?.load(url).catch((error: Error) => {
      emit(this, 'did-fail-load', {}, -2, error.message, url, true);
      throw error;
    });
  }

  #end(): void {
    const page = this.#turn.then(() => this.#page?.close());
    page.catch(recordProblem);
    this.#markDestroyed();
  }

  #markDestroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    emit(this, 'destroyed');
  }

  #serve(request: Request): Promise<Response> | undefined {
    const served = serve(request);
    if (!served) record({ what: 'blocked', window: this.id, url: request.url });
    return served;
  }

  #mayNavigate(url: string): boolean {
    const prevented = emit(this, 'will-navigate', { url, isMainFrame: true, isSameDocument: false }, url);
    record({ what: 'navigation', window: this.id, url, allowed: !prevented });
    return !prevented;
  }

  #wantsWindow(url: string): void {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: '' },
    };
    const answer = this.#openHandler?.(details as HandlerDetails);
    if (answer?.action !== 'deny') {
      recordProblem(`${url} may be opened as a window: the stand-in opens none`);
    }
    record({ what: 'windowOpen', window: this.id, url });
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}
