import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { ringing, slices } from '../testing/samples.ts';
import { raise, type Stage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await raise();
});
afterAll(() => stage.close());

const PER_SECOND = 20_000;
const SECONDS = 3;

// Times are told, not asserted: they are the machine's. That no entry is missing is asserted.
it('shows 20,000 entries a second, and loses none', async () => {
  const act = await stage.open('diagnostics', { slices: slices({ calls: [ringing] }) });
  const frames = await act.page.evaluate(
    async ([perSecond, seconds]) => {
      const total = perSecond * seconds;
      const row = (sequence: number): TraceRow => ({
        sequence,
        at: Date.now(),
        leg: (['pbx', 'core', 'link', 'tapi'] as const)[sequence % 4] ?? 'core',
        direction: 'in',
        account: 'jlorenz@pbx.example.com',
        call: 1 + (sequence % 50),
        label: `base.ChannelEvent ${sequence}`,
        detail: `<message><cmd><number>${sequence}</number><name>Megan Hale</name></cmd></message>`,
      });
      const gaps: number[] = [];
      let last = performance.now();
      let painting = true;
      const paint = (): void => {
        const now = performance.now();
        gaps.push(now - last);
        last = now;
        if (painting) requestAnimationFrame(paint);
      };
      requestAnimationFrame(paint);

      const began = performance.now();
      let sent = 0;
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond));
          const batch = Array.from({ length: due - sent }, (_, at) => row(sent + at + 1));
          sent = due;
          if (batch.length > 0) window.fake.emit('trace', batch);
          if (sent < total) return;
          clearInterval(timer);
          resolve();
        }, 16);
      });
      painting = false;
      return gaps.slice(1);
    },
    [PER_SECOND, SECONDS] as const,
  );
  const total = PER_SECOND * SECONDS;
  await act.page.getByText(`Lines: ${total.toLocaleString('en')}`, { exact: true }).waitFor();
  expect(await act.page.getByText('lost:').count()).toBe(0);
  const last = act.page.getByRole('grid').locator('tbody td:nth-child(5)').last();
  expect(await last.textContent()).toBe(`base.ChannelEvent ${total}`);

  // Every single one can be found again.
  await act.page.getByLabel('Filter').fill('<number>1');
  const matching = Array.from({ length: total }, (_, at) => String(at + 1)).filter((each) =>
    each.startsWith('1'),
  );
  await act.page
    .getByText(`Lines: ${matching.length.toLocaleString('en')} of ${total.toLocaleString('en')}`)
    .waitFor();
  expect(act.complaints).toEqual([]);
  await act.close();

  const sorted = frames.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  process.stdout.write(`frames at ${PER_SECOND} entries/s: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`);
});
