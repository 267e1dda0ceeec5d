import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserWindow, screen, type WebContents } from 'electron';
import { CHANNEL, type EventName, type Events, type WindowKind } from '../../contract/renderer-api.ts';
import { Crashes } from './crashes.ts';
import { createWindow, type WindowSetting } from './create-window.ts';
import { pageAddress } from './page-address.ts';
import { type Area, centredArea, flyoutArea, popupArea } from './placement.ts';
import { MAX_FLYOUT_HEIGHT, shapes } from './shapes.ts';
import { ToggleGuard } from './toggle-guard.ts';

/** How long a page that was loaded may take to say how high it is before it is shown anyway, in ms. */
const FIT_MS = 150;

export type WindowPorts = Pick<WindowSetting, 'preload' | 'icon'> & {
  readonly now: () => number;
  readonly title: (kind: WindowKind) => string;
  /** Where the tray icon is. */
  readonly tray: () => Area;
  /** The page of a window is gone, or starts anew: nothing is to be sent to it until it asks. */
  readonly pageGone: (kind: WindowKind) => void;
  readonly note: (label: string, detail: string) => void;
};

type Open = {
  readonly window: BrowserWindow;
  /** Whether the page could be loaded. */
  readonly loaded: Promise<boolean>;
  readonly fitted: PromiseWithResolvers<void>;
  height: number;
};

/** The windows there are, at most one of each kind. Calls know nothing of them. */
export class Windows {
  readonly #ports: WindowPorts;
  readonly #open = new Map<WindowKind, Open>();
  readonly #flyoutGuard: ToggleGuard;
  readonly #crashes: Crashes;
  #closing = false;

  constructor(ports: WindowPorts) {
    this.#ports = ports;
    this.#flyoutGuard = new ToggleGuard(ports.now);
    this.#crashes = new Crashes(ports.now);
  }

  /** Makes a window that is not shown yet, with its page. */
  warm(kind: WindowKind): void {
    if (!this.#open.has(kind) && !this.#closing) this.#create(kind);
  }

  /**
   * Shows a window, made anew if it has to be. The popup leaves the focus where it is.
   * @param first called when the page is there and not seen yet, such as to tell it what it is for
   * @returns whether it is shown
   */
  async show(kind: WindowKind, first?: () => void): Promise<boolean> {
    this.warm(kind);
    const open = this.#open.get(kind);
    if (!open || !(await open.loaded)) return false;
    first?.();
    const { window, fitted } = open;
    if (shapes[kind].fits && !shapes[kind].keptWarm) await Promise.race([fitted.promise, sleep(FIT_MS)]);
    if (window.isDestroyed()) return false;
    if (!window.isVisible()) window.setBounds(this.#area(kind, open.height));
    if (shapes[kind].place === 'popup') window.showInactive();
    else {
      window.show();
      window.focus();
    }
    this.#arrange();
    return true;
  }

  hide(kind: WindowKind): void {
    const window = this.#open.get(kind)?.window;
    if (!window) return;
    if (shapes[kind].keptWarm) window.hide();
    else this.#destroy(kind, window);
    this.#arrange();
  }

  /** A click on the tray icon: opens the flyout or closes it. */
  toggleFlyout(): void {
    if (this.#open.get('flyout')?.window.isVisible()) this.hide('flyout');
    else if (this.#flyoutGuard.opens()) void this.show('flyout');
  }

  /** Makes a window as high as its content; it keeps its corner. */
  fitHeight(kind: WindowKind, height: number): void {
    const open = this.#open.get(kind);
    if (!open || !shapes[kind].fits) return;
    open.height = kind === 'flyout' ? Math.min(height, MAX_FLYOUT_HEIGHT) : height;
    open.window.setBounds(this.#area(kind, open.height));
    open.fitted.resolve();
    this.#arrange();
  }

  /** Which of these windows a page is in. */
  kindOf(contents: WebContents): WindowKind | undefined {
    return [...this.#open].find(([, { window }]) => window.webContents === contents)?.[0];
  }

  /** The window of a kind, for what needs one, such as a dialog. */
  of(kind: WindowKind): BrowserWindow | undefined {
    return this.#open.get(kind)?.window;
  }

  send<Name extends EventName>(kind: WindowKind, name: Name, event: Events[Name]): void {
    const window = this.#open.get(kind)?.window;
    if (window && !window.isDestroyed()) window.webContents.send(CHANNEL.event, name, event);
  }

  /** Closes all windows for good. */
  closeAll(): void {
    this.#closing = true;
    for (const [kind, { window }] of [...this.#open]) this.#destroy(kind, window);
  }

  #create(kind: WindowKind): void {
    const { title, preload, icon, note } = this.#ports;
    const { height } = shapes[kind].size;
    const window = createWindow(kind, { area: this.#area(kind, height), title: title(kind), preload, icon });
    const loaded = window.loadURL(pageAddress(kind)).then(
      () => true,
      (error: unknown) => {
        note(`the page ${kind} could not be loaded`, error instanceof Error ? error.message : String(error));
        return false;
      },
    );
    this.#open.set(kind, { window, loaded, height, fitted: Promise.withResolvers() });
    window.on('closed', () => this.#forget(kind, window));
    window.on('close', (event) => {
      if (!shapes[kind].keptWarm || this.#closing) return;
      event.preventDefault();
      window.hide();
    });
    window.on('blur', () => {
      if (!shapes[kind].lightDismiss || this.of(kind) !== window || !window.isVisible()) return;
      this.#flyoutGuard.closed();
      this.hide(kind);
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      note(`the page ${kind} is gone`, reason);
      // Not from inside its own event.
      setImmediate(() => this.#crashed(kind, window));
    });
  }

  /** The flyout has come, gone or changed its height: a popup that is seen keeps clear of it. */
  #arrange(): void {
    const popup = this.#open.get('popup');
    if (popup?.window.isVisible()) popup.window.setBounds(this.#area('popup', popup.height));
  }

  #shownArea(kind: WindowKind): Area | undefined {
    const window = this.of(kind);
    return window?.isVisible() ? window.getBounds() : undefined;
  }

  /** What a crashed window leaves: nothing, or, of one that is kept warm, a new one in its place. */
  #crashed(kind: WindowKind, window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    const wasShown = window.isVisible();
    this.#destroy(kind, window);
    if (!shapes[kind].keptWarm || this.#closing || !this.#crashes.tryAgain()) return;
    this.warm(kind);
    if (wasShown) void this.show(kind);
  }

  /** Forgotten first: a window that goes still tells that it loses the focus. */
  #destroy(kind: WindowKind, window: BrowserWindow): void {
    this.#forget(kind, window);
    window.destroy();
  }

  /** Once for each window, whoever notices first that it is gone. */
  #forget(kind: WindowKind, window: BrowserWindow): void {
    if (this.#open.get(kind)?.window !== window) return;
    this.#open.delete(kind);
    this.#ports.pageGone(kind);
  }

  #area(kind: WindowKind, height: number): Area {
    const { place, size } = shapes[kind];
    const wanted = { width: size.width, height };
    if (place === 'popup') return popupArea(screen.getPrimaryDisplay(), wanted, this.#shownArea('flyout'));
    if (place === 'centre')
      return centredArea(screen.getDisplayNearestPoint(screen.getCursorScreenPoint()), wanted);
    const tray = this.#ports.tray();
    const middle = { x: Math.round(tray.x + tray.width / 2), y: Math.round(tray.y + tray.height / 2) };
    const display = tray.width > 0 ? screen.getDisplayNearestPoint(middle) : screen.getPrimaryDisplay();
    return flyoutArea(tray, display, wanted);
  }
}
