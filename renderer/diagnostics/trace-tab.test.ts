import { describe, expect, it } from 'vitest';
import { ladder, more, problem, ringing, slices, tapiFlow, trace } from '../testing/samples.ts';
import type { Act, Opening } from '../testing/stage.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const diagnostics = withPage('diagnostics');
const all = trace();
const traced: Opening = { slices: slices({ calls: [ringing] }), results: { followTrace: all } };

/** Events of the rows in sight. */
const events = ({ page }: Act) => page.getByRole('grid').locator('tbody td:nth-child(5)').allTextContents();
const selected = ({ page }: Act) =>
  page.getByRole('grid').locator('tbody tr[aria-selected=true] td:nth-child(5)').allTextContents();
const follows = async (act: Act) => (await button(act, 'Follow').getAttribute('aria-pressed')) === 'true';
const copied = async (act: Act) => {
  const [last] = (await args(act, 'copyText')).slice(-1) as { text: string }[];
  return (last?.text ?? '').split('\n');
};
describe('the trace', () => {
  it('follows from the beginning and shows the end', () =>
    diagnostics(traced, async (act) => {
      expect(await args(act, 'followTrace')).toEqual([{ from: 0 }]);
      await act.page.getByText('Lines: 138').waitFor();
      expect((await events(act)).at(-1)).toBe(all.at(-1)?.label);
      await act.emit('trace', more(139, 3));
      await expect.poll(async () => (await events(act)).at(-1)).toBe('more 141');
      expect(await act.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('142');
    }));

  it('keeps entries in order that overtake the first answer', () =>
    diagnostics({ slices: slices(), held: ['followTrace'] }, async (act) => {
      await act.emit('trace', more(4, 4));
      await act.answer('followTrace', more(1, 5));
      await act.page.getByText('Lines: 7').waitFor();
      expect(await events(act)).toEqual([1, 2, 3, 4, 5, 6, 7].map((at) => `more ${at}`));
    }));

  it('stays where somebody looks, and follows again', () =>
    diagnostics(traced, async (act) => {
      await act.page.getByText('Lines: 138').waitFor();
      expect(await follows(act)).toBe(true);
      await act.page.getByRole('grid').locator('tbody').hover();
      await act.page.mouse.wheel(0, -400);
      await expect.poll(() => follows(act)).toBe(false);
      const before = await events(act);
      await act.emit('trace', more(139, 50));
      await act.page.getByText('Lines: 188').waitFor();
      expect(await events(act)).toEqual(before);
      await button(act, 'Follow').click();
      await expect.poll(async () => (await events(act)).at(-1)).toBe('more 188');
    }));

  it('is worked by keyboard: rows, pages, ends, a range', () =>
    diagnostics(traced, async (act) => {
      const { keyboard } = act.page;
      await act.page.getByText('Lines: 138').waitFor();
      await act.page.getByRole('grid').focus();
      await keyboard.press('Home');
      expect(await selected(act)).toEqual(['base.ChannelEvent ringing']);
      await keyboard.press('ArrowDown');
      await keyboard.press('Shift+ArrowDown');
      expect(await selected(act)).toEqual(['OFFERING active', 'call OFFERING']);
      const active = await act.page.getByRole('grid').getAttribute('aria-activedescendant');
      expect(await act.page.locator(`[id="${active}"]`).getAttribute('aria-rowindex')).toBe('4');
      await keyboard.press('PageDown');
      expect(await selected(act)).toHaveLength(1);
      await keyboard.press('End');
      expect(await selected(act)).toEqual(['LINE_CALLSTATE IDLE']);
      await keyboard.press('Control+a');
      await act.page.getByText('selected: 138').waitFor();
      await keyboard.press('Escape');
      expect(await selected(act)).toEqual([]);
      expect(await follows(act)).toBe(true);
    }));

  it('selects with the mouse, by dragging too', () =>
    diagnostics(traced, async (act) => {
      const rows = act.page.getByRole('grid').locator('tbody tr');
      await rows.nth(2).click();
      expect(await selected(act)).toHaveLength(1);
      await rows.nth(6).click({ modifiers: ['Shift'] });
      expect(await selected(act)).toHaveLength(5);
      await rows.nth(10).hover();
      await act.page.mouse.down();
      await rows.nth(12).hover();
      await act.page.mouse.up();
      expect(await selected(act)).toHaveLength(3);
    }));

  it('shows all of the chosen entry, and the way of its call', () =>
    diagnostics({ ...traced, results: { followTrace: all, ladder: ladder(6) } }, async (act) => {
      await act.page.getByRole('grid').focus();
      await act.page.keyboard.press('Home');
      const detail = act.page.getByRole('complementary', { name: 'Entry' });
      expect(await detail.locator('pre').textContent()).toContain('  <cmd');
      await button(act, 'Show the call flow').click();
      expect(await args(act, 'ladder')).toEqual([{ call: 1 }]);
      expect(await act.page.getByRole('tab', { selected: true }).textContent()).toBe('Call flow');
    }));

  it('is filtered by words, call and place, and finds the chosen entry again', () =>
    diagnostics(traced, async (act) => {
      await act.page.getByLabel('Filter').fill('callstate');
      await act.page.getByText('Lines: 24 of 138').waitFor();
      await act.page.getByLabel('Call', { exact: true }).selectOption('2');
      await act.page.getByText('Lines: 4 of 138').waitFor();
      await act.page.getByRole('grid').focus();
      await act.page.keyboard.press('Home');
      await act.page.getByLabel('Filter').fill('');
      await act.page.getByText('Lines: 23 of 138').waitFor();
      expect(await selected(act)).toEqual(['LINE_CALLSTATE OFFERING']);
      await button(act, 'TAPI').click();
      await act.page.getByText('Lines: 17 of 138').waitFor();
      expect(await selected(act)).toEqual([]);
      await act.page.getByLabel('Filter').fill('nothing like it');
      await act.page.getByText('No line matches the filter.').waitFor();
    }));

  it('can be dragged along its scrollbar', () =>
    diagnostics(traced, async (act) => {
      await act.page.getByText('Lines: 138').waitFor();
      const bar = act.page.getByRole('scrollbar');
      const box = await bar.boundingBox();
      if (!box) throw new Error('There is no scrollbar.');
      await act.page.mouse.click(box.x + box.width / 2, box.y + 2);
      expect(await bar.getAttribute('aria-valuenow')).toBe('0');
      await act.page.mouse.down();
      await act.page.mouse.move(box.x + 4, box.y + box.height);
      await act.page.mouse.up();
      expect(await bar.getAttribute('aria-valuenow')).toBe(await bar.getAttribute('aria-valuemax'));
      expect(await follows(act)).toBe(true);
    }));

  it('says so when entries are missing, and when it may not follow', async () => {
    await diagnostics(traced, async (act) => {
      await act.emit('trace', more(150, 2));
      await act.page.getByText('lost: 11').waitFor();
    });
    await diagnostics({ slices: slices(), refused: ['followTrace'] }, async (act) => {
      await act.page.getByRole('alert').getByText('This did not work.').waitFor();
    });
  });
});

describe('Copy and Save', () => {
  it('copies the selection, or all that is shown', () =>
    diagnostics(traced, async (act) => {
      await act.page.getByText('Lines: 138').waitFor();
      await button(act, 'Copy').click();
      await act.page.getByText('Lines copied: 138').waitFor();
      expect(await copied(act)).toHaveLength(138);
      await act.page.getByRole('grid').focus();
      await act.page.keyboard.press('Home');
      await act.page.keyboard.press('Shift+ArrowDown');
      await act.page.keyboard.press('Control+c');
      await act.page.getByText('Lines copied: 2').waitFor();
      expect((await copied(act)).map((text) => text.split('\t').slice(0, 5))).toEqual([
        ['10:30:15.000000', 'PBX', 'in', '#1', 'base.ChannelEvent ringing'],
        ['10:30:15.000310', 'Core', 'note', '#1', 'OFFERING active'],
      ]);
    }));

  it('copies the ladder and the TAPI messages where they are shown', () =>
    diagnostics(
      { ...traced, results: { followTrace: all, ladder: ladder(), tapiFlow: tapiFlow() } },
      async (act) => {
        await act.page.getByRole('tab', { name: 'Call flow' }).click();
        await button(act, 'Copy').click();
        await act.page.getByText('There is nothing to copy.').waitFor();
        await act.page.getByRole('combobox').selectOption('7');
        await act.page.getByRole('table').waitFor();
        await button(act, 'Copy').click();
        await act.page.getByText('Lines copied: 23').waitFor();
        await act.page.getByRole('tab', { name: 'TAPI messages' }).click();
        await act.page.getByText('LINE_NEWCALL').waitFor();
        await button(act, 'Copy').click();
        await act.page.getByText('Lines copied: 6').waitFor();
      },
    ));

  it('saves, and is silent when somebody thinks better of it', () =>
    diagnostics({ ...traced, results: { saveTrace: { ok: true, cancelled: true } } }, async (act) => {
      await button(act, 'Save…').click();
      expect(await act.page.getByText('The trace was saved.').count()).toBe(0);
      await act.answer('saveTrace', { ok: true });
      await button(act, 'Save…').click();
      await act.page.getByText('The trace was saved.').waitFor();
      await act.answer('saveTrace', { ok: false, problem });
      await button(act, 'Save…').click();
      await act.page.getByRole('alert').getByText(problem.why).waitFor();
    }));
});
