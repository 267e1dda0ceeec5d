import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';

/** What every window must have. A page never gets more than its preload gives it. */
const required: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  webviewTag: false,
  plugins: false,
};

/** Preferences that touch no border; the stand-in acts on the first two. */
const harmless: readonly (keyof WebPreferences)[] = [
  'preload',
  'additionalArguments',
  'devTools',
  'spellcheck',
  'backgroundThrottling',
  'autoplayPolicy',
  'defaultEncoding',
  'disableDialogs',
  'safeDialogs',
];

/** Options of a window that the stand-in acts on, or that only change its look. */
const windowOptions: readonly (keyof BrowserWindowConstructorOptions)[] = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'maxWidth',
  'maxHeight',
  'useContentSize',
  'center',
  'show',
  'title',
  'icon',
  'frame',
  'transparent',
  'thickFrame',
  'roundedCorners',
  'hasShadow',
  'backgroundColor',
  'backgroundMaterial',
  'titleBarStyle',
  'titleBarOverlay',
  'autoHideMenuBar',
  'resizable',
  'movable',
  'minimizable',
  'maximizable',
  'closable',
  'focusable',
  'fullscreenable',
  'alwaysOnTop',
  'skipTaskbar',
  'paintWhenInitiallyHidden',
  'type',
  'webPreferences',
];

/** Refuses a window whose options are unknown here or whose page would be less than sandboxed. */
export function checkWindowOptions(options: BrowserWindowConstructorOptions): void {
  for (const name of Object.keys(options)) {
    if (!windowOptions.includes(name as keyof BrowserWindowConstructorOptions)) {
      throw new Error(`The stand-in for Electron has no window option ${name}`);
    }
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    if (harmless.includes(name as keyof WebPreferences)) continue;
    const safe = required[name as keyof WebPreferences];
    if (safe === undefined) throw new Error(`The stand-in for Electron has no web preference ${name}`);
    if (value !== safe)
      throw new Error(`Insecure web preference ${name}: ${String(value)} instead of ${safe}`);
  }
}
