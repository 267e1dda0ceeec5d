import {
  account,
  asteriskAccount,
  asteriskEntries,
  certificate,
  certificateProblem,
  changedCertificate,
  changedCertificateProblem,
  failedSteps,
  problem,
  slices,
  testSteps,
} from './samples.ts';
import type { Act } from './stage.ts';
import type { State } from './state.ts';

const fill = async (page: Act['page']): Promise<void> => {
  await page.locator('[name=server]').fill('pbx.example.com');
  await page.locator('[name=user]').fill('jlorenz');
  await page.locator('[name=password]').fill('secret');
};

const runTest = async ({ page }: Act): Promise<void> => {
  await fill(page);
  await page.locator('.credentials-actions button').first().click();
};

/** States of the sign-in window. */
export const signInStates: Readonly<Record<string, State>> = {
  'signIn-empty': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }) }),
  },
  'signIn-missing': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }) }),
    play: async ({ page }) => {
      await page.keyboard.press('Enter');
    },
  },
  'signIn-testing': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }), held: ['testSignIn'] }),
    play: async (act) => {
      await runTest(act);
      for (const step of testSteps.slice(0, 3)) await act.emit('testStep', { test: 1, step });
    },
  },
  'signIn-tested': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }), held: ['testSignIn'] }),
    play: async (act) => {
      await runTest(act);
      for (const step of testSteps) await act.emit('testStep', { test: 1, step });
      await act.answer('testSignIn', { ok: true });
    },
  },
  'signIn-failed': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language }), held: ['testSignIn'] }),
    play: async (act) => {
      await runTest(act);
      for (const step of failedSteps) await act.emit('testStep', { test: 1, step });
      await act.answer('testSignIn', { ok: false, problem, needsDomain: false });
    },
  },
  'signIn-certificate': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [] }),
      results: {
        signIn: { ok: false, problem: certificateProblem, certificate, needsDomain: false },
      },
    }),
    play: async ({ page }) => {
      await fill(page);
      await page.keyboard.press('Enter');
      await page.locator('.certificate').waitFor();
    },
  },
  'signIn-changed': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [
          {
            ...account,
            state: 'failed',
            problem: changedCertificateProblem,
            certificate: changedCertificate,
          },
        ],
      }),
    }),
    play: async (act) => {
      await act.emit('signInRequested', { account: account.key });
      await act.page.locator('.certificate').waitFor();
    },
  },
  'signIn-domain': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [] }),
      results: { signIn: { ok: false, problem, needsDomain: true } },
    }),
    play: async ({ page }) => {
      await fill(page);
      await page.keyboard.press('Enter');
      await page.locator('[name=domain]').waitFor();
    },
  },
  'signIn-asterisk': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }) }),
    play: async ({ page }) => {
      await page.getByLabel('Asterisk').check();
    },
  },
  'signIn-asterisk-filled': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }) }),
    play: async ({ page }) => {
      await page.getByLabel('Asterisk').check();
      await fill(page);
      await page.locator('[name=user]').fill('tapline');
      await page.locator('[name=phones]').fill(asteriskEntries.phones);
    },
  },
  'signIn-asterisk-missing': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }) }),
    play: async ({ page }) => {
      await page.getByLabel('Asterisk').check();
      await page.locator('.credentials-actions button').last().click();
    },
  },
  'signIn-asterisk-plain': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [] }),
      results: { signIn: { ok: false, problem, needsDomain: false, mayGoPlain: true } },
    }),
    play: async ({ page }) => {
      await page.getByLabel('Asterisk').check();
      await fill(page);
      await page.locator('[name=phones]').fill(asteriskEntries.phones);
      await page.locator('.credentials-actions button').last().click();
      await page.locator('.certificate').waitFor();
    },
  },
  'signIn-asterisk-change': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [asteriskAccount] }),
      results: { asteriskEntries: { ...asteriskEntries, plainText: true } },
    }),
    play: async (act) => {
      await act.emit('signInRequested', { account: asteriskAccount.key });
      await act.page.locator('[name=phones]').waitFor();
    },
  },
};
