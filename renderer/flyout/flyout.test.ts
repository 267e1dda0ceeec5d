import { describe, expect, it } from 'vitest';
import {
  account,
  asteriskAccount,
  branchLine,
  certificate,
  line,
  offer,
  otherAccount,
  otherLine,
  problem,
  ringing,
  slices,
  talking,
} from '../testing/samples.ts';
import type { Act } from '../testing/stage.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const flyout = withPage('flyout');

describe('without an account', () => {
  const none = { slices: slices({ accounts: [], lines: [] }) };

  it('offers to sign in and to try the demo', () =>
    flyout(none, async (act) => {
      await button(act, 'Sign in…').click();
      await button(act, 'Try the demo phone system').click();
      expect(await args(act, 'openWindow')).toEqual([{ kind: 'signIn' }]);
      expect(await args(act, 'tryDemo')).toEqual([{}]);
      expect(await act.page.getByRole('textbox').count()).toBe(0);
    }));

  it('keeps a number that was asked for until somebody is signed in', () =>
    flyout(none, async (act) => {
      await act.emit('dialRequested', { target: '+49 89 1' });
      await act.page.getByText('To dial +49 89 1, sign in first.').waitFor();
      await act.patch('lines', [line]);
      await act.patch('accounts', [account]);
      expect(await act.page.getByRole('textbox').inputValue()).toBe('+49 89 1');
      expect(await args(act, 'dial')).toEqual([]);
    }));
});

describe('the session', () => {
  it('is told in words, and with the way to repair it', () =>
    flyout({ slices: slices({ accounts: [{ ...account, state: 'failed', problem }] }) }, async (act) => {
      await act.page.getByText(problem.why).waitFor();
      await button(act, 'Sign in again…').click();
      await act.patch('accounts', [{ ...account, state: 'failed', problem, certificate }]);
      await button(act, 'Check the certificate…').click();
      const wanted = { kind: 'signIn', account: account.key };
      expect(await args(act, 'openWindow')).toEqual([wanted, wanted]);
      await act.patch('accounts', [{ ...account, state: 'waiting', problem }]);
      await button(act, 'Try now').click();
      expect(await args(act, 'retry')).toEqual([{ account: account.key }]);
      await act.patch('accounts', [account]);
      await act.page.getByText('Connected, ready').waitFor();
      expect(await act.page.getByText(problem.what).count()).toBe(0);
    }));

  it('offers to sign in again while a refused password is tried once more', () =>
    flyout(
      { slices: slices({ accounts: [{ ...account, state: 'waiting', refused: true, problem }] }) },
      async (act) => {
        await button(act, 'Sign in again…').click();
        await button(act, 'Try now').click();
        expect(await args(act, 'openWindow')).toEqual([{ kind: 'signIn', account: account.key }]);
      },
    ));

  it('tells how many lines are ready', () =>
    flyout({ slices: slices({ lines: [line, { ...otherLine, inService: false }] }) }, async (act) => {
      await act.page.getByText('Connected, 1 of 2 lines ready').waitFor();
      await act.patch('lines', [{ ...line, inService: false }]);
      await act.page.getByText('Connected, line out of service').waitFor();
    }));

  it('at an Asterisk can be changed any time: its phones come and go', () =>
    flyout({ slices: slices({ accounts: [asteriskAccount] }) }, async (act) => {
      const change = (account: typeof asteriskAccount) =>
        button(act, `Change: ${account.user} · ${account.server}`);
      await change(asteriskAccount).click();
      expect(await args(act, 'openWindow')).toEqual([{ kind: 'signIn', account: asteriskAccount.key }]);
      await act.patch('accounts', [account, asteriskAccount]);
      await change(asteriskAccount).click();
      expect(await change(account).count()).toBe(0);
    }));

  it('changes its language at once', () =>
    flyout({ slices: slices() }, async (act) => {
      await act.patch('language', 'de');
      await button(act, 'Wählen').waitFor();
      expect(await act.page.evaluate(() => document.documentElement.lang)).toBe('de');
    }));
});

describe('several accounts', () => {
  const waiting = { ...otherAccount, state: 'waiting', problem } as const;
  const two = { slices: slices({ accounts: [account, waiting], lines: [line, branchLine] }) };
  const rows = ({ page }: Act) => page.locator('.account-row');

  it('are a row each, with state and remedy', () =>
    flyout(two, async (act) => {
      expect(await rows(act).count()).toBe(2);
      expect(await rows(act).first().textContent()).toContain('Jan Lorenz (831)');
      expect(await rows(act).first().textContent()).toContain('pbx.example.com · Connected, ready');
      await rows(act).last().getByText(problem.what).click();
      expect(await rows(act).last().getByText(problem.todo).isVisible()).toBe(true);
      await button(act, 'Try now').click();
      expect(await args(act, 'retry')).toEqual([{ account: otherAccount.key }]);
      await act.patch('accounts', [account, { ...otherAccount, state: 'failed', problem }]);
      await button(act, 'Sign in again…').click();
      await act.patch('accounts', [account, { ...otherAccount, state: 'failed', problem, certificate }]);
      await button(act, 'Check the certificate…').click();
      const wanted = { kind: 'signIn', account: otherAccount.key };
      expect(await args(act, 'openWindow')).toEqual([wanted, wanted]);
    }));

  it('are signed out one by one, and the question names the one', () =>
    flyout(two, async (act) => {
      const exit = button(act, 'Sign out: reception · branch.example.com');
      await exit.press('Enter');
      await act.page.getByText('Sign out of reception · branch.example.com, and forget').waitFor();
      await act.page.keyboard.press('Escape');
      await expect.poll(() => exit.evaluate((element) => element === document.activeElement)).toBe(true);
      await exit.press('Enter');
      await button(act, 'Sign out').click();
      expect(await args(act, 'signOut')).toEqual([{ account: otherAccount.key }]);
      await act.patch('accounts', [account]);
      expect(await rows(act).count(), 'one account is no list').toBe(0);
    }));

  it('are all in the choice of a line, each with its own', () =>
    flyout(two, async (act) => {
      const choice = act.page.getByRole('combobox');
      const groups = await choice
        .locator('optgroup')
        .evaluateAll((all) => all.map((each) => [(each as HTMLOptGroupElement).label, each.textContent]));
      expect(groups).toEqual([
        ['jlorenz · pbx.example.com', 'Jan Lorenz (831)'],
        ['reception · branch.example.com', 'Filiale (12)'],
      ]);
      await choice.selectOption({ label: 'Filiale (12)' });
      await act.page.getByRole('textbox').fill('5');
      await button(act, 'Dial').click();
      expect(await args(act, 'dial')).toEqual([{ line: branchLine.key, target: '5' }]);
    }));

  it('get another one by one click, and so does a single one', () =>
    flyout(two, async (act) => {
      await button(act, 'Another account…').click();
      await act.patch('accounts', [account]);
      await button(act, 'Sign in to another account…').click();
      expect(await args(act, 'openWindow')).toEqual([{ kind: 'signIn' }, { kind: 'signIn' }]);
    }));
});

describe('the ways out', () => {
  it('signing out asks first, and Esc keeps the account', () =>
    flyout({ slices: slices() }, async (act) => {
      await button(act, 'Sign out').click();
      await act.page.keyboard.press('Escape');
      await expect.poll(() => act.page.evaluate(() => document.activeElement?.textContent)).toBe('Sign out');
      expect(await act.sent('closeWindow')).toEqual([]);
      await act.page.keyboard.press('Enter');
      await act.page.getByText('Sign out, and forget the password?').waitFor();
      await button(act, 'Sign out').click();
      expect(await args(act, 'signOut')).toEqual([{ account: account.key }]);
    }));

  it('a demo ends without a question', () =>
    flyout({ slices: slices({ accounts: [{ ...account, demo: true }] }) }, async (act) => {
      await button(act, 'End the demo').click();
      expect(await args(act, 'signOut')).toEqual([{ account: account.key }]);
    }));

  it('Esc closes the window', () =>
    flyout({ slices: slices() }, async (act) => {
      await act.page.keyboard.press('Escape');
      expect(await args(act, 'closeWindow')).toEqual([{}]);
    }));
});

it('asks for the height of what it shows, and never for more than it may', () =>
  flyout({ slices: slices() }, async (act) => {
    const heights = async () => (await args(act, 'fitHeight')) as { height: number }[];
    await expect.poll(async () => (await heights()).length).toBeGreaterThan(0);
    const before = (await heights()).at(-1)?.height ?? 0;
    await act.patch('calls', [talking]);
    await expect.poll(async () => (await heights()).at(-1)?.height ?? 0).toBeGreaterThan(before);
    await act.patch(
      'calls',
      Array.from({ length: 12 }, (_, at) => ({ ...talking, id: at + 1 })),
    );
    await expect.poll(async () => (await heights()).at(-1)?.height).toBe(560);
  }));

it('can be worked by keyboard alone', () =>
  flyout({ slices: slices({ calls: [ringing, talking], offers: [offer] }) }, async (act) => {
    const focus = () =>
      act.page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.getAttribute('aria-label') ?? (element?.textContent || element?.tagName);
      });
    const order = [await focus()];
    for (let step = 0; step < 9; step += 1) {
      await act.page.keyboard.press('Tab');
      order.push(await focus());
    }
    expect(order).toEqual([
      'INPUT',
      'Dial',
      'Answer',
      'Decline',
      'Hold',
      'Hang up',
      'Pick up',
      'Diagnostics',
      'Sign in to another account…',
      'Sign out',
    ]);
    for (const name of ['Answer', 'Hang up', 'Pick up', 'Diagnostics']) {
      await button(act, name).focus();
      await act.page.keyboard.press(name === 'Answer' ? 'Space' : 'Enter');
    }
    expect((await act.sent()).map(({ name }) => name).filter((name) => name !== 'fitHeight')).toEqual([
      'subscribe',
      'answer',
      'drop',
      'pickup',
      'openWindow',
    ]);
  }));
