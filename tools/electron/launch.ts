import { type Browser, chromium, type Page } from 'playwright-core';
import { type Application, type ApplicationOptions, startApplication } from './application.ts';
import type { WindowState } from './control/messages.ts';

/** How long a window's page may take to be there, in ms. */
const PAGE_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** An application on the stand-in, with its pages in Playwright's hands. */
export type LaunchedApplication = Application & {
  /**
   * The page of the window whose address is `<scheme>://<host>/<kind>/…`, as soon as there is one. After a crash it is
   * the new page: what Playwright knew of the old one is of no use any more.
   */
  readonly page: (kind: string, ms?: number) => Promise<Page>;
  /** The window of that kind, shown or not; undefined when there is none. */
  readonly window: (kind: string) => Promise<WindowState | undefined>;
};

/** Starts an application as Playwright's `_electron.launch()` does, on the stand-in. */
export async function launch(options: ApplicationOptions): Promise<LaunchedApplication> {
  const application = await startApplication(options);
  const connections: Browser[] = [];
  /** Crashes before a connection was made. The application knows of a crash before Playwright does, and loads again. */
  const before = new WeakMap<Browser, number>();
  const crashes = (): number =>
    application.log.entries.filter((entry) => entry.what === 'window' && entry.did === 'crashed').length;
  const isUsable = (browser: Browser): boolean => browser.isConnected() && before.get(browser) === crashes();

  async function connection(): Promise<Browser> {
    const last = connections.at(-1);
    if (last && isUsable(last)) return last;
    const known = crashes();
    const browser = await chromium.connectOverCDP(application.browser, { noDefaults: true });
    connections.push(browser);
    before.set(browser, known);
    return browser;
  }

  return {
    ...application,
    async page(kind, ms = PAGE_MS) {
      const until = Date.now() + ms;
      const wanted = new RegExp(`^http://[^/]+\\.localhost/${kind}/`);
      for (;;) {
        const browser = await connection();
        const pages = browser.contexts().flatMap((context) => context.pages());
        const page = pages.findLast((candidate) => !candidate.isClosed() && wanted.test(candidate.url()));
        if (page && isUsable(browser)) return page;
        if (Date.now() > until) {
          const { windows } = await application.controls.state();
          throw new Error(`no page of ${kind} within ${ms} ms. Windows: ${JSON.stringify(windows)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    async window(kind) {
      const { windows } = await application.controls.state();
      return windows.findLast(({ url }) => new RegExp(`^[^:]+://[^/]+/${kind}/`).test(url));
    },
    async close() {
      await Promise.allSettled(connections.map((browser) => browser.close()));
      return application.close();
    },
  };
}
