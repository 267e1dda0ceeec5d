import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowKind } from '../../contract/renderer-api.ts';
import type { Size } from './placement.ts';

/** How a window of each kind looks and lives. */
export type Shape = {
  readonly size: Size;
  /** `corner`: beside the tray; `popup`: above it; `centre`: in the middle of the screen. */
  readonly place: 'corner' | 'popup' | 'centre';
  /** Its page follows its content in height. */
  readonly fits: boolean;
  /** Kept and hidden instead of being closed: the popup must be painted the moment a call comes. */
  readonly keptWarm: boolean;
  /** Closes when the focus goes elsewhere. */
  readonly lightDismiss: boolean;
  readonly options: BrowserWindowConstructorOptions;
};

/** A window without a frame that stays above the others and out of the taskbar. */
const floating: BrowserWindowConstructorOptions = {
  frame: false,
  resizable: false,
  movable: false,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
  skipTaskbar: true,
  alwaysOnTop: true,
};

export const shapes: Readonly<Record<WindowKind, Shape>> = {
  flyout: {
    size: { width: 360, height: 320 },
    place: 'corner',
    fits: true,
    keptWarm: false,
    lightDismiss: true,
    options: floating,
  },
  popup: {
    size: { width: 360, height: 132 },
    place: 'popup',
    fits: true,
    keptWarm: true,
    lightDismiss: false,
    options: floating,
  },
  signIn: {
    size: { width: 460, height: 640 },
    place: 'centre',
    fits: false,
    keptWarm: false,
    lightDismiss: false,
    options: { minWidth: 360, minHeight: 420, maximizable: false, fullscreenable: false },
  },
  diagnostics: {
    size: { width: 1100, height: 700 },
    place: 'centre',
    fits: false,
    keptWarm: false,
    lightDismiss: false,
    options: { minWidth: 640, minHeight: 400 },
  },
};

/** Highest flyout, in device-independent pixels; longer content scrolls. */
export const MAX_FLYOUT_HEIGHT = 560;
