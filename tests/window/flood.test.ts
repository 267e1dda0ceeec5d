/** 10,000 trace lines a second while a call rings: the popup answers, and no line is lost in the diagnostics. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bridge, CHANNEL } from '../../contract/renderer-api.ts';
import { awaited, soon } from './support/condition.ts';
import { type Seat, takeSeat } from './support/seat.ts';

declare const tapline: Bridge;

const PER_SECOND = 10_000;
const SECONDS = 4;
/** How often lines are made, in ms: many small heaps rather than one. */
const EVERY_MS = 10;

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.signIn();
});
afterAll(() => seat?.stop());

/** Makes trace lines in main: each command from nowhere is refused, and leaves one. @returns when all are refused */
async function flood(lines: number): Promise<void> {
  const nobody = { window: 0, url: '', topFrame: true };
  const asked: Promise<unknown>[] = [];
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(lines, Math.floor(((performance.now() - began) / 1_000) * PER_SECOND));
      while (asked.length < due) {
        asked.push(seat.app.controls.invoke(nobody, CHANNEL.command, 'subscribe', {}).catch(() => undefined));
      }
      if (asked.length < lines) return;
      clearInterval(timer);
      resolve();
    }, EVERY_MS);
  });
  await Promise.all(asked);
}

/** Counts in the page what main sends it, beside the page itself. */
const count = (page: Page) =>
  page.evaluate(() => {
    const got = { last: 0, gaps: 0, lines: 0 };
    Object.assign(window, { got });
    tapline.on('trace', (rows) => {
      for (const { sequence } of rows) {
        if (got.last > 0 && sequence !== got.last + 1) got.gaps += 1;
        got.last = sequence;
        got.lines += 1;
      }
    });
  });
const counted = (page: Page) =>
  page.evaluate(() => (window as unknown as { got: { last: number; gaps: number; lines: number } }).got);

it('shows every line, and the popup answers meanwhile', async () => {
  const diagnostics = await seat.diagnostics();
  await diagnostics.getByText(/^Lines: /).waitFor();
  await count(diagnostics);
  const popup = await seat.ring();
  await popup.getByRole('button', { name: 'Answer' }).waitFor();

  const lines = PER_SECOND * SECONDS;
  const began = performance.now();
  const flooding = flood(lines);
  // In the midst of it: a good part has come, and most is still to come.
  await awaited('the flood', async () => (await counted(diagnostics)).lines > PER_SECOND || undefined);
  const clicked = performance.now();
  await popup.getByRole('button', { name: 'Answer' }).click();
  await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
  const answered = performance.now() - clicked;
  await flooding;
  const took = (performance.now() - began) / 1_000;

  // Asking main for the trace would count as the page's own question: what came is counted in the page.
  await awaited('every line', async () => {
    const { last, lines: came } = await counted(diagnostics);
    const shown = await diagnostics.getByText(/^Lines: /).textContent();
    const rows = await diagnostics.getByRole('grid').getAttribute('aria-rowcount');
    const all = shown === `Lines: ${last.toLocaleString('en')}` && rows === String(last + 1);
    return (came >= lines && all) || undefined;
  });
  expect(await diagnostics.getByText('lost:').count()).toBe(0);
  expect(await counted(diagnostics)).toMatchObject({ gaps: 0 });
  await soon(() => seat.seen('popup')).toBe(false);
  expect(seat.trouble()).toEqual([]);
  // The rate is the machine's: told, not asserted.
  process.stdout.write(
    `${Math.round(lines / took)} lines/s (asked: ${PER_SECOND}); Answer took effect after ${Math.round(answered)} ms\n`,
  );
});
