import { BrowserWindow, nativeTheme } from 'electron';
import type { WindowKind } from '../../contract/renderer-api.ts';
import { pageAddress } from './page-address.ts';
import type { Area } from './placement.ts';
import { shapes } from './shapes.ts';

/** What every window needs besides its kind. */
export type WindowSetting = {
  readonly area: Area;
  readonly title: string;
  /** Path of the preload script. */
  readonly preload: string;
  /** Path of the application's icon. */
  readonly icon: string;
};

/** The page's own background, so that nothing flashes before it is painted. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#202020' : '#f3f3f3');

/**
 * The one place where windows are made. Every page is sandboxed and isolated, opens no windows and goes nowhere; its
 * policy comes with its files (pages.ts), and permissions are denied for the whole session (permissions.ts).
 */
export function createWindow(kind: WindowKind, { area, title, preload, icon }: WindowSetting): BrowserWindow {
  const shape = shapes[kind];
  const window = new BrowserWindow({
    ...shape.options,
    ...area,
    title,
    icon,
    show: false,
    backgroundColor: background(),
    webPreferences: {
      preload,
      additionalArguments: [`--tapline-window=${kind}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // A hidden page that is kept warm takes its patches at once; all the others are gone when they are hidden.
      backgroundThrottling: !shape.keptWarm,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => {
    if (event.url !== pageAddress(kind)) event.preventDefault();
  });
  return window;
}
