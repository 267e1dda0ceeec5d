import { applicationAddress, browserAddress } from './addresses.ts';
import { Devtools } from './devtools.ts';
import type { Page } from './page.ts';

/** The Chromium that shows the application's windows. It is the application's alone. */
export class Browser {
  readonly devtools: Devtools;
  /** Whether a person sees the windows. */
  readonly headed: boolean;
  /** The application's pages, by the id of their target. */
  readonly pages = new Map<string, Page>();
  readonly #schemes: ReadonlySet<string>;

  private constructor(devtools: Devtools, headed: boolean, schemes: ReadonlySet<string>) {
    this.devtools = devtools;
    this.headed = headed;
    this.#schemes = schemes;
  }

  /** @param schemes the custom schemes; they may be added to later */
  static async connect(endpoint: string, headed: boolean, schemes: ReadonlySet<string>): Promise<Browser> {
    const browser = new Browser(await Devtools.connect(endpoint), headed, schemes);
    const session = browser.devtools.browser;
    session.on('Target.targetCreated', ({ targetInfo }) => {
      // A window that a page opened by itself: the application never has one.
      const { openerId, targetId } = targetInfo;
      if (openerId !== undefined && browser.pages.has(openerId)) void browser.closeTarget(targetId);
    });
    session.on('Target.targetDestroyed', ({ targetId }) => {
      const page = browser.pages.get(targetId);
      browser.pages.delete(targetId);
      page?.gone();
    });
    await session.send('Target.setDiscoverTargets', { discover: true });
    return browser;
  }

  /** An address of the application as the browser knows it. */
  toBrowser(url: string): string {
    return browserAddress(url, this.#schemes);
  }

  /** An address of the browser as the application knows it. */
  toApplication(url: string): string {
    return applicationAddress(url, this.#schemes);
  }

  async closeTarget(targetId: string): Promise<void> {
    await this.devtools.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    this.devtools.browser.send('Browser.close').catch(() => undefined);
    await this.devtools.closed;
  }
}
