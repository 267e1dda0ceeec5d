import { powerMonitor } from 'electron';

/** Calls `returned` whenever the machine wakes up, and whenever somebody comes back and unlocks it. */
export function followReturns(returned: () => void): void {
  powerMonitor.on('resume', returned);
  powerMonitor.on('unlock-screen', returned);
}
