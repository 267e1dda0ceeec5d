import { describe, expect, it } from 'vitest';
import { asteriskAccount, asteriskEntries, failedSteps, problem, slices } from '../testing/samples.ts';
import { nobody, refused, steps, type, typed } from '../testing/sign-in-form.ts';
import type { Act } from '../testing/stage.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const signIn = withPage('signIn');

describe('an Asterisk', () => {
  const phones = 'PJSIP/831 831 Jan Lorenz\nPJSIP/832';
  const asterisk = { context: 'from-internal', phones };
  const choose = ({ page }: Act) => page.getByRole('radio', { name: 'Asterisk' }).check();
  const typeAll = async (act: Act) => {
    await choose(act);
    await act.page.getByLabel('Server').fill(typed.server);
    await act.page.getByLabel('Manager user').fill(typed.user);
    await act.page.getByLabel('Secret', { exact: true }).fill(typed.password);
    await act.page.getByLabel('Phones').fill(phones);
  };

  it('is chosen and signed in to by keyboard alone', () =>
    signIn(nobody, async ({ page, ...act }) => {
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed.server);
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed.user);
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed.password);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type(phones);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await args({ page, ...act }, 'signIn')).toEqual([{ ...typed, asterisk }]);
    }));

  it('is asked about in its own words, and only when it is chosen', () =>
    signIn(nobody, async (act) => {
      expect(await act.page.getByRole('radio', { name: 'mobydick or pascom' }).isChecked()).toBe(true);
      expect(await act.page.getByRole('textbox').count()).toBe(3);
      await choose(act);
      await button(act, 'Sign in').click();
      for (const text of [
        'Enter the manager user.',
        'Enter the manager user’s secret.',
        'Enter at least one phone',
      ])
        await act.page.getByText(text).waitFor();
      await act.page.getByRole('radio', { name: 'mobydick or pascom' }).check();
      expect(await act.page.getByText('Enter the manager user.').count(), 'forgotten with it').toBe(0);
      expect(await act.page.getByLabel('User name').count()).toBe(1);
      await act.page.keyboard.press('Tab');
      await type(act);
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'signIn')).toEqual([typed]);
    }));

  it('can be told what its phones do by themselves', () =>
    signIn(nobody, async (act) => {
      await typeAll(act);
      await act.page.getByLabel('Answer calls from the computer').check();
      await button(act, 'Sign in').click();
      await act.page.getByLabel('My phone lifts by itself when I dial').check();
      await act.page.getByLabel('Answer calls from the computer').uncheck();
      await button(act, 'Sign in').click();
      const told = (await args(act, 'signIn')) as { asterisk: object }[];
      expect(told.map((each) => each.asterisk)).toEqual([
        { ...asterisk, remoteAnswer: true },
        { ...asterisk, autoAnswer: true },
      ]);
    }));

  it('shows each phone in a line of its own, in a box that grows', () =>
    signIn(nobody, async (act) => {
      await choose(act);
      const box = act.page.getByLabel('Phones');
      const height = async () => (await box.boundingBox())?.height ?? 0;
      const before = await height();
      await box.fill(Array.from({ length: 8 }, (_, at) => `PJSIP/83${at}`).join('\n'));
      const grown = await height();
      expect(grown).toBeGreaterThan(before * 1.5);
      await box.fill(Array.from({ length: 500 }, (_, at) => `PJSIP/${at}`).join('\n'));
      expect(await height()).toBeLessThan(300);
    }));

  const refusedPlain = { ...refused, mayGoPlain: true } as const;
  const question = ({ page }: Act) => page.getByRole('heading', { name: 'Go on without encryption?' });

  it('is never asked without encryption before somebody gave his word for it', () =>
    signIn({ ...nobody, results: { testSignIn: refusedPlain } }, async (act) => {
      await typeAll(act);
      await button(act, 'Test').click();
      await question(act).waitFor();
      expect(await question(act).evaluate((element) => element === document.activeElement)).toBe(true);
      await act.page.getByText('everybody on the network can read who calls whom').waitFor();
      await act.page.getByRole('alert').getByText(problem.what).waitFor();
      await act.answer('testSignIn', { ok: true });
      await button(act, 'Connect without encryption').click();
      await act.page.getByRole('status').getByText('Not encrypted: everybody').waitFor();
      await button(act, 'Sign in').click();
      const plain = { ...typed, asterisk: { ...asterisk, plainText: true } };
      expect(await args(act, 'testSignIn')).toEqual([
        { ...typed, asterisk, test: 1 },
        { ...plain, test: 2 },
      ]);
      expect(await args(act, 'signIn')).toEqual([plain]);
    }));

  it('is encrypted again for whoever wants it, asks first, or names another server', () =>
    signIn({ ...nobody, results: { signIn: refusedPlain } }, async (act) => {
      await typeAll(act);
      await button(act, 'Sign in').click();
      await button(act, 'Ask first').click();
      expect(await question(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      await button(act, 'Connect without encryption').click();
      await button(act, 'Encrypt again').click();
      await button(act, 'Sign in').click();
      await button(act, 'Connect without encryption').click();
      await act.page.getByLabel('Server').fill('other.example.com');
      expect(await act.page.getByText('Not encrypted').count()).toBe(0);
      await button(act, 'Sign in').click();
      const told = (await args(act, 'signIn')) as { server: string; asterisk: { plainText?: true } }[];
      expect(told.map((each) => each.asterisk.plainText ?? false)).toEqual([
        false,
        false,
        true,
        false,
        true,
        false,
      ]);
      expect(told.at(-1)?.server).toBe('other.example.com');
    }));

  it('that is known shows its phones, and what was agreed', () =>
    signIn(
      {
        slices: slices({ accounts: [asteriskAccount] }),
        results: { asteriskEntries: { ...asteriskEntries, plainText: true } },
      },
      async (act) => {
        await act.emit('signInRequested', { account: asteriskAccount.key });
        await act.page.getByRole('heading', { name: 'Change the account' }).waitFor();
        expect(await act.page.getByRole('radio').count(), 'it stays what it is').toBe(0);
        expect(await act.page.getByLabel('Phones').inputValue()).toBe(asteriskEntries.phones);
        await act.page.getByText('Not encrypted').waitFor();
        await act.page.keyboard.type('secret');
        await act.page.keyboard.press('Enter');
        expect(await args(act, 'asteriskEntries')).toEqual([{ account: asteriskAccount.key }]);
        expect(await args(act, 'signIn')).toEqual([
          {
            server: asteriskAccount.server,
            user: asteriskAccount.user,
            password: 'secret',
            account: asteriskAccount.key,
            asterisk: { ...asteriskEntries, plainText: true },
          },
        ]);
      },
    ));

  it('has steps of its own in the test', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await typeAll(act);
      await button(act, 'Test').click();
      await steps(act, failedSteps);
      const shown = await act.page.locator('.test-name').allTextContents();
      expect(shown.slice(3)).toEqual(['Check user and password', 'Lines', 'Rights', 'Phone']);
      await act.answer('testSignIn', refused);
      await act.page.locator('.note').getByText('Check user and password', { exact: true }).waitFor();
    }));
});
