import { app } from 'electron';
import { withinTime } from './within-time.ts';

/** How long signing out may take before the process ends anyway, in ms. */
const STOP_MS = 3_000;

/**
 * Lets `end` finish before the process ends, however often quitting is asked for. The watching of calls ends; the calls
 * go on at the PBX.
 */
export function endBeforeQuit(end: () => Promise<void>): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    void withinTime(end(), STOP_MS).then(() => {
      state = 'ended';
      app.quit();
    });
  });
}
