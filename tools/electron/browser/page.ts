import { randomBytes } from 'node:crypto';
import { BINDING, RECEIVER } from '../worlds/isolated-world.ts';
import type { Browser } from './browser.ts';
import type { DevtoolsSession } from './devtools.ts';
import { type Bounds, WindowFrame } from './window-frame.ts';
import { isolatedWorldScript, mainWorldScript, PRELOAD_WORLD } from './worlds.ts';

/** A request that the page waits for. */
type Paused = {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
  };
};

export type PageOptions = {
  readonly bounds: Bounds;
  /** Whether its window is shown at once. */
  readonly shown: boolean;
  /** Whether the page is to act as one that is seen; what a person sees is up to the window. */
  readonly visible: boolean;
  readonly dark: boolean;
  /** Path of the preload script. */
  readonly preload: string | undefined;
  /** Additional arguments for the preload's process.argv. */
  readonly argv: readonly string[];
};

/** What a page asks of the window it belongs to. Addresses are the application's. */
export type PageHost = {
  /** Answers a request; undefined: nobody serves this address, the request is blocked. */
  readonly serve: (request: Request) => Promise<Response> | undefined;
  /** Whether the page may go to an address that it chose itself. */
  readonly mayNavigate: (url: string) => boolean;
  /** The page wants another window. It gets none; this is to tell the window's handler. */
  readonly wantsWindow: (url: string) => void;
  /** A text of the preload; `reply` reaches the same document, or nobody when it is gone. */
  readonly received: (text: string, reply: (text: string) => void) => void;
  readonly loaded: () => void;
  readonly crashed: () => void;
  readonly console: (level: string, text: string) => void;
  readonly closed: () => void;
};

/** To a navigation it says: stay where you are. An aborted request would leave an error page. */
const NO_CONTENT = { responseCode: 204 } as const;

/** One page of the browser: the inside of one window. */
export class Page {
  readonly targetId: string;
  readonly #browser: Browser;
  readonly #session: DevtoolsSession;
  readonly #host: PageHost;
  readonly #frame: WindowFrame;
  #url = '';
  #preloadContext: number | undefined;
  /** Addresses under way that the application itself chose. */
  #loading = 0;
  #loaded: PromiseWithResolvers<void> | undefined;
  private constructor(browser: Browser, targetId: string, session: DevtoolsSession, host: PageHost) {
    this.#browser = browser;
    this.targetId = targetId;
    this.#session = session;
    this.#host = host;
    this.#frame = new WindowFrame(browser, targetId, session);
  }

  /** Opens an empty page with its preload in place. */
  static async open(browser: Browser, options: PageOptions, host: PageHost): Promise<Page> {
    const { bounds, shown, visible } = options;
    const { targetId } = await browser.devtools.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width: bounds.width,
      height: bounds.height,
    });
    const attached = await browser.devtools.browser.send('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const page = new Page(browser, targetId, browser.devtools.session(attached.sessionId), host);
    browser.pages.set(targetId, page);
    page.#listen();
    await page.#prepare(options);
    await page.place(bounds);
    if (!(browser.headed ? shown : visible)) await page.setVisible(false);
    return page;
  }

  /** Where the page is; an empty text before its first address. */
  get url(): string {
    return this.#url;
  }

  /** Goes to an address and waits until it has loaded. Rejects when it cannot be had. */
  async load(url: string): Promise<void> {
    const loaded = Promise.withResolvers<void>();
    loaded.promise.catch(() => undefined);
    this.#loaded = loaded;
    this.#loading += 1;
    try {
      const target = this.#browser.toBrowser(url);
      const { errorText } = await this.#session.send('Page.navigate', { url: target });
      if (errorText) throw new Error(`${errorText.replace(/^net::/, '')} loading '${url}'`);
    } finally {
      this.#loading -= 1;
    }
    await loaded.promise;
  }

  async reload(): Promise<void> {
    await this.#session.send('Page.reload');
  }

  /** Ends the page's process as a crash does. */
  async crash(): Promise<void> {
    // The command is never answered: who should answer is gone.
    this.#session.send('Page.crash').catch(() => undefined);
  }

  /** Hands a text to the preload of the document that is there now, if there is one. */
  post(text: string): void {
    if (this.#preloadContext !== undefined) this.#postTo(this.#preloadContext, text);
  }

  async place(bounds: Bounds): Promise<void> {
    await this.#frame.place(bounds);
  }

  async setVisible(visible: boolean): Promise<void> {
    await this.#frame.setVisible(visible);
  }

  async bringToFront(): Promise<void> {
    await this.#session.send('Page.bringToFront');
  }

  /** What `prefers-color-scheme` says to the page. */
  async setDark(dark: boolean): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
    await this.#session.send('Emulation.setEmulatedMedia', { features });
  }

  /** @returns a picture of the page, PNG in base64. A page that is hidden paints nothing, and would never be ready. */
  async screenshot(): Promise<string> {
    if (!this.#frame.visible) throw new Error('the window is not shown');
    return (await this.#session.send('Page.captureScreenshot', { format: 'png' })).data;
  }

  async close(): Promise<void> {
    await this.#browser.closeTarget(this.targetId);
  }

  /** The browser says that the page is gone. */
  gone(): void {
    this.#preloadContext = undefined;
    this.#loaded?.reject(new Error('the page is gone'));
    this.#host.closed();
  }

  async #prepare({ preload, argv, dark }: PageOptions): Promise<void> {
    const session = this.#session;
    const key = `crossing-${randomBytes(12).toString('hex')}`;
    const { platform, versions } = process;
    const world = { key, platform, versions: versions as Record<string, string>, argv };
    await Promise.all([
      session.send('Page.enable'),
      session.send('Inspector.enable'),
      session.send('Log.enable'),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(key) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldScript(world, preload),
        worldName: PRELOAD_WORLD,
      }),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.setDark(dark),
    ]);
  }

  #listen(): void {
    const session = this.#session;
    const isMine = (frameId: unknown): boolean => frameId === this.targetId;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#url = this.#browser.toApplication(frame.url);
    });
    session.on('Page.loadEventFired', () => {
      if (this.#url === '' || this.#url === 'about:blank') return;
      this.#host.loaded();
      this.#loaded?.resolve();
    });
    session.on('Page.windowOpen', ({ url }) => this.#host.wantsWindow(this.#browser.toApplication(url)));
    session.on('Inspector.targetCrashed', () => {
      this.#preloadContext = undefined;
      this.#loaded?.reject(new Error('the page crashed'));
      this.#host.crashed();
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const data = context.auxData as { readonly frameId?: string } | undefined;
      if (context.name === PRELOAD_WORLD && isMine(data?.frameId)) this.#preloadContext = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext) this.#preloadContext = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#preloadContext = undefined;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) this.#host.received(payload, (text) => this.#postTo(executionContextId, text));
    });
    session.on('Fetch.requestPaused', (paused) => void this.#answer(paused).catch(() => undefined));
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      this.#host.console(type, args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(' '));
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      this.#host.console('error', exceptionDetails.exception?.description ?? exceptionDetails.text);
    });
    session.on('Log.entryAdded', ({ entry }) => this.#host.console(entry.level, entry.text));
  }

  #postTo(executionContextId: number, text: string): void {
    const sent = this.#session.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { globalThis.${RECEIVER}?.(text); }`,
      executionContextId,
      arguments: [{ value: text }],
    });
    // The document may be gone by now, as any receiver may.
    sent.catch(() => undefined);
  }

  async #answer({ requestId, frameId, resourceType, request }: Paused): Promise<void> {
    const url = this.#browser.toApplication(request.url);
    // A reload goes where the page is, which is no navigation to ask about.
    const navigates = resourceType === 'Document' && frameId === this.targetId && this.#loading === 0;
    const stays = navigates && url !== this.#url && !this.#host.mayNavigate(url);
    // Electron's windows have no place for a favourite icon and never ask for one.
    if (stays || new URL(url).pathname === '/favicon.ico') {
      await this.#session.send('Fetch.fulfillRequest', { requestId, ...NO_CONTENT });
      return;
    }
    const { method, headers } = request;
    const served = this.#host.serve(new Request(url, { method, headers }));
    const response = await served?.catch(() => undefined);
    if (!response) {
      const errorReason = served ? 'Failed' : 'BlockedByClient';
      await this.#session.send('Fetch.failRequest', { requestId, errorReason });
      return;
    }
    await this.#session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
}
