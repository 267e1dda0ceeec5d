import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recorded, RemoteControls } from '../electron/control/messages.ts';

/** How long windows may settle after a change before their pictures are taken, in ms. */
const SETTLE_MS = 400;

/** Pictures of the windows that are open, taken anew whenever something changes: for a machine without a display. */
export class Pictures {
  readonly #folder: string;
  #controls: RemoteControls | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Something has happened in the application. */
  hear({ what }: Recorded): void {
    if (what !== 'window' && what !== 'tray') return;
    clearTimeout(this.#timer);
    // A window that is gone by then has nothing to be taken.
    this.#timer = setTimeout(() => void this.#take().catch(() => undefined), SETTLE_MS);
    this.#timer.unref();
  }

  /** From now on pictures can be taken. */
  serve(controls: RemoteControls): void {
    this.#controls = controls;
  }

  async #take(): Promise<void> {
    if (!this.#controls) return;
    await mkdir(this.#folder, { recursive: true });
    const { windows } = await this.#controls.state();
    for (const { id, url, visible } of windows) {
      const kind = new URL(url).pathname.split('/')[1];
      if (!visible || !kind) continue;
      const picture = await this.#controls.screenshot(id);
      await writeFile(join(this.#folder, `${kind}.png`), Buffer.from(picture, 'base64'));
    }
  }
}
