import { setTimeout as pause } from 'node:timers/promises';
import { ANNA } from '../../tools/rig/rig.ts';
import { compareClocks } from '../clock.ts';
import { CALLER } from '../stanza-to-callstate.ts';
import { MeasuredApplication } from './application.ts';
import { floodedMain } from './build.ts';
import { FLOOD, type Flooded } from './flood-channel.ts';
import { type Flood, keptUp } from './flood-figures.ts';
import { type MeasuredPage, PAGE_CLOCK_STEP, pageNow } from './page.ts';

const SECONDS = 2;
const GOAL = 20_000;
/** The next rate to try, times this one. */
const FASTER = 1.25;
const MAX_FLOODS = 6;
const BETWEEN_MS = 300;

/** Floods the open diagnostics, faster and faster until the page does not keep up. The goal's rate comes first. */
export async function measureFloods(): Promise<readonly Flood[]> {
  return MeasuredApplication.lend(
    async (application) => {
      const { now } = application;
      const page = await openDiagnostics(application);
      await compareClocks(
        { whose: 'the diagnostics’', ask: () => page.evaluate(pageNow), step: PAGE_CLOCK_STEP },
        now,
      );
      await oneCall(application);
      // Code that runs for the first time is slow.
      await flood(application, page, GOAL / 2, 1);
      const floods: Flood[] = [];
      for (let rate = GOAL; floods.length < MAX_FLOODS; rate *= FASTER) {
        await pause(BETWEEN_MS);
        const measured = await flood(application, page, Math.round(rate), floods.length + 2);
        floods.push(measured);
        if (!keptUp(measured)) break;
      }
      return floods;
    },
    await floodedMain(),
  );
}

async function openDiagnostics(application: MeasuredApplication): Promise<MeasuredPage> {
  const from = application.mark;
  await application.choose('Diagnostics', 'diagnostics');
  await application.did(['shown'], from);
  return application.page('diagnostics');
}

/** A call that rings and ends: its steps are what the floods consist of. */
async function oneCall(application: MeasuredApplication): Promise<void> {
  const from = application.mark;
  const { outside } = application.pbx.exchange;
  outside.call(CALLER.number, CALLER.name, ANNA.extension);
  await application.did(['shownInactive'], from);
  outside.hangUp(CALLER.number);
  await application.did(['hidden'], from);
}

async function flood(
  { app }: MeasuredApplication,
  page: MeasuredPage,
  rate: number,
  nth: number,
): Promise<Flood> {
  const lines = rate * SECONDS;
  // No digits: redaction would hide them. Longer each time: the label of a flood before does not contain it.
  const label = `the last line ${'I'.repeat(nth)}`;
  const nobody = { window: 0, url: '', topFrame: true };
  const [flooded, { paintedUs, lost }] = await Promise.all([
    app.controls.invoke(nobody, FLOOD, rate, lines, label) as Promise<Flooded>,
    page.evaluate(whenLastRowReads, label),
  ]);
  const { firstUs, lastUs } = flooded;
  return {
    rate,
    traced: (lines / (lastUs - firstUs)) * 1e6,
    shown: (lines / (paintedUs - firstUs)) * 1e6,
    lag: (paintedUs - lastUs) / 1_000,
    lost,
  };
}

/** When the frame was painted whose last row of the list has a text, and what the page says is lost. Runs in the page. */
function whenLastRowReads(label: string): Promise<{ paintedUs: number; lost: string }> {
  return new Promise((resolve) => {
    const look = (): void => {
      const row = document.querySelector('[role=grid] tbody tr:last-child')?.textContent ?? '';
      if (!row.includes(label)) {
        requestAnimationFrame(look);
        return;
      }
      requestAnimationFrame(() => {
        const paintedUs = (performance.timeOrigin + performance.now()) * 1_000;
        resolve({ paintedUs, lost: document.querySelector('.trace-lost')?.textContent ?? '' });
      });
    };
    look();
  });
}
