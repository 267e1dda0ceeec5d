import { setTimeout as pause } from 'node:timers/promises';
import { DEADLINES } from '../../app/pbx/mobydick/mobydick.ts';
import { startApplication } from '../../tools/electron/application.ts';
import { countWakeUps, statusField, type WakeUps } from '../wake-ups.ts';
import { MeasuredApplication } from './application.ts';
import { appPath, emptyMain } from './build.ts';

/** A main process of which nobody wants anything. */
export type Idle = WakeUps & {
  /** Resident memory in bytes, and the part of it that is no file. */
  readonly resident: number;
  readonly anonymous: number;
};

export type IdleFigures = {
  /** Signed in, its popup loaded, no window shown. */
  readonly application: Idle;
  /** A main script that does nothing: Node and the stand-in. */
  readonly empty: Idle;
  readonly seconds: number;
  /** Pings of the XMPP session per minute. */
  readonly pings: number;
};

const SETTLE_MS = 4_000;
const SECONDS = 30;
const MINUTE = 60;

/** Looks for half a minute at the application and at an empty main script beside it. */
export function measureIdle(): Promise<IdleFigures> {
  return MeasuredApplication.lend(async ({ app }) => {
    const empty = await startApplication({ main: await emptyMain(), appPath, where: 'native' });
    try {
      await pause(SETTLE_MS);
      const counts = [app.pid, empty.pid]
        .map((pid) => pid ?? Number.NaN)
        .map((pid) => ({ pid, wakeUps: countWakeUps(pid) }));
      await pause(SECONDS * 1_000);
      const [application, bare] = counts.map(({ pid, wakeUps }) => ({ ...wakeUps(), ...memory(pid) }));
      if (!application || !bare) throw new Error('there was no process to look at');
      const pings = (MINUTE * 1_000) / DEADLINES.quiet;
      return { application, empty: bare, seconds: SECONDS, pings };
    } finally {
      await empty.close();
    }
  });
}

function memory(pid: number): Omit<Idle, keyof WakeUps> {
  const status = `/proc/${pid}/status`;
  return {
    resident: statusField(status, 'VmRSS') * 1_024,
    anonymous: statusField(status, 'RssAnon') * 1_024,
  };
}
