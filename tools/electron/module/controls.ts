import type { LocalControls } from '../control/messages.ts';
import { app } from './app.ts';
import { BrowserWindow, takeFocus, windowState } from './browser-window.ts';
import { answerNextSave, clipboardText, PowerMonitor, powerMonitor } from './desktop.ts';
import { EVENTS, emit } from './emitter.ts';
import { invoke } from './ipc-main.ts';
import { clickMenu, menuEntries, openedMenu } from './menu.ts';
import { chooseColours, nativeTheme } from './native-theme.ts';
import { dismiss, notificationAt, notificationState, notifications } from './notification.ts';
import { askPermission } from './session.ts';
import { clickTray, currentTray, trayMenu, trayState } from './tray.ts';
import { type WebContents, withPage } from './web-contents.ts';
import { WebFrameMain } from './web-frame-main.ts';

function windowAt(id: number): BrowserWindow {
  const window = BrowserWindow.fromId(id);
  if (!window) throw new Error(`there is no window ${id}`);
  return window;
}

/** Contents that belong to no window of the application. */
const stranger = { id: 0, getURL: () => '' } as WebContents;

/** What a person, the system and other programs do, on the application's objects. */
export const controls: LocalControls = {
  state: () => {
    const tray = currentTray();
    const menu = openedMenu();
    return {
      windows: BrowserWindow.getAllWindows().map(windowState),
      tray: tray && trayState(tray),
      contextMenu: menu ? menuEntries(menu) : null,
      notifications: notifications().map(notificationState),
      clipboard: clipboardText(),
      dark: nativeTheme.shouldUseDarkColors,
    };
  },
  trayClick: clickTray,
  trayMenuClick: (...labels) => {
    const tray = currentTray();
    clickMenu(tray ? trayMenu(tray) : undefined, labels);
  },
  contextMenuClick: (...labels) => clickMenu(openedMenu(), labels),
  notificationClick: (index) => {
    const notification = notificationAt(index);
    emit(notification, 'click');
    dismiss(notification);
  },
  notificationAction: (index, action) => {
    const notification = notificationAt(index);
    if (!notification.actions[action]) throw new Error(`the notification has no action ${action}`);
    emit(notification, 'action', { actionIndex: action }, action);
    dismiss(notification);
  },
  notificationClose: (index) => dismiss(notificationAt(index)),
  secondInstance: (...argv) => void emit(app, 'second-instance', {}, argv, process.cwd(), null),
  openUrl: (url) => void emit(app, 'open-url', {}, url),
  activate: () => void emit(app, 'activate', {}, false),
  power: (event) => {
    if (!PowerMonitor[EVENTS].includes(event)) throw new Error(`the system has no power event ${event}`);
    powerMonitor.emit(event);
  },
  theme: chooseColours,
  accessibility: (on) => {
    app.accessibilitySupportEnabled = on;
    emit(app, 'accessibility-support-changed', {}, on);
  },
  answerSaveDialog: answerNextSave,
  clickElsewhere: () => takeFocus(),
  closeWindow: (id) => windowAt(id).close(),
  reload: (id) => windowAt(id).webContents.reload(),
  crash: (id) => withPage(windowAt(id).webContents, (page) => page.crash()),
  permission: (id, permission) => {
    const { webContents } = windowAt(id);
    return askPermission(webContents, permission, webContents.getURL());
  },
  invoke: ({ window, url, topFrame }, channel, ...args) => {
    const contents = window === 0 ? stranger : windowAt(window).webContents;
    const parent = topFrame ? null : new WebFrameMain(contents.id, () => contents.getURL());
    const frame = new WebFrameMain(contents.id, () => url, parent);
    return invoke({ contents, frame }, channel, args);
  },
  screenshot: async (id) => {
    let picture = '';
    await withPage(windowAt(id).webContents, async (page) => {
      picture = await page.screenshot();
    });
    return picture;
  },
  quit: () => app.quit(),
};
