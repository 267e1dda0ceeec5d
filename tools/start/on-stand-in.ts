import { join } from 'node:path';
import { startApplication } from '../electron/application.ts';
import { Pictures } from './pictures.ts';
import { TerminalTray } from './terminal-tray.ts';

export type StandInOptions = {
  readonly main: string;
  readonly appPath: string;
  readonly chromium: string;
  readonly headed: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Folder for the application's data and for pictures of its windows. */
  readonly folder: string;
  readonly stop: AbortSignal;
};

/**
 * Runs the application on the stand-in until it ends: the terminal is its tray and shows its notifications, Chromium
 * its windows. @returns its exit code
 */
export async function runOnStandIn(options: StandInOptions): Promise<number> {
  const { folder, headed, stop } = options;
  const { LANG = 'en_US' } = process.env;
  const pictures = headed ? undefined : new Pictures(join(folder, 'windows'));
  const screen = new TerminalTray();
  const app = await startApplication({
    ...options,
    where: 'native',
    locale: LANG.startsWith('de') ? 'de-DE' : 'en-US',
    userData: join(folder, 'user-data'),
    hear: (recorded) => {
      screen.hear(recorded);
      pictures?.hear(recorded);
    },
  });
  const end = (): void => void app.close();
  if (stop.aborted) end();
  stop.addEventListener('abort', end);
  screen.serve(app.controls);
  pictures?.serve(app.controls);
  const code = await app.exited;
  screen.close();
  await app.close();
  if (code !== 0) console.error(app.output());
  return code ?? 1;
}
