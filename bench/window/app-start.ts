import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Devtools } from '../../tools/electron/browser/devtools.ts';
import { bundleStandIn } from '../../tools/electron/bundle.ts';
import { findChromium, startChromium } from '../../tools/electron/chromium.ts';
import type { Configuration, Recorded } from '../../tools/electron/control/messages.ts';
import { ControlServer } from '../../tools/electron/control/server.ts';
import { type Summary, summarise } from '../percentiles.ts';
import { appPath, builtApp, emptyMain } from './build.ts';

/** ms from the start of the process. */
export type AppStart = {
  /** A main script that does nothing, until it is ready: Node and the stand-in. */
  readonly empty: Summary;
  /** The application's own, until it is ready. */
  readonly ready: Summary;
  /** The application's own, until the tray icon is there. */
  readonly tray: Summary;
};

/** How long a start may take, in ms. */
const START_MS = 15_000;

type Started = { readonly ready: number; readonly reached: number };

/** Starts the application and an empty main script in turn, in a browser that is there already. */
export async function timeAppStarts(count: number): Promise<AppStart> {
  const program = findChromium();
  if (program === undefined) throw new Error('there is no Chromium on this machine');
  const [standIn, { main }, empty] = [await bundleStandIn(), await builtApp(), await emptyMain()];
  const chromium = await startChromium({ program, headed: false, locale: 'en-US' });
  try {
    const devtools = await Devtools.connect(chromium.endpoint);
    const start = (script: string, last: Recorded['what']) =>
      timeStart({ standIn, script, last, browser: chromium.endpoint }).finally(() => closePages(devtools));
    const empties: number[] = [];
    const own: Started[] = [];
    // The first of each only fills the system's caches.
    for (let round = -1; round < count; round += 1) {
      const bare = await start(empty, 'ready');
      const started = await start(main, 'tray');
      if (round < 0) continue;
      empties.push(bare.ready);
      own.push(started);
    }
    return {
      empty: summarise(empties),
      ready: summarise(own.map(({ ready }) => ready)),
      tray: summarise(own.map(({ reached }) => reached)),
    };
  } finally {
    await chromium.stop();
  }
}

/** One start until `last` happened, and a sudden end. */
async function timeStart(what: {
  readonly standIn: string;
  readonly script: string;
  readonly last: Recorded['what'];
  readonly browser: string;
}): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-start-'));
  const at = new Map<Recorded['what'], number>();
  const control = new ControlServer((recorded) => {
    if (!at.has(recorded.what)) at.set(recorded.what, performance.now());
  });
  const file = join(folder, 'configuration.json');
  const configuration: Configuration = {
    main: what.script,
    env: { TAPLINE_SOCKET: join(folder, 'companion.sock') },
    controlPort: await control.listen(),
    browser: what.browser,
    headed: false,
    appPath,
    userData: join(folder, 'user-data'),
    locale: 'en-US',
    dark: false,
    firstInstance: true,
  };
  writeFileSync(file, JSON.stringify(configuration));
  const started = performance.now();
  const child = spawn(process.execPath, [what.standIn, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await control.log.wait(what.last, (recorded) => recorded.what === what.last, START_MS);
    const since = (name: Recorded['what']): number => (at.get(name) ?? Number.NaN) - started;
    return { ready: since('ready'), reached: since(what.last) };
  } finally {
    child.kill('SIGKILL');
    await ended;
    control.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A main process that was killed leaves its pages. */
async function closePages({ browser }: Devtools): Promise<void> {
  const { targetInfos } = await browser.send('Target.getTargets');
  for (const { type, targetId } of targetInfos) {
    if (type === 'page') await browser.send('Target.closeTarget', { targetId });
  }
}
