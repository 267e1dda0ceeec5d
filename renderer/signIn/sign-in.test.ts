import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, fingerprint, problem, slices } from '../testing/samples.ts';
import { type Act, type Opening, raise, type Stage } from '../testing/stage.ts';
import { fail, idle, pass, reach, stageState, stages, testing } from './progress.ts';

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
const nobody = { slices: slices({ account: null, lines: [] }) };
const typed = { server: 'pbx.example.com:5223', user: 'anna', password: ' geheim ß' };

async function type({ page }: Act): Promise<void> {
  await page.keyboard.type(` ${typed.server}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.password);
}

/** The stages with the word for how each stands. */
const told = ({ page }: Act) => page.getByRole('list').getByRole('listitem').allTextContents();

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

  it('knows the account that is there, and why it does not work', () =>
    signIn({ slices: slices({ account: { ...account, state: 'failed', problem } }) }, async (act) => {
      expect(await act.page.getByLabel('Server').inputValue()).toBe(account.server);
      await act.page.getByText(problem.why).waitFor();
      await act.page.keyboard.type('neu');
      expect(await act.page.getByLabel('Password', { exact: true }).inputValue()).toBe('neu');
    }));

  it('does not show the demo’s account', () =>
    signIn({ slices: slices({ account: { ...account, demo: true } }) }, async (act) => {
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
    signIn({ ...nobody, results: { signIn: { ok: false, problem } } }, async (act) => {
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

describe('the test', () => {
  it('tells the stages as they come', () =>
    signIn(nobody, async (act) => {
      await type(act);
      await act.hold('testSignIn');
      await button(act, 'Test').click();
      expect((await told(act))[0]).toBe('Find the serverin progress');
      await act.emit('signInStage', 'tls');
      expect((await told(act)).slice(0, 4)).toEqual([
        'Find the serverdone',
        'Connectdone',
        'Encryptin progress',
        'Check user and passwordnot yet',
      ]);
      await act.answer('testSignIn', { ok: true });
      await act.page.getByText('Everything works. You can sign in.').waitFor();
      expect((await told(act)).every((each) => each.endsWith('done'))).toBe(true);
      expect(await args(act, 'testSignIn')).toEqual([typed]);
      expect(await args(act, 'signIn')).toEqual([]);
    }));

  it('marks the stage that failed, with the problem', () =>
    signIn(nobody, async (act) => {
      await type(act);
      await act.hold('testSignIn');
      await button(act, 'Test').click();
      await act.emit('signInStage', 'signIn');
      await act.answer('testSignIn', { ok: false, problem });
      await act.page.getByRole('alert').getByText(problem.todo).waitFor();
      expect((await told(act)).slice(2, 5)).toEqual([
        'Encryptdone',
        'Check user and passwordfailed',
        'Open the sessionnot yet',
      ]);
    }));

  it('is forgotten when something else is typed, even if it ends later', () =>
    signIn(nobody, async (act) => {
      await type(act);
      await act.hold('testSignIn');
      await button(act, 'Test').click();
      await act.page.getByLabel('User name').fill('ben');
      await act.answer('testSignIn', { ok: false, problem });
      expect(await act.page.getByRole('list').count()).toBe(0);
      expect(await act.page.getByRole('alert').count()).toBe(0);
    }));
});

describe('an unknown certificate', () => {
  const unknown = { ok: false, problem, untrustedCertificate: fingerprint } as const;
  const trust = ({ page }: Act) => page.getByRole('checkbox');

  it('is shown whole, and trusted only by a word', () =>
    signIn({ ...nobody, results: { testSignIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).waitFor();
      expect(await act.page.locator('.fingerprint').textContent()).toBe(fingerprint);
      await button(act, 'Sign in').click();
      await trust(act).check();
      await button(act, 'Test').click();
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([typed, { ...typed, certificate: fingerprint }]);
      expect(await args(act, 'testSignIn')).toEqual([typed, { ...typed, certificate: fingerprint }]);
    }));

  it('is forgotten with its word when the server changes', () =>
    signIn({ ...nobody, results: { testSignIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).check();
      await act.page.getByLabel('Server').fill('other.example.com');
      expect(await trust(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([{ ...typed, server: 'other.example.com' }]);
    }));

  it('comes from the account too', () =>
    signIn(nobody, async (act) => {
      await act.patch('account', { ...account, state: 'failed', problem, untrustedCertificate: fingerprint });
      await trust(act).waitFor();
    }));
});

describe('the progress of a test', () => {
  it('only goes on, and only while a test runs', () => {
    expect(reach(idle, 'bind')).toBe(idle);
    const tls = reach(testing, 'tls');
    expect(reach(tls, 'connect')).toBe(tls);
    expect(stages.map((each) => stageState(fail(tls), each)).slice(0, 4)).toEqual([
      'done',
      'done',
      'failed',
      'pending',
    ]);
    expect(stages.every((each) => stageState(pass(tls), each) === 'done')).toBe(true);
  });
});
