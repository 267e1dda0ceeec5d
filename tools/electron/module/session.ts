import type { Session as ElectronSession } from 'electron';
import { originOf } from '../browser/addresses.ts';
import { strict } from '../strict.ts';
import { app } from './app.ts';
import { StrictEmitter } from './emitter.ts';
import { protocol } from './protocol.ts';
import { runtime } from './runtime.ts';
import type { WebContents } from './web-contents.ts';

type RequestHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<ElectronSession['setPermissionCheckHandler']>[0];

/** Electron's names of permissions, with those of the browser. */
const browserPermissions: Readonly<Record<string, readonly string[]>> = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'display-capture': ['display-capture'],
  geolocation: ['geolocation'],
  'idle-detection': ['idle-detection'],
  'local-fonts': ['local-fonts'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  notifications: ['notifications'],
  'persistent-storage': ['persistent-storage'],
  'screen-wake-lock': ['screen-wake-lock'],
  'storage-access': ['storage-access'],
  'window-management': ['window-management'],
};

let requestHandler: RequestHandler = null;
let checkHandler: CheckHandler = null;

export class Session extends StrictEmitter {
  readonly protocol = protocol;

  setPermissionRequestHandler(handler: RequestHandler): void {
    requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    checkHandler = handler;
  }
}

const defaultSession = new Session();

export const session = strict('session', {
  get defaultSession(): Session {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
});

/** What the application says about a permission; without handlers Electron grants everything. */
export async function askPermission(
  contents: WebContents,
  permission: string,
  requestingUrl: string,
): Promise<boolean> {
  // The stand-in's own objects are all that the application has seen so far; they stand for Electron's.
  const asker = contents as unknown as Electron.WebContents;
  const name = permission as Parameters<NonNullable<RequestHandler>>[1];
  const details = { isMainFrame: true, requestingUrl };
  if (checkHandler && !checkHandler(asker, name, originOf(requestingUrl), details)) return false;
  const ask = requestHandler;
  return ask === null || new Promise((resolve) => ask(asker, name, resolve, details));
}

/** Makes the browser treat a page's permissions as the application would. Asked once, before the page loads. */
export async function enforcePermissions(contents: WebContents, url: string): Promise<void> {
  const browser = await runtime().browser;
  const origin = originOf(browser.toBrowser(url));
  for (const [permission, names] of Object.entries(browserPermissions)) {
    const setting = (await askPermission(contents, permission, url)) ? 'granted' : 'denied';
    const sets = names.map((name) =>
      browser.devtools.browser.send('Browser.setPermission', { permission: { name }, setting, origin }),
    );
    await Promise.all(sets);
  }
}
