import { describe, expect, it } from 'vitest';
import { line, offer, otherLine, problem, ringing, slices, talking } from '../testing/samples.ts';
import type { Act } from '../testing/stage.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const flyout = withPage('flyout');

describe('the dial box', () => {
  it('has the focus, dials on Enter and is empty again', () =>
    flyout({ slices: slices() }, async (act) => {
      await act.page.keyboard.type(' 089 123 ');
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'dial')).toEqual([{ line: line.key, target: '089 123' }]);
      await expect.poll(() => act.page.getByRole('textbox').inputValue()).toBe('');
    }));

  it('keeps the number and tells why it was not dialled', () =>
    flyout({ slices: slices(), results: { dial: { ok: false, problem } } }, async (act) => {
      await act.page.keyboard.type('110');
      await act.page.keyboard.press('Enter');
      const alert = act.page.getByRole('alert');
      await alert.getByText(problem.todo).waitFor();
      expect(await act.page.getByRole('textbox').inputValue()).toBe('110');
      await act.page.keyboard.type('0');
      expect(await alert.count()).toBe(0);
    }));

  it('does not dial twice while the first is under way', () =>
    flyout({ slices: slices() }, async (act) => {
      await act.hold('dial');
      await act.page.keyboard.type('110');
      await act.page.keyboard.press('Enter');
      await act.page.keyboard.press('Enter');
      await act.answer('dial', { ok: true });
      await expect.poll(() => act.page.getByRole('textbox').inputValue()).toBe('');
      expect(await args(act, 'dial')).toHaveLength(1);
    }));

  it('is filled by a request, and dials only when somebody says so', () =>
    flyout({ slices: slices() }, async (act) => {
      await act.emit('dialRequested', { target: '+49 89 7' });
      const box = act.page.getByRole('textbox');
      await expect.poll(() => box.inputValue()).toBe('+49 89 7');
      expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await args(act, 'dial')).toEqual([]);
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'dial')).toEqual([{ line: line.key, target: '+49 89 7' }]);
    }));

  it('dials on the line that was chosen', () =>
    flyout({ slices: slices({ lines: [line, otherLine] }) }, async (act) => {
      await act.page.getByRole('combobox').selectOption({ label: otherLine.name });
      await act.page.getByRole('textbox').fill('5');
      await button(act, 'Dial').click();
      expect(await args(act, 'dial')).toEqual([{ line: otherLine.key, target: '5' }]);
    }));

  it('sends nothing without a line that can dial, and says so', () =>
    flyout({ slices: slices({ lines: [{ ...line, inService: false }] }) }, async (act) => {
      await act.page.getByText('This line cannot dial now.').waitFor();
      await act.page.keyboard.type('110');
      await act.page.keyboard.press('Enter');
      await button(act, 'Dial').click({ force: true });
      expect(await args(act, 'dial')).toEqual([]);
    }));

  it('says that a line never can, where it is in service and not allowed to', () =>
    flyout({ slices: slices({ lines: [{ ...line, canDial: false }] }) }, async (act) => {
      await act.page.getByText('its account or its phone does not allow it').waitFor();
      await act.patch('lines', [{ ...line, canDial: false, inService: false }]);
      await act.page.getByText('This line cannot dial now.').waitFor();
    }));

  it('tells when main refuses the command', () =>
    flyout({ slices: slices(), refused: ['dial'] }, async (act) => {
      await act.page.keyboard.type('110');
      await act.page.keyboard.press('Enter');
      await act.page.getByRole('alert').getByText('This did not work.').waitFor();
    }));
});

describe('calls', () => {
  it('have exactly their verbs', () =>
    flyout({ slices: slices({ calls: [ringing, talking] }) }, async (act) => {
      const rows = act.page.getByRole('region', { name: 'Calls' }).getByRole('listitem');
      const names = () => rows.getByRole('button').allTextContents();
      expect(await names()).toEqual(['Answer', 'Decline', 'Hold', 'Hang up']);
      await act.patch('calls', [{ ...ringing, verbs: [] }]);
      expect(await names()).toEqual([]);
      await act.patch('calls', [{ ...ringing, state: 'connected', verbs: ['drop'] }]);
      expect(await names()).toEqual(['Hang up']);
      await act.patch('calls', []);
      expect(await rows.count()).toBe(0);
    }));

  it('are answered and hung up', () =>
    flyout({ slices: slices({ calls: [ringing, talking] }) }, async (act) => {
      await button(act, 'Answer').click();
      await button(act, 'Hang up').click();
      expect(await args(act, 'answer')).toEqual([{ call: ringing.id }]);
      expect(await args(act, 'drop')).toEqual([{ call: talking.id }]);
    }));

  it('are held and resumed by one button, which keeps the focus', () =>
    flyout({ slices: slices({ calls: [talking] }) }, async (act) => {
      await button(act, 'Hold').press('Enter');
      expect(await args(act, 'hold')).toEqual([{ call: talking.id }]);
      await act.patch('calls', [{ ...talking, state: 'onHold', verbs: ['unhold', 'drop'] }]);
      await act.page.getByText('On hold').waitFor();
      expect(await button(act, 'Hold').count()).toBe(0);
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'unhold')).toEqual([{ call: talking.id }]);
    }));

  it('that are not held tell why', () =>
    flyout(
      { slices: slices({ calls: [talking] }), results: { hold: { ok: false, problem } } },
      async (act) => {
        await button(act, 'Hold').click();
        await act.page.getByRole('alert').getByText(problem.what).waitFor();
        await act.patch('calls', [{ ...talking, state: 'onHold', verbs: ['unhold', 'drop'] }]);
        await expect.poll(() => act.page.getByRole('alert').count()).toBe(0);
      },
    ));

  it('can be hung up while an answer is under way, and tell a refusal until their state changes', () =>
    flyout({ slices: slices({ calls: [ringing] }) }, async (act) => {
      await act.hold('answer');
      await button(act, 'Answer').click();
      await button(act, 'Decline').click();
      expect(await args(act, 'drop')).toEqual([{ call: ringing.id }]);
      await act.answer('answer', { ok: false, problem });
      await act.page.getByRole('alert').waitFor();
      await act.patch('calls', [{ ...ringing, state: 'connected', verbs: ['drop'] }]);
      await expect.poll(() => act.page.getByRole('alert').count()).toBe(0);
    }));

  it('count their seconds only while connected', () =>
    flyout({ slices: slices({ calls: [ringing] }) }, async (act) => {
      expect(await act.page.getByRole('timer').count()).toBe(0);
      await act.patch('calls', [{ ...talking, since: Date.now() - 61_000 }]);
      const timer = act.page.getByRole('timer');
      const first = await timer.textContent();
      expect(first).toMatch(/^1:0\d$/);
      await expect.poll(() => timer.textContent(), { timeout: 3_000 }).not.toBe(first);
    }));
});

describe('a colleague’s ringing phone', () => {
  it('can be picked up', () =>
    flyout(
      { slices: slices({ offers: [offer] }), results: { pickup: { ok: false, problem } } },
      async (act) => {
        await act.page.getByText('for Anna Berger (832)').waitFor();
        await button(act, 'Pick up').click();
        expect(await args(act, 'pickup')).toEqual([{ line: offer.line, target: '832' }]);
        await act.page.getByRole('alert').getByText(problem.what).waitFor();
        await act.patch('offers', []);
        expect(await button(act, 'Pick up').count()).toBe(0);
      },
    ));
});

describe('the focus of whoever works by keyboard', () => {
  const focused = ({ page }: Act) =>
    page.evaluate(
      () => (document.activeElement as HTMLInputElement | null)?.name || document.activeElement?.textContent,
    );

  it('stays at a call that was answered, and off the button that would end it', () =>
    flyout({ slices: slices({ calls: [ringing] }) }, async (act) => {
      await button(act, 'Answer').press('Enter');
      await act.patch('calls', [{ ...ringing, state: 'connected', verbs: ['drop'] }]);
      await expect.poll(() => focused(act)).toBe('Megan Hale');
      await act.page.keyboard.press('Tab');
      expect(await focused(act)).toBe('Hang up');
    }));

  it('goes to the box for a number when its call has gone', () =>
    flyout({ slices: slices({ calls: [talking] }) }, async (act) => {
      await button(act, 'Hang up').press('Enter');
      await act.patch('calls', [{ ...talking, state: 'disconnected', verbs: [] }]);
      await expect.poll(() => focused(act)).toBe('Zoë Zimmer');
      await act.patch('calls', []);
      await expect.poll(() => focused(act)).toBe('dial-number');
    }));

  it('goes there from an offer that is over, too', () =>
    flyout({ slices: slices({ offers: [offer] }) }, async (act) => {
      await button(act, 'Pick up').press('Enter');
      await act.patch('offers', []);
      await expect.poll(() => focused(act)).toBe('dial-number');
    }));

  it('is left alone where it is elsewhere', () =>
    flyout({ slices: slices({ calls: [ringing], offers: [offer] }) }, async (act) => {
      await button(act, 'Diagnostics').focus();
      await act.patch('calls', []);
      await act.patch('offers', []);
      expect(await focused(act)).toBe('Diagnostics');
    }));
});
