/** What has to be read whole in the tables: calls are told from each other by it. */
import { expect, it } from 'vitest';
import { ladder, ringing, slices, tapiFlow } from '../testing/samples.ts';
import type { Act } from '../testing/stage.ts';
import { withPage } from '../testing/theatre.ts';

const diagnostics = withPage('diagnostics');

/** The id that a call of a long run has. */
const CALL = 4_294_967_295;
const opening = {
  slices: slices({ calls: [{ ...ringing, id: CALL }] }),
  results: { followTrace: ladder(CALL), ladder: ladder(CALL), tapiFlow: tapiFlow(CALL) },
};

const whole = async ({ page }: Act, text: string) => {
  const cell = page.getByRole('gridcell', { name: text, exact: true }).first();
  expect(await cell.evaluate((element) => element.scrollWidth <= element.clientWidth), text).toBe(true);
};

it('shows the whole id of a call in the trace and in the TAPI messages', () =>
  diagnostics(opening, async (act) => {
    await whole(act, `#${CALL}`);
    await act.page.getByRole('tab').nth(2).click();
    await whole(act, String(CALL));
  }));

it('shows more than the first line of a detail that has several', () => {
  const followTrace = ladder()
    .slice(0, 1)
    .map((row) => ({ ...row, detail: 'Event: Hold\nChannel: A' }));
  return diagnostics({ ...opening, results: { ...opening.results, followTrace } }, async (act) => {
    const cell = act.page.getByRole('gridcell', { name: /^Event: Hold/ });
    expect(await cell.innerText()).toBe('Event: Hold Channel: A');
  });
});

it('keeps the headings of the call flow in one row, however few steps there are', () =>
  diagnostics(
    { ...opening, results: { ...opening.results, ladder: ladder(CALL).slice(0, 2) } },
    async (act) => {
      await act.page.getByRole('tab').nth(1).click();
      await act.page.getByRole('combobox').selectOption(String(CALL));
      const heading = act.page.getByRole('columnheader', { name: 'ms' });
      expect((await heading.boundingBox())?.height).toBeLessThan(34);
    },
  ));
