import { setTimeout as pause } from 'node:timers/promises';
import { ANNA } from '../../tools/rig/rig.ts';
import { compareClocks } from '../clock.ts';
import { type Summary, summarise } from '../percentiles.ts';
import type { Rounds } from '../rounds.ts';
import { MeasuredApplication } from './application.ts';
import { PAGE_CLOCK_STEP, pageNow } from './page.ts';

/** What it took from the click on the tray icon, in ms. */
export type FlyoutTimes = {
  /** Until the page began to load: the stand-in makes a window for it, and Chromium a process. */
  readonly begun: Summary;
  /** Until it was painted with the line and the window was shown. */
  readonly painted: Summary;
};

/** How long after it was shown the flyout is looked at, in ms: looking must not slow it down. */
const LOOK_AFTER_MS = 200;

/** Opens the flyout by a click on the tray icon and closes it, again and again: it is made anew each time. */
export function timeFlyouts({ count, warmUp, pauseMs }: Rounds): Promise<FlyoutTimes> {
  return MeasuredApplication.lend(async (application) => {
    const { now, app } = application;
    const begun: number[] = [];
    const painted: number[] = [];
    for (let round = -warmUp; round < count; round += 1) {
      const from = application.mark;
      const clickedUs = now();
      await app.controls.trayClick('left');
      const shownUs = await application.did(['shown'], from);
      await pause(LOOK_AFTER_MS);
      const page = await application.page('flyout');
      if (round === -warmUp) {
        const ask = (): Promise<number> => page.evaluate(pageNow);
        await compareClocks({ whose: 'the flyout’s', ask, step: PAGE_CLOCK_STEP }, now);
      }
      const { begunUs, paintedUs, text } = await page.evaluate(firstPaint);
      if (!text.includes(ANNA.extension)) throw new Error(`the flyout shows no line: ${text}`);
      if (round >= 0) {
        begun.push((begunUs - clickedUs) / 1_000);
        painted.push((Math.max(paintedUs, shownUs) - clickedUs) / 1_000);
      }
      await app.controls.trayClick('left');
      await application.did(['closed'], from);
      await pause(pauseMs);
    }
    return { begun: summarise(begun), painted: summarise(painted) };
  });
}

/**
 * When the page began to load and when the browser first painted any content of it, µs since 1970, and what stands
 * there. Runs in the page.
 */
function firstPaint(): Promise<{ begunUs: number; paintedUs: number; text: string }> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint');
      if (!entry) return;
      observer.disconnect();
      const begunUs = performance.timeOrigin * 1_000;
      const paintedUs = begunUs + entry.startTime * 1_000;
      resolve({ begunUs, paintedUs, text: document.body.textContent ?? '' });
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}
