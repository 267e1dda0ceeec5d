/** What the stand-in and its owner say to each other: one JSON object a line, over a socket of this machine. */

/**
 * How the stand-in is to be; it reads this from a JSON file. Paths are those of the system that the main process runs
 * on.
 */
export type Configuration = {
  /** The application's main script. */
  readonly main: string;
  /** Added to the environment of the main process. */
  readonly env: Readonly<Record<string, string>>;
  /** Port of 127.0.0.1 on which the owner listens. */
  readonly controlPort: number;
  /** The browser's `ws:` address. */
  readonly browser: string;
  /** Whether a person sees the browser's windows. */
  readonly headed: boolean;
  /** What app.getAppPath() says. */
  readonly appPath: string;
  /** What app.getPath('userData') says; other folders lie below it. */
  readonly userData: string;
  /** Like `de-DE`. */
  readonly locale: string;
  readonly dark: boolean;
  /** What app.requestSingleInstanceLock() says. */
  readonly firstInstance: boolean;
};

export type WindowState = {
  readonly id: number;
  readonly url: string;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly crashed: boolean;
  readonly alwaysOnTop: boolean;
  readonly inTaskbar: boolean;
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly title: string;
};

export type MenuEntry = {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly submenu: readonly MenuEntry[];
};

export type TrayState = {
  /** The image's path, or a digest of its bytes. */
  readonly image: string;
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
};

export type NotificationState = {
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly shown: boolean;
};

/** What a person could see now. */
export type State = {
  readonly windows: readonly WindowState[];
  readonly tray: TrayState | null;
  /** The menu that Menu.popup opened last. */
  readonly contextMenu: readonly MenuEntry[] | null;
  /** Every notification that was shown, in order. */
  readonly notifications: readonly NotificationState[];
  readonly clipboard: string;
  readonly dark: boolean;
};

/** What happened, in order. `window` is the id of a BrowserWindow. */
export type Recorded =
  | { readonly what: 'ready' }
  | {
      readonly what: 'window';
      readonly window: number;
      readonly did:
        | 'created'
        | 'loaded'
        | 'shown'
        | 'shownInactive'
        | 'hidden'
        | 'focused'
        | 'blurred'
        | 'moved'
        | 'crashed'
        | 'closed';
    }
  | {
      readonly what: 'navigation';
      readonly window: number;
      readonly url: string;
      readonly allowed: boolean;
    }
  | { readonly what: 'windowOpen'; readonly window: number; readonly url: string }
  | { readonly what: 'blocked'; readonly window: number; readonly url: string }
  | { readonly what: 'console'; readonly window: number; readonly level: string; readonly text: string }
  | { readonly what: 'tray'; readonly tray: TrayState | null }
  | { readonly what: 'notification'; readonly notification: NotificationState }
  | { readonly what: 'contextMenu'; readonly menu: readonly MenuEntry[] }
  | { readonly what: 'clipboard'; readonly text: string }
  | { readonly what: 'openedExternally'; readonly url: string }
  | { readonly what: 'saveDialog'; readonly options: unknown; readonly path: string | null }
  | { readonly what: 'errorBox'; readonly title: string; readonly content: string }
  | { readonly what: 'protocolClient'; readonly protocol: string }
  | { readonly what: 'userModelId'; readonly id: string }
  /** The stand-in could not do what it should: a mistake of the application or of the stand-in. */
  | { readonly what: 'problem'; readonly problem: string }
  | { readonly what: 'exit'; readonly code: number };

/** The frame that an invocation pretends to come from. */
export type PretendedSender = {
  /** Window of the sender; 0: a sender that belongs to no window. */
  readonly window: number;
  readonly url: string;
  readonly topFrame: boolean;
};

/** What a person, the system or another program does, and what can be asked. Windows are named by their id. */
export type Controls = {
  readonly state: () => State;
  readonly trayClick: (button: 'left' | 'right') => void;
  /** The labels on the way to the item. */
  readonly trayMenuClick: (...labels: string[]) => void;
  readonly contextMenuClick: (...labels: string[]) => void;
  /** Number of the notification, from the first shown. */
  readonly notificationClick: (notification: number) => void;
  readonly notificationAction: (notification: number, action: number) => void;
  readonly notificationClose: (notification: number) => void;
  readonly secondInstance: (...argv: string[]) => void;
  readonly openUrl: (url: string) => void;
  readonly activate: () => void;
  readonly power: (event: string) => void;
  readonly theme: (dark: boolean, taskbarDark: boolean) => void;
  readonly accessibility: (on: boolean) => void;
  /** What the next save dialog will say; null: cancelled, which is what it says without being told. */
  readonly answerSaveDialog: (path: string | null) => void;
  /** A click on the desktop: whatever has the focus loses it. */
  readonly clickElsewhere: () => void;
  /** The close button of a window. */
  readonly closeWindow: (window: number) => void;
  readonly reload: (window: number) => void;
  readonly crash: (window: number) => void;
  /** What the application answers to a page that asks for a permission. */
  readonly permission: (window: number, permission: string) => boolean;
  /** An invocation as if a frame had sent it. Resolves with the handler's result, or rejects with its error. */
  readonly invoke: (sender: PretendedSender, channel: string, ...args: unknown[]) => unknown;
  /** PNG in base64. */
  readonly screenshot: (window: number) => string;
  readonly quit: () => void;
};

/** The controls as the owner sees them. */
export type RemoteControls = {
  readonly [Name in keyof Controls]: (
    ...args: Parameters<Controls[Name]>
  ) => Promise<Awaited<ReturnType<Controls[Name]>>>;
};

/** The controls as the stand-in has them. */
export type LocalControls = {
  readonly [Name in keyof Controls]: (
    ...args: Parameters<Controls[Name]>
  ) => ReturnType<Controls[Name]> | Promise<ReturnType<Controls[Name]>>;
};

export type Question = {
  readonly id: number;
  readonly control: keyof Controls;
  readonly args: readonly unknown[];
};

export type Report =
  | { readonly recorded: Recorded }
  | { readonly id: number; readonly value?: unknown; readonly problem?: string };
