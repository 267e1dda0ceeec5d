import { createInterface } from 'node:readline';
import type { MenuEntry, Recorded, RemoteControls } from '../electron/control/messages.ts';
import { readTyped, told, trayLines } from './tray-lines.ts';

/** The tray of an application on the stand-in: it is written to the terminal, and its menu is chosen from there. */
export class TerminalTray {
  readonly #lines = createInterface({ input: process.stdin });
  #menu: readonly MenuEntry[] = [];
  #shown = '';

  /** Something has happened in the application. */
  hear(recorded: Recorded): void {
    const line = told(recorded);
    if (line !== undefined) console.log(line);
    if (recorded.what !== 'tray' || !recorded.tray || recorded.tray.tooltip === '') return;
    this.#menu = recorded.tray.menu;
    const text = trayLines(recorded.tray).join('\n');
    if (text !== this.#shown && this.#menu.length > 0) console.log(`\n${text}`);
    this.#shown = text;
  }

  /** Does what is typed from now on. */
  serve(controls: RemoteControls): void {
    this.#lines.on('line', (line) => {
      this.#obey(controls, line).catch((error: Error) => console.error(error.message));
    });
  }

  close(): void {
    this.#lines.close();
  }

  async #obey(controls: RemoteControls, line: string): Promise<void> {
    const typed = readTyped(line, this.#menu);
    if (typed.do === 'click') await controls.trayClick('left');
    else if (typed.do === 'choose') await controls.trayMenuClick(...typed.labels);
    else if (typed.do === 'quit') await controls.quit();
    else console.log(this.#shown);
  }
}
