/** What the desktop around the application does for it: dialogs, the clipboard, other programs, power. */
import type { SaveDialogReturnValue } from 'electron';
import { strict } from '../strict.ts';
import { EVENTS, StrictEmitter } from './emitter.ts';
import { record } from './runtime.ts';

let copied = '';
const saveAnswers: (string | null)[] = [];

/** What the next save dialog will say; null: cancelled. */
export const answerNextSave = (path: string | null): void => void saveAnswers.push(path);
export const clipboardText = (): string => copied;

export const clipboard = strict('clipboard', {
  writeText(text: string): void {
    copied = text;
    record({ what: 'clipboard', text });
  },
});

export const dialog = strict('dialog', {
  /** With or without the window that the dialog belongs to. */
  async showSaveDialog(...args: readonly unknown[]): Promise<SaveDialogReturnValue> {
    const path = saveAnswers.shift() ?? null;
    record({ what: 'saveDialog', options: args.at(-1), path });
    return { canceled: path === null, filePath: path ?? '' };
  },
  showErrorBox(title: string, content: string): void {
    record({ what: 'errorBox', title, content });
  },
});

export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    record({ what: 'openedExternally', url });
  },
});

export class PowerMonitor extends StrictEmitter {
  static override readonly [EVENTS] = [
    'suspend',
    'resume',
    'on-ac',
    'on-battery',
    'shutdown',
    'lock-screen',
    'unlock-screen',
    'user-did-become-active',
    'user-did-resign-active',
  ];
}

export const powerMonitor = new PowerMonitor();
