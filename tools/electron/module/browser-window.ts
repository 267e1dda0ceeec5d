import type { BrowserWindowConstructorOptions } from 'electron';
import type { Bounds } from '../browser/window-frame.ts';
import type { WindowState } from '../control/messages.ts';
import { app, isQuitting, setCloseWindows } from './app.ts';
import { EVENTS, emit, StrictEmitter } from './emitter.ts';
import { nativeTheme } from './native-theme.ts';
import { checkWindowOptions } from './preferences.ts';
import { record, recordProblem, runtime } from './runtime.ts';
import { screen } from './screen.ts';
import { endContents, hasCrashed, loadInto, WebContents, withPage } from './web-contents.ts';

const windows = new Map<number, BrowserWindow>();
let lastId = 0;
let focused: BrowserWindow | null = null;

/** What can be seen of a window now. */
export let windowState: (window: BrowserWindow) => WindowState;
/** Takes the focus from whatever window has it. */
export let takeFocus: () => void;

export class BrowserWindow extends StrictEmitter {
  static override readonly [EVENTS] = [
    'close',
    'closed',
    'show',
    'hide',
    'focus',
    'blur',
    'move',
    'moved',
    'resize',
    'resized',
    'ready-to-show',
    'page-title-updated',
    'query-session-end',
    'session-end',
  ];
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #visible: boolean;
  #bounds: Bounds;
  #title: string;
  #alwaysOnTop: boolean;
  #inTaskbar: boolean;
  /** With backgroundThrottling off, a hidden page goes on as if it were seen. */
  readonly #sleepsWhenHidden: boolean;
  #destroyed = false;

  static {
    windowState = (window) => window.#state();
    takeFocus = () => focused?.blur();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkWindowOptions(options);
    const { width = 800, height = 600, x, y, show = true, webPreferences = {} } = options;
    const { workArea } = screen.getPrimaryDisplay();
    const centre = {
      x: workArea.x + Math.round((workArea.width - width) / 2),
      y: workArea.y + Math.round((workArea.height - height) / 2),
    };
    this.#bounds = { x: x ?? centre.x, y: y ?? centre.y, width, height };
    this.#visible = show;
    this.#title = options.title ?? app.name;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#inTaskbar = !options.skipTaskbar;
    this.#sleepsWhenHidden = webPreferences.backgroundThrottling ?? true;
    windows.set(this.id, this);
    this.#record('created');
    const page = {
      bounds: this.#bounds,
      shown: show,
      visible: show || options.paintWhenInitiallyHidden !== false,
      dark: nativeTheme.shouldUseDarkColors,
      preload: webPreferences.preload,
      argv: webPreferences.additionalArguments ?? [],
    };
    this.webContents = new WebContents(this.id, page, () => this.#gone());
    this.webContents.once('did-finish-load', () => emit(this, 'ready-to-show'));
    if (show) this.show();
  }

  async loadURL(url: string): Promise<void> {
    this.#assertAlive();
    await loadInto(this.webContents, url);
  }

  show(): void {
    this.#appear('shown');
    this.focus();
  }

  showInactive(): void {
    this.#appear('shownInactive');
  }

  hide(): void {
    this.#assertAlive();
    if (!this.#visible) return;
    this.#visible = false;
    if (this.#sleepsWhenHidden || runtime().configuration.headed) this.#act((page) => page.setVisible(false));
    this.#record('hidden');
    emit(this, 'hide');
    this.blur();
  }

  focus(): void {
    this.#assertAlive();
    if (focused === this || !this.#visible) return;
    focused?.blur();
    focused = this;
    this.#act((page) => page.bringToFront());
    this.#record('focused');
    emit(this, 'focus');
  }

  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.#record('blurred');
    emit(this, 'blur');
  }

  close(): void {
    if (!this.#destroyed && !emit(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    endContents(this.webContents);
    this.#end();
  }

  isVisible(): boolean {
    this.#assertAlive();
    return this.#visible;
  }

  isFocused(): boolean {
    this.#assertAlive();
    return focused === this;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isMinimized(): boolean {
    this.#assertAlive();
    return false;
  }

  restore(): void {
    this.show();
  }

  moveTop(): void {
    this.#assertAlive();
    this.#act((page) => page.bringToFront());
  }

  getBounds(): Bounds {
    this.#assertAlive();
    return { ...this.#bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#assertAlive();
    for (const [name, value] of Object.entries(bounds)) {
      // Electron takes integers only and says so as unclearly.
      if (!Number.isInteger(value)) {
        throw new TypeError(
          `Error processing argument at index 0, conversion failure from ${name}: ${value}`,
        );
      }
    }
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    const moved = x !== before.x || y !== before.y;
    const resized = width !== before.width || height !== before.height;
    if (!moved && !resized) return;
    this.#act((page) => page.place({ x, y, width, height }));
    this.#record('moved');
    if (moved) emit(this, 'move');
    if (resized) emit(this, 'resize');
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#assertAlive();
    this.#title = title;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#assertAlive();
    this.#alwaysOnTop = flag;
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  setSkipTaskbar(skip: boolean): void {
    this.#assertAlive();
    this.#inTaskbar = !skip;
  }

  removeMenu(): void {
    this.#assertAlive();
  }

  #appear(did: 'shown' | 'shownInactive'): void {
    this.#assertAlive();
    const before = this.#visible;
    this.#visible = true;
    if (!before) this.#act((page) => page.setVisible(true));
    this.#record(did);
    if (!before) emit(this, 'show');
  }

  /** The page went without being asked to: a person has closed its window in the browser. */
  #gone(): void {
    if (this.#destroyed) return;
    emit(this, 'close');
    this.#end();
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#visible = false;
    if (focused === this) focused = null;
    windows.delete(this.id);
    this.#record('closed');
    emit(this, 'closed');
    if (windows.size > 0 || isQuitting(app)) return;
    if (!app.emit('window-all-closed')) app.quit();
  }

  #act(act: Parameters<typeof withPage>[1]): void {
    withPage(this.webContents, act).catch(recordProblem);
  }

  #record(did: Extract<Parameters<typeof record>[0], { what: 'window' }>['did']): void {
    record({ what: 'window', window: this.id, did });
  }

  #state(): WindowState {
    return {
      id: this.id,
      url: this.webContents.getURL(),
      visible: this.#visible,
      focused: focused === this,
      crashed: hasCrashed(this.webContents),
      alwaysOnTop: this.#alwaysOnTop,
      inTaskbar: this.#inTaskbar,
      bounds: { ...this.#bounds },
      title: this.#title,
    };
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

setCloseWindows(app, () => {
  for (const window of BrowserWindow.getAllWindows()) window.close();
  return windows.size === 0;
});

nativeTheme.on('updated', () => {
  for (const window of windows.values()) {
    withPage(window.webContents, (page) => page.setDark(nativeTheme.shouldUseDarkColors)).catch(
      recordProblem,
    );
  }
});
