import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DEADLINES } from '../../app/pbx/mobydick/mobydick.ts';
import { startApplication } from '../../tools/electron/application.ts';
import { MeasuredApplication } from './application.ts';
import { appPath, emptyMain } from './build.ts';

/** A main process of which nobody wants anything. */
export type Idle = {
  /** Resident memory in bytes, and the part of it that is no file. */
  readonly resident: number;
  readonly anonymous: number;
  /** Times per minute that its main thread, and that any of its threads, waited and was woken. */
  readonly mainThread: number;
  readonly allThreads: number;
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
      const processes = [app.pid, empty.pid].map((pid) => pid ?? Number.NaN);
      await pause(SETTLE_MS);
      const before = processes.map(wakeUps);
      await pause(SECONDS * 1_000);
      const [application, bare] = processes.map((pid, at) => idleSince(pid, before[at] ?? new Map()));
      if (!application || !bare) throw new Error('there was no process to look at');
      const pings = (MINUTE * 1_000) / DEADLINES.quiet;
      return { application, empty: bare, seconds: SECONDS, pings };
    } finally {
      await empty.close();
    }
  });
}

/** Voluntary context switches of every thread so far, by its id: proc(5). */
function wakeUps(pid: number): ReadonlyMap<number, number> {
  const threads = readdirSync(`/proc/${pid}/task`).map(Number);
  return new Map(
    threads.map((thread) => [thread, field(`/proc/${pid}/task/${thread}/status`, 'voluntary_ctxt_switches')]),
  );
}

function idleSince(pid: number, before: ReadonlyMap<number, number>): Idle {
  const perMinute = [...wakeUps(pid)].map(([thread, count]) => ({
    thread,
    count: ((count - (before.get(thread) ?? 0)) * MINUTE) / SECONDS,
  }));
  const status = `/proc/${pid}/status`;
  return {
    resident: field(status, 'VmRSS') * 1_024,
    anonymous: field(status, 'RssAnon') * 1_024,
    mainThread: perMinute.find(({ thread }) => thread === pid)?.count ?? Number.NaN,
    allThreads: perMinute.reduce((sum, { count }) => sum + count, 0),
  };
}

/** A number of a status file of proc(5). */
function field(file: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return Number(found);
}
