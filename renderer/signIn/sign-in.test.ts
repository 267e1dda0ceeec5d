import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  account,
  asteriskAccount,
  asteriskEntries,
  certificate,
  changedCertificate,
  failedSteps,
  fingerprint,
  otherAccount,
  problem,
  slices,
  testSteps,
} from '../testing/samples.ts';
import { type Act, type Opening, raise, type Stage } from '../testing/stage.ts';
import { noTest, stepEnded, stepState, testBegins, testEnded } from './test-progress.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await raise();
});
afterAll(() => stage.close());

async function signIn(opening: Opening, play: (act: Act) => Promise<void>): Promise<void> {
  const act = await stage.open('signIn', opening);
  await play(act);
  expect(act.complaints).toEqual([]);
  await act.close();
}

const button = ({ page }: Act, name: string) => page.getByRole('button', { name, exact: true });
const args = async (act: Act, name: Parameters<Act['sent']>[0]) =>
  (await act.sent(name)).map((each) => each.args);
const nobody = { slices: slices({ accounts: [], lines: [] }) };
const typed = { server: 'pbx.example.com:5223', user: 'anna', password: ' geheim ß' };

async function type({ page }: Act): Promise<void> {
  await page.keyboard.type(` ${typed.server}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.password);
}

/** The steps with the word for how each stands. */
const told = ({ page }: Act) => page.getByRole('list').getByRole('listitem').allTextContents();
const refused = { ok: false, problem, needsDomain: false } as const;
/** The form as it is opened for an account that is known. */
const again = (act: Act) => act.emit('signInRequested', { account: account.key });
const steps = async (act: Act, some: typeof testSteps, test = 1) => {
  for (const step of some) await act.emit('testStep', { test, step });
};

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
      await act.page.locator('.note').getByText('Check user and password: ').waitFor();
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
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().y));
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
      expect(await places(), 'nothing has moved').toEqual(before);
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

describe('an unknown certificate', () => {
  const unknown = { ...refused, certificate } as const;
  const trust = (act: Act) => button(act, 'Trust this certificate');

  it('is shown whole, in words of its reader', () =>
    signIn({ ...nobody, results: { signIn: unknown } }, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      await trust(act).waitFor();
      const heading = act.page.getByRole('heading', { name: 'Nobody vouches for the server’s certificate' });
      expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await act.page.locator('.certificate dd').allTextContents()).toEqual([
        fingerprint,
        certificate.subject,
        'The server itself',
        'March 17, 2026 at 10:30 AM – March 17, 2027 at 10:30 AM',
      ]);
      expect(await act.page.getByRole('alert').count(), 'the question says it').toBe(0);
    }));

  it('is trusted by a word, and what it stopped goes on', () =>
    signIn({ ...nobody, results: { testSignIn: unknown, signIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).waitFor();
      await act.answer('testSignIn', { ok: true });
      await trust(act).click();
      await act.page.getByText('Everything works. You can sign in.').waitFor();
      await act.answer('signIn', { ok: true });
      await button(act, 'Sign in').click();
      expect(await args(act, 'testSignIn')).toEqual([
        { ...typed, test: 1 },
        { ...typed, test: 2, certificate: fingerprint },
      ]);
      expect(await args(act, 'signIn')).toEqual([{ ...typed, certificate: fingerprint }]);
    }));

  it('is not trusted by whoever wants to ask first', () =>
    signIn({ ...nobody, results: { signIn: unknown } }, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      await button(act, 'Ask first').click();
      expect(await trust(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([typed, typed]);
    }));

  it('is forgotten with its word when the server changes', () =>
    signIn({ ...nobody, results: { testSignIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).click();
      await act.page.getByRole('textbox', { name: 'Server' }).fill('other.example.com');
      expect(await trust(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([{ ...typed, server: 'other.example.com' }]);
    }));
});

describe('a certificate that stops an account', () => {
  const stopped = slices({
    accounts: [{ ...account, state: 'failed', problem, certificate: changedCertificate }],
  });

  it('shows what has changed, and goes on without the password', () =>
    signIn({ slices: stopped }, async (act) => {
      await again(act);
      await act.page
        .getByRole('heading', { name: 'The server shows another certificate than before' })
        .waitFor();
      expect((await act.page.locator('.certificate dd').allTextContents()).slice(0, 2)).toEqual([
        fingerprint,
        changedCertificate.before,
      ]);
      expect(await act.page.getByRole('textbox').count()).toBe(0);
      await button(act, 'Trust the new certificate').click();
      expect(await args(act, 'trustCertificate')).toEqual([{ account: account.key, fingerprint }]);
      await expect.poll(() => args(act, 'closeWindow')).toEqual([{}]);
    }));

  it('leaves everything as it is for whoever asks first', () =>
    signIn({ slices: stopped }, async (act) => {
      await again(act);
      await button(act, 'Ask first').click();
      expect(await args(act, 'closeWindow')).toEqual([{}]);
      expect(await args(act, 'trustCertificate')).toEqual([]);
    }));

  it('says why its word was not taken', () =>
    signIn({ slices: stopped, results: { trustCertificate: { ok: false, problem } } }, async (act) => {
      await again(act);
      await button(act, 'Trust the new certificate').click();
      await act.page.getByRole('alert').getByText(problem.what).waitFor();
      expect(await args(act, 'closeWindow')).toEqual([]);
    }));
});

describe('the progress of a test', () => {
  it('counts a step once, and only while a test runs', () => {
    const [first, second] = testSteps;
    if (!first || !second) throw new Error('no samples');
    expect(stepEnded(noTest, first)).toBe(noTest);
    const one = stepEnded(testBegins, first);
    expect(stepEnded(one, first)).toBe(one);
    expect([stepState(one, 'name'), stepState(one, 'tcp'), stepState(one, 'tls')]).toEqual([
      'passed',
      'now',
      'pending',
    ]);
    const ended = testEnded(one, false);
    expect(stepEnded(ended, second)).toBe(ended);
    expect(stepState(ended, 'tcp')).toBe('pending');
  });
});
