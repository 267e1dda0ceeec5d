import type { Rectangle } from 'electron';
import type { TrayState } from '../control/messages.ts';
import { EVENTS, emit, StrictEmitter } from './emitter.ts';
import { type Menu, menuEntries } from './menu.ts';
import { type NativeImage, nameOfImage } from './native-image.ts';
import { record } from './runtime.ts';
import { TRAY_BOUNDS } from './screen.ts';

let current: Tray | null = null;

/** The application's tray icon; null when it has none. */
export const currentTray = (): Tray | null => current;
export let trayState: (tray: Tray) => TrayState;
export let trayMenu: (tray: Tray) => Menu | undefined;

export class Tray extends StrictEmitter {
  static override readonly [EVENTS] = [
    'click',
    'right-click',
    'double-click',
    'middle-click',
    'mouse-enter',
    'mouse-leave',
  ];
  #image: NativeImage | string;
  #tooltip = '';
  #menu: Menu | undefined;

  static {
    trayState = (tray) => tray.#state();
    trayMenu = (tray) => tray.#menu;
  }

  constructor(image: NativeImage | string) {
    super();
    this.#image = image;
    current = this;
    this.#record();
  }

  setImage(image: NativeImage | string): void {
    this.#image = image;
    this.#record();
  }

  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip;
    this.#record();
  }

  setContextMenu(menu: Menu | null): void {
    this.#menu = menu ?? undefined;
    this.#record();
  }

  popUpContextMenu(menu?: Menu): void {
    (menu ?? this.#menu)?.popup();
  }

  getBounds(): Rectangle {
    return { ...TRAY_BOUNDS };
  }

  destroy(): void {
    if (current !== this) return;
    current = null;
    record({ what: 'tray', tray: null });
  }

  isDestroyed(): boolean {
    return current !== this;
  }

  #record(): void {
    if (current !== this) throw new TypeError('Tray is destroyed');
    record({ what: 'tray', tray: this.#state() });
  }

  #state(): TrayState {
    return { image: nameOfImage(this.#image), tooltip: this.#tooltip, menu: menuEntries(this.#menu) };
  }
}

/** A person clicks on the tray icon. */
export function clickTray(button: 'left' | 'right'): void {
  if (!current) throw new Error('the application has no tray icon');
  const bounds = current.getBounds();
  emit(current, button === 'left' ? 'click' : 'right-click', {}, bounds, { x: bounds.x, y: bounds.y });
}
