import { setTimeout as pause } from 'node:timers/promises';
import { ANNA } from '../../tools/rig/rig.ts';
import { type ClockOffset, compareClocks } from '../clock.ts';
import { type Summary, summarise } from '../percentiles.ts';
import type { Rounds } from '../rounds.ts';
import { StanzaTap } from '../stanza-tap.ts';
import { CALLER } from '../stanza-to-callstate.ts';
import { MeasuredApplication } from './application.ts';
import { PAGE_CLOCK_STEP, pageNow } from './page.ts';

/** What it took from the stanza of a new call on the PBX's socket, in ms. */
export type PopupTimes = {
  /** Until the caller's name was in the page. */
  readonly named: Summary;
  /** Until this program heard that the window was shown. */
  readonly shown: Summary;
  /** Until the first frame after both was painted. */
  readonly painted: Summary;
  readonly clock: ClockOffset;
};

/** Lets calls ring and end, one after the other, and looks at the popup. */
export function timePopups({ count, warmUp, pauseMs }: Rounds): Promise<PopupTimes> {
  return MeasuredApplication.lend(async (application) => {
    const { now, pbx } = application;
    const { outside } = pbx.exchange;
    const page = await application.page('popup');
    const clock = await compareClocks(
      { whose: 'the popup’s', ask: () => page.evaluate(pageNow), step: PAGE_CLOCK_STEP },
      now,
    );
    const tap = new StanzaTap(now);
    const rounds: { named: number; shown: number; painted: number }[] = [];
    try {
      for (let round = -warmUp; round < count; round += 1) {
        const from = application.mark;
        await page.evaluate(watchForText, CALLER.name);
        const rings = tap.after(() => void outside.call(CALLER.number, CALLER.name, ANNA.extension));
        const shownUs = await application.did(['shownInactive'], from);
        const { atUs } = await rings;
        const { textUs, paintedUs } = await page.evaluate(whenPainted, shownUs);
        const ms = (us: number): number => (us - atUs) / 1_000;
        if (round >= 0) rounds.push({ named: ms(textUs), shown: ms(shownUs), painted: ms(paintedUs) });
        outside.hangUp(CALLER.number);
        await application.did(['hidden'], from);
        await pause(pauseMs);
      }
    } finally {
      tap.close();
    }
    const all = (of: 'named' | 'shown' | 'painted'): Summary => summarise(rounds.map((round) => round[of]));
    return { named: all('named'), shown: all('shown'), painted: all('painted'), clock };
  });
}

/** What the page notes between the two functions below; times in µs since 1970. */
type Watch = { textUs: number; readonly frames: number[] };

/**
 * Notes from now on when a text comes into the page, and every frame after it. Resolves once it is not there: a call
 * before may still be seen. Runs in the page.
 */
function watchForText(text: string): Promise<void> {
  const us = (): number => (performance.timeOrigin + performance.now()) * 1_000;
  const isThere = (): boolean => document.body.textContent?.includes(text) ?? false;
  const watch: Watch = { textUs: 0, frames: [] };
  Object.assign(window, { watch });
  const frame = (): void => {
    watch.frames.push(us());
    if ((window as unknown as { watch?: Watch }).watch === watch) requestAnimationFrame(frame);
  };
  return new Promise((resolve) => {
    let absent = false;
    const look = (): void => {
      if (!absent) {
        absent = !isThere();
        if (absent) resolve();
      } else if (isThere()) {
        observer.disconnect();
        watch.textUs = us();
        requestAnimationFrame(frame);
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}

/**
 * When the text was there, and when the first frame was painted that began after it and after `shownUs`: that is when
 * the frame after it begins. Runs in the page.
 */
function whenPainted(shownUs: number): Promise<{ textUs: number; paintedUs: number }> {
  const holder = window as unknown as { watch: Watch | undefined };
  return new Promise((resolve) => {
    const look = (): void => {
      const { textUs, frames } = holder.watch ?? { textUs: 0, frames: [] };
      const [, painted] = frames.filter((at) => textUs > 0 && at >= Math.max(textUs, shownUs));
      if (painted === undefined) {
        requestAnimationFrame(look);
        return;
      }
      holder.watch = undefined;
      resolve({ textUs, paintedUs: painted });
    };
    look();
  });
}
