import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../contract/renderer-api.ts';
import {
  account,
  asteriskAccount,
  hints,
  ladder,
  line,
  more,
  otherLine,
  problem,
  ringing,
  slices,
  tapiFlow,
  trace,
} from '../testing/samples.ts';
import type { Opening } from '../testing/stage.ts';
import { args, withPage } from '../testing/theatre.ts';

const diagnostics = withPage('diagnostics');
const all = trace();
const traced: Opening = { slices: slices({ calls: [ringing] }), results: { followTrace: all } };

describe('notes on the phone system', () => {
  it('stand above the trace with what to do, and can be put away', () =>
    diagnostics({ slices: slices({ accounts: [account, asteriskAccount], hints }) }, async (act) => {
      const list = act.page.getByRole('list', { name: 'Notes on the phone system: 2' });
      expect(await list.getByRole('listitem').allTextContents()).toEqual(
        hints.map(
          ({ subject, what, why, todo }) =>
            `tapline · asterisk.example.com: ${what.includes(subject) ? '' : `${subject}: `}${what}${why} ${todo}`,
        ),
      );
      await act.page.getByText('Notes on the phone system: 2').click();
      expect(await list.isVisible()).toBe(false);
      expect(await act.page.getByRole('grid').isVisible()).toBe(true);
    }));

  it('take no place while there are none, and name no account where there is one', () =>
    diagnostics({ slices: slices({ accounts: [asteriskAccount] }) }, async (act) => {
      expect(await act.page.getByText('Notes on').count()).toBe(0);
      await act.patch('hints', hints.slice(0, 1));
      await act.page.getByText('Notes on the phone system: 1').waitFor();
      expect(await act.page.getByRole('listitem').textContent()).toMatch(/^The dial plan separates/);
    }));
});

describe('the call flow', () => {
  const way: Opening = { ...traced, results: { followTrace: all, ladder: ladder(7).slice(0, 5) } };

  it('has a column for each place, and goes on while the call does', () =>
    diagnostics(way, async (act) => {
      await act.page.getByRole('tab', { name: 'Call flow' }).click();
      await act.page.getByRole('combobox').selectOption({ label: 'Call #7: Megan Hale' });
      const table = act.page.getByRole('table', { name: 'Call #7' });
      expect(await table.getByRole('columnheader').allTextContents()).toEqual([
        'ms',
        'PBX',
        'Core',
        'Link',
        'TAPI',
      ]);
      expect(await table.locator('tbody tr').count()).toBe(5);
      expect(await table.locator('tbody tr').nth(2).getByRole('cell').allTextContents()).toEqual([
        '0.7',
        '',
        '',
        '→towards the TAPI program: call OFFERING',
        '',
      ]);
      await act.emit('trace', [...more(139, 1), ...ladder(7, 140).slice(5, 8)]);
      await expect.poll(() => table.locator('tbody tr').count()).toBe(8);
    }));

  it('is walked by keyboard, with the detail of each step', () =>
    diagnostics(way, async (act) => {
      const { keyboard } = act.page;
      await act.page.getByRole('tab', { name: 'Trace' }).focus();
      await keyboard.press('ArrowRight');
      await act.page.getByRole('combobox').selectOption('7');
      await act.page.getByRole('table').waitFor();
      await act.page.getByRole('combobox').focus();
      await keyboard.press('Tab');
      // What scrolls may be a stop of its own.
      if (!(await act.page.evaluate(() => document.activeElement?.classList.contains('step')))) {
        await keyboard.press('Tab');
      }
      await keyboard.press('ArrowDown');
      const heading = act.page.getByRole('complementary').getByRole('heading');
      expect(await heading.textContent()).toBe('OFFERING active');
      await keyboard.press('End');
      expect(await heading.textContent()).toBe('LINE_CALLSTATE OFFERING');
    }));

  it('says so when the trace has forgotten the call', () =>
    diagnostics(traced, async (act) => {
      await act.page.getByRole('tab', { name: 'Call flow' }).click();
      await act.page.getByRole('combobox').selectOption('3');
      await act.page.getByText('Nothing is left of this call in the trace.').waitFor();
    }));
});

describe('the TAPI messages', () => {
  it('are asked for by line, and again when one has passed', () =>
    diagnostics(
      { slices: slices({ lines: [line, otherLine] }), results: { tapiFlow: tapiFlow() } },
      async (act) => {
        await act.page.getByRole('tab', { name: 'TAPI messages' }).click();
        const grid = act.page.getByRole('grid');
        expect(await grid.getByRole('columnheader').allTextContents()).toEqual([
          'Time',
          'CallID',
          'Line',
          'CallerID',
          'CalledID',
          'ConnectedID',
          'Direction',
          'Event',
        ]);
        await expect.poll(() => grid.locator('tbody tr').count()).toBe(6);
        await act.answer('tapiFlow', tapiFlow().slice(0, 2));
        await act.emit('trace', more(1, 1));
        await act.emit('trace', [{ ...(more(2, 1)[0] as TraceRow), leg: 'tapi' }]);
        await expect.poll(() => grid.locator('tbody tr').count()).toBe(2);
        await act.page.getByRole('combobox').selectOption({ label: otherLine.name });
        await expect
          .poll(() => args(act, 'tapiFlow'))
          .toEqual([{ line: line.key }, { line: line.key }, { line: otherLine.key }]);
      },
    ));

  it('tell why there are none', () =>
    diagnostics({ slices: slices({ shim: { connected: 0, unavailable: problem } }) }, async (act) => {
      await act.page.getByRole('tab', { name: 'TAPI messages' }).click();
      await act.page.getByText(problem.todo).waitFor();
    }));
});
