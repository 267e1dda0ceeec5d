import { join } from 'node:path';
import { app, Menu, Notification } from 'electron';
import { systemClock } from '../app/clock.ts';
import { attendCalls } from './calls/attend.ts';
import { createInProcess } from './companion/in-process.ts';
import { takeCommands } from './ipc/commands.ts';
import { createHandlers } from './ipc/handlers.ts';
import { StateFeed } from './ipc/state-feed.ts';
import { TraceFeed } from './ipc/trace-feed.ts';
import { endBeforeQuit } from './lifecycle/quit.ts';
import { followReturns } from './lifecycle/returns.ts';
import { followStarts } from './lifecycle/starts.ts';
import { dialLinkIn } from './links/dial-link.ts';
import { DialRequests } from './links/dial-requests.ts';
import { languageOf, textsOf } from './text/texts.ts';
import type { MenuAction } from './tray/menu.ts';
import { TrayIcon } from './tray/tray.ts';
import { registerPageScheme, servePages } from './windows/pages.ts';
import { denyPermissions } from './windows/permissions.ts';
import { showSignInForm } from './windows/sign-in-form.ts';
import { Windows } from './windows/windows.ts';

/** The same as in electron-builder.yml: notifications carry the name of its shortcut. */
const APP_ID = 'org.tapline.companion';
/** Everything that was built lies beside this script. */
const here = (...path: string[]): string => join(import.meta.dirname, ...path);

registerPageScheme();
if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

async function run(): Promise<void> {
  app.setAppUserModelId(APP_ID);
  Menu.setApplicationMenu(null);
  denyPermissions();
  servePages(here('pages'));

  const language = languageOf(app.getLocale());
  const texts = textsOf(language);
  const { platform, env } = process;
  const service = await createInProcess({ language, userData: app.getPath('userData'), platform, env });
  const { slices, trace } = service;

  const windows = new Windows({
    preload: here('preload.cjs'),
    icon: here('icons', platform === 'win32' ? 'app.ico' : 'app.png'),
    now: systemClock.now,
    title: (kind) => texts.windowTitle[kind],
    tray: () => tray.area(),
    pageGone: (kind) => {
      stateFeed.forget(kind);
      traceFeed.unfollow(kind);
      if (kind === 'signIn') service.cancelTest();
    },
    note: trace.note,
  });
  const stateFeed = new StateFeed(service, (...event) => windows.send(...event));
  const traceFeed = new TraceFeed(trace, (...event) => windows.send(...event), systemClock);
  const dialRequests = new DialRequests({
    now: systemClock.now,
    signedIn: () => slices().accounts.length > 0,
    show: () => windows.show('flyout'),
    tell: (target) => windows.send('flyout', 'dialRequested', { target }),
  });
  takeCommands(createHandlers({ service, windows, state: stateFeed, trace: traceFeed, dialRequests }), {
    kindOf: (contents) => windows.kindOf(contents),
    refused: (why) => trace.note('a command was refused', why),
  });

  const choose = (action: MenuAction): void => {
    if (action.do === 'call') void service[action.verb]({ call: action.call });
    else if (action.do === 'signOut') void service.signOut({ account: action.account });
    else if (action.do === 'signIn') void showSignInForm(windows);
    else if (action.do === 'quit') app.quit();
    else void windows.show(action.do === 'dial' ? 'flyout' : action.do);
  };
  const clicked = () => windows.toggleFlyout();
  const tray = new TrayIcon({ icons: here('icons'), texts, slices, clicked, chosen: choose });

  const attend = attendCalls({ service, windows, texts });
  const unsubscribe = service.subscribe(({ slice, value }) => {
    tray.update();
    if (slice === 'calls') attend(value);
    if (slice === 'accounts') void dialRequests.accountsChanged();
  });

  followStarts((words) => void dialRequests.ask(dialLinkIn(words)));
  followReturns(() => service.check());
  endBeforeQuit(async () => {
    unsubscribe();
    windows.closeAll();
    tray.destroy();
    await service.stop();
  });

  windows.warm('popup');
  const notices = await service.start();
  for (const body of notices) new Notification({ title: 'Tapline', body }).show();
  const wanted = dialLinkIn(process.argv);
  if (wanted !== undefined || slices().accounts.length === 0) await dialRequests.ask(wanted);
}
