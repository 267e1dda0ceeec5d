import { app } from 'electron';

/**
 * Calls `started` with the words of every further start of this program, which ends at once itself, and with the links
 * that the system hands over.
 */
export function followStarts(started: (words: readonly string[]) => void): void {
  app.on('second-instance', (_event, words) => started(words));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    started([link]);
  });
  // Without a listener Electron quits with its last window: this program lives in the tray.
  app.on('window-all-closed', () => undefined);
}
