import { describe, expect, it } from 'vitest';
import { account, failedSteps, otherAccount, problem, slices, testSteps } from '../testing/samples.ts';
import { again, nobody, refused, steps, told, type, typed } from '../testing/sign-in-form.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const signIn = withPage('signIn');

describe('the form', () => {
  it('signs in by keyboard alone, and closes', () =>
    signIn(nobody, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'signIn')).toEqual([typed]);
      await expect.poll(() => args(act, 'closeWindow')).toEqual([{}]);
    }));

  it('says at each box what is missing, and goes to the first', () =>
    signIn(nobody, async (act) => {
      await act.page.getByLabel('User name').fill('anna');
      await button(act, 'Sign in').click();
      const server = act.page.getByLabel('Server');
      expect(await server.getAttribute('aria-invalid')).toBe('true');
      expect(await server.evaluate((element) => element === document.activeElement)).toBe(true);
      const describedBy = await server.getAttribute('aria-describedby');
      expect(await act.page.locator(`[id="${describedBy}"]`).textContent()).toBe(
        'Enter the server’s name or address.',
      );
      await act.page.getByText('Enter your password.').waitFor();
      expect(await act.page.getByText('Enter your user name.').count()).toBe(0);
      expect(await args(act, 'signIn')).toEqual([]);
    }));

  it.each(['https://pbx.example.com', 'pbx example', 'anna@pbx.example.com'])(
    'takes no %s for a server',
    (server) =>
      signIn(nobody, async (act) => {
        await type(act);
        await act.page.getByLabel('Server').fill(server);
        await button(act, 'Test').click();
        await act.page.getByText('Enter only the name or address').waitFor();
        expect(await args(act, 'testSignIn')).toEqual([]);
      }),
  );

  it('is for another account, whatever is there', () =>
    signIn({ slices: slices() }, async (act) => {
      expect(await act.page.getByRole('heading').textContent()).toBe('Sign in to another account');
      expect(await act.page.getByLabel('Server').inputValue()).toBe('');
      expect(await button(act, 'Try the demo phone system').count()).toBe(0);
    }));

  it('knows the account it is opened for, and why that does not work', () =>
    signIn(
      { slices: slices({ accounts: [otherAccount, { ...account, state: 'failed', problem }] }) },
      async (act) => {
        await again(act);
        await expect.poll(() => act.page.getByLabel('Server').inputValue()).toBe(account.server);
        await act.page.getByText(problem.why).waitFor();
        await act.page.keyboard.type('neu');
        expect(await act.page.getByLabel('Password', { exact: true }).inputValue()).toBe('neu');
        await act.page.keyboard.press('Enter');
        expect(await args(act, 'signIn')).toEqual([
          { server: account.server, user: account.user, password: 'neu', account: account.key },
        ]);
      },
    ));

  it('keeps what was typed when it is asked for once more, and begins anew for another account', () =>
    signIn({ slices: slices() }, async (act) => {
      await type(act);
      await act.emit('signInRequested', {});
      expect(await act.page.getByLabel('User name').inputValue()).toBe(typed.user);
      await again(act);
      await expect.poll(() => act.page.getByLabel('User name').inputValue()).toBe(account.user);
    }));

  it('does not show the demo’s account', () =>
    signIn({ slices: slices({ accounts: [{ ...account, demo: true }] }) }, async (act) => {
      await again(act);
      expect(await act.page.getByLabel('Server').inputValue()).toBe('');
    }));

  it('shows the password only while somebody wants to see it', () =>
    signIn(nobody, async (act) => {
      const box = act.page.getByLabel('Password', { exact: true });
      const eye = button(act, 'Show the password');
      await eye.click();
      expect([await box.getAttribute('type'), await eye.getAttribute('aria-pressed')]).toEqual([
        'text',
        'true',
      ]);
      await eye.click();
      expect(await box.getAttribute('type')).toBe('password');
    }));

  it('tells why the sign-in did not work, and keeps what was typed', () =>
    signIn({ ...nobody, results: { signIn: refused } }, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      await act.page.getByRole('alert').getByText(problem.what).waitFor();
      expect(await act.page.getByLabel('Password', { exact: true }).inputValue()).toBe(typed.password);
      expect(await args(act, 'closeWindow')).toEqual([]);
    }));

  it('offers the demo, and Esc closes', () =>
    signIn(nobody, async (act) => {
      await act.page.keyboard.press('Escape');
      await button(act, 'Try the demo phone system').click();
      expect(await args(act, 'tryDemo')).toEqual([{}]);
      await expect.poll(() => args(act, 'closeWindow')).toEqual([{}, {}]);
    }));
});

describe('the domain', () => {
  it('is asked for only where nobody else knows it', () =>
    signIn({ ...nobody, results: { signIn: { ...refused, needsDomain: true } } }, async (act) => {
      await type(act);
      expect(await act.page.getByLabel('XMPP domain').count()).toBe(0);
      await act.page.keyboard.press('Enter');
      const domain = act.page.getByLabel('XMPP domain');
      await domain.waitFor();
      expect(await domain.evaluate((element) => element === document.activeElement)).toBe(true);
      await act.page.keyboard.press('Enter');
      await act.page.getByText('Enter the XMPP domain.').waitFor();
      await act.page.keyboard.type(' acme ');
      await act.answer('signIn', { ok: true });
      await act.page.keyboard.press('Enter');
      expect(await args(act, 'signIn')).toEqual([typed, { ...typed, domain: 'acme' }]);
    }));

  it('is one server’s and no other’s', () =>
    signIn({ ...nobody, results: { testSignIn: { ...refused, needsDomain: true } } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await act.page.getByLabel('XMPP domain').fill('acme');
      await act.page.getByLabel('Server').fill('other.example.com');
      expect(await act.page.getByLabel('XMPP domain').count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([{ ...typed, server: 'other.example.com' }]);
    }));

  it('is asked for at once where the account has stopped for it', () =>
    signIn(
      { slices: slices({ accounts: [{ ...account, state: 'failed', problem, needsDomain: true }] }) },
      async (act) => {
        await again(act);
        await act.page.getByLabel('XMPP domain').waitFor();
      },
    ));
});

describe('the test', () => {
  it('tells the steps as they end, each in its place', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      expect((await told(act))[0]).toBe('Find the serverin progress');
      const places = () =>
        act.page
          .locator('.test-step')
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().y + window.scrollY));
      const before = await places();
      expect(before).toHaveLength(7);
      await steps(act, testSteps.slice(0, 2));
      expect((await told(act)).slice(0, 4)).toEqual([
        'Find the serverpassed3 ms',
        'Connectpassed21 ms',
        'Encryptin progress',
        'Check user and passwordnot yet',
      ]);
      await steps(act, testSteps.slice(2));
      await act.answer('testSignIn', { ok: true });
      await act.page.getByText('You can sign in. This is worth knowing:').waitFor();
      expect((await told(act)).at(-1)).toBe('Phonepassed, with a note2,004 ms');
      expect(await places(), 'nothing has moved on the page').toEqual(before);
      await act.page.locator('.note').getByText('Check that the phone is plugged in').waitFor();
      expect(await args(act, 'testSignIn')).toEqual([{ ...typed, test: 1 }]);
      expect(await args(act, 'signIn')).toEqual([]);
    }));

  it('is read out step by step', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      const log = act.page.getByRole('log');
      expect(await log.textContent()).toBe('');
      await steps(act, failedSteps);
      expect(await log.locator('p').allTextContents()).toEqual([
        'Find the server: passed. The server was found.',
        'Connect: passed. The server takes connections.',
        'Encrypt: passed. The connection is encrypted.',
        'Check user and password: failed. The user name or the password is wrong. Enter user name and password again.',
        '',
        '',
        '',
      ]);
      await act.answer('testSignIn', refused);
      await act.page.getByRole('status').getByText('The sign-in would not work like this.').waitFor();
    }));

  it('marks the step that failed, with what to do', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await steps(act, failedSteps);
      await act.answer('testSignIn', refused);
      await act.page.locator('.note').getByText('Enter user name and password again.').waitFor();
      expect((await told(act)).slice(2, 5)).toEqual([
        'Encryptpassed48 ms',
        'Check user and passwordfailed162 ms',
        'Read the usernot tested',
      ]);
      expect(await act.page.getByText(problem.what).count(), 'said once').toBe(0);
    }));

  it('says why there was none', () =>
    signIn({ ...nobody, results: { testSignIn: refused } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await act.page.getByRole('alert').getByText(problem.todo).waitFor();
      expect(await act.page.getByRole('list').count()).toBe(0);
    }));

  it('is cancelled and forgotten when something else is typed, even if it ends later', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await act.page.getByLabel('User name').fill('ben');
      expect(await args(act, 'cancelTest')).toEqual([{}]);
      await steps(act, testSteps);
      await act.answer('testSignIn', refused);
      expect(await act.page.getByRole('list').count()).toBe(0);
      expect(await act.page.getByRole('alert').count()).toBe(0);
    }));

  it('hears no step of the one before it', () =>
    signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await act.page.getByLabel('User name').fill('ben');
      await button(act, 'Test').click();
      await steps(act, failedSteps, 1);
      expect((await told(act))[0]).toBe('Find the serverin progress');
      const numbers = (await args(act, 'testSignIn')).map((each) => (each as { test: number }).test);
      expect(new Set(numbers).size).toBe(2);
    }));
});
