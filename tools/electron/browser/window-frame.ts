import type { Browser } from './browser.ts';
import type { DevtoolsSession } from './devtools.ts';

export type Size = { readonly width: number; readonly height: number };
export type Bounds = Size & { readonly x: number; readonly y: number };

/** A browser that a person sees makes no window narrower than this. */
const MIN_WIDTH = 500;

/** What is around a page on the screen of a person. */
type Surroundings = {
  /** What the browser draws around the page. */
  readonly edge: Size;
  /** Where windows may be. */
  readonly area: Bounds;
};

/** The browser's window around one page. Where nobody sees it, only the size of the page and whether it is shown count. */
export class WindowFrame {
  readonly #browser: Browser;
  readonly #targetId: string;
  readonly #session: DevtoolsSession;
  #surroundings: Surroundings | undefined;
  #windowId: number | undefined;
  #visible = true;

  constructor(browser: Browser, targetId: string, session: DevtoolsSession) {
    this.#browser = browser;
    this.#targetId = targetId;
    this.#session = session;
  }

  get visible(): boolean {
    return this.#visible;
  }

  /** Makes the page as large as `bounds` says, and puts its window there as far as the screen allows. */
  async place({ x, y, width, height }: Bounds): Promise<void> {
    if (!this.#browser.headed) {
      const size = { width, height, deviceScaleFactor: 0, mobile: false };
      await this.#session.send('Emulation.setDeviceMetricsOverride', size);
      return;
    }
    this.#surroundings ??= await this.#measure();
    const { edge, area } = this.#surroundings;
    const outer = {
      width: Math.max(width + edge.width, MIN_WIDTH),
      height: height + edge.height,
    };
    // The application places its windows on a screen of the stand-in's; the real one may be smaller.
    const left = Math.max(area.x, Math.min(x, area.x + area.width - outer.width));
    const top = Math.max(area.y, Math.min(y, area.y + area.height - outer.height));
    await this.#set({ left, top, ...outer });
  }

  async setVisible(visible: boolean): Promise<void> {
    this.#visible = visible;
    await this.#set({ windowState: visible ? 'normal' : 'minimized' });
  }

  async #set(bounds: {
    readonly left?: number;
    readonly top?: number;
    readonly width?: number;
    readonly height?: number;
    readonly windowState?: 'normal' | 'minimized';
  }): Promise<void> {
    const { browser } = this.#browser.devtools;
    this.#windowId ??= (
      await browser.send('Browser.getWindowForTarget', { targetId: this.#targetId })
    ).windowId;
    await browser.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds });
  }

  async #measure(): Promise<Surroundings> {
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression: `({
        edge: { width: outerWidth - innerWidth, height: outerHeight - innerHeight },
        area: { x: screen.availLeft, y: screen.availTop, width: screen.availWidth, height: screen.availHeight },
      })`,
      returnByValue: true,
    });
    return result.value as Surroundings;
  }
}
