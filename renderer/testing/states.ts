import type { Language, TraceRow, WindowKind } from '../../contract/renderer-api.ts';
import * as samples from './samples.ts';
import type { Act, Opening } from './stage.ts';

/** A page as people meet it: what it is opened with, and what is done then. */
export type State = {
  readonly kind: WindowKind;
  readonly opening: (language: Language) => Opening;
  readonly play?: (act: Act) => Promise<void>;
};

const {
  account,
  certificate,
  line,
  offer,
  otherAccount,
  otherLine,
  problem,
  ringing,
  slices,
  talking,
  withheld,
} = samples;

const choose = async ({ page }: Act, tab: number): Promise<void> => {
  await page.getByRole('tab').nth(tab).click();
};

const fill = async (page: Act['page']): Promise<void> => {
  await page.locator('[name=server]').fill('pbx.example.com');
  await page.locator('[name=user]').fill('jlorenz');
  await page.locator('[name=password]').fill('secret');
};

const runTest = async ({ page }: Act): Promise<void> => {
  await fill(page);
  await page.locator('.credentials-actions button').first().click();
};

const withTrace = (language: Language): Opening => ({
  slices: slices({ language, calls: [ringing] }),
  results: {
    followTrace: samples.trace(),
    ladder: samples.ladder(5) as TraceRow[],
    tapiFlow: samples.tapiFlow(),
  },
});

/** States of every page: each is checked for access, for overflow, and to be looked at. */
export const states: Readonly<Record<string, State>> = {
  'flyout-welcome': {
    kind: 'flyout',
    opening: (language) => ({ slices: slices({ language, accounts: [], lines: [] }) }),
  },
  'flyout-quiet': { kind: 'flyout', opening: (language) => ({ slices: slices({ language }) }) },
  'flyout-busy': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [{ ...account, demo: true }],
        lines: [line, otherLine],
        calls: [talking, ringing],
        offers: [offer],
      }),
    }),
  },
  'flyout-held': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({ language, calls: [{ ...talking, state: 'onHold', verbs: ['unhold', 'drop'] }] }),
    }),
  },
  'flyout-refused': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({ language, calls: [talking] }),
      results: { dial: { ok: false, problem } },
    }),
    play: async ({ page }) => {
      await page.keyboard.type('110');
      await page.keyboard.press('Enter');
    },
  },
  'flyout-failed': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [{ ...account, state: 'failed', problem, certificate }],
        lines: [],
      }),
    }),
  },
  'flyout-waiting': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [{ ...account, state: 'waiting', problem }],
        lines: [{ ...line, inService: false, canDial: false }],
      }),
    }),
  },
  'flyout-accounts': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [
          account,
          { ...otherAccount, state: 'waiting', problem },
          { ...otherAccount, key: 'third', user: 'sales', state: 'failed', problem, certificate },
        ],
        lines: [line, otherLine, samples.branchLine],
      }),
    }),
  },
  'flyout-asterisk': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [samples.asteriskAccount],
        lines: [
          { ...line, account: samples.asteriskAccount.key },
          { ...otherLine, account: samples.asteriskAccount.key },
        ],
      }),
    }),
  },
  'flyout-accounts-question': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({ language, accounts: [account, otherAccount], lines: [line, samples.branchLine] }),
    }),
    play: async ({ page }) => {
      await page.locator('.account-row button').last().click();
    },
  },
  'flyout-question': {
    kind: 'flyout',
    opening: (language) => ({ slices: slices({ language, shim: { connected: 0, unavailable: problem } }) }),
    play: async ({ page }) => {
      await page.getByRole('button').last().click();
    },
  },
  'popup-ringing': {
    kind: 'popup',
    opening: (language) => ({ slices: slices({ language, calls: [ringing] }) }),
  },
  'popup-stacked': {
    kind: 'popup',
    opening: (language) => ({ slices: slices({ language, calls: [talking, ringing, withheld] }) }),
  },
  'popup-ended': {
    kind: 'popup',
    opening: (language) => ({
      slices: slices({ language, calls: [{ ...ringing, state: 'disconnected', verbs: [] }] }),
    }),
  },
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
      for (const step of samples.testSteps.slice(0, 3)) await act.emit('testStep', { test: 1, step });
    },
  },
  'signIn-tested': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, accounts: [] }), held: ['testSignIn'] }),
    play: async (act) => {
      await runTest(act);
      for (const step of samples.testSteps) await act.emit('testStep', { test: 1, step });
      await act.answer('testSignIn', { ok: true });
    },
  },
  'signIn-failed': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language }), held: ['testSignIn'] }),
    play: async (act) => {
      await runTest(act);
      for (const step of samples.failedSteps) await act.emit('testStep', { test: 1, step });
      await act.answer('testSignIn', { ok: false, problem, needsDomain: false });
    },
  },
  'signIn-certificate': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [] }),
      results: { signIn: { ok: false, problem, certificate, needsDomain: false } },
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
        accounts: [{ ...account, state: 'failed', problem, certificate: samples.changedCertificate }],
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
      await page.locator('[name=phones]').fill(samples.asteriskEntries.phones);
      await page.locator('.credentials-actions button').last().click();
      await page.locator('.certificate').waitFor();
    },
  },
  'signIn-asterisk-change': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language, accounts: [samples.asteriskAccount] }),
      results: { asteriskEntries: { ...samples.asteriskEntries, plainText: true } },
    }),
    play: async (act) => {
      await act.emit('signInRequested', { account: samples.asteriskAccount.key });
      await act.page.locator('[name=phones]').waitFor();
    },
  },
  'diagnostics-hints': {
    kind: 'diagnostics',
    opening: (language) => ({
      ...withTrace(language),
      slices: slices({
        language,
        accounts: [account, samples.asteriskAccount],
        hints: [...samples.hints, { ...samples.hints[0], subject: 'line_1' } as (typeof samples.hints)[0]],
      }),
    }),
  },
  'diagnostics-empty': {
    kind: 'diagnostics',
    opening: (language) => ({
      slices: slices({ language, accounts: [], lines: [], shim: { connected: 0 } }),
    }),
  },
  'diagnostics-trace': {
    kind: 'diagnostics',
    opening: withTrace,
    play: async ({ page }) => {
      await page.getByRole('grid').locator('tbody tr').nth(5).click();
    },
  },
  'diagnostics-ladder': {
    kind: 'diagnostics',
    opening: withTrace,
    play: async (act) => {
      await choose(act, 1);
      await act.page.getByRole('combobox').selectOption('5');
      await act.page.locator('.step').nth(9).click();
    },
  },
  'diagnostics-tapi': {
    kind: 'diagnostics',
    opening: withTrace,
    play: async (act) => {
      await choose(act, 2);
      await act.page.getByRole('grid').getByText('LINE_NEWCALL').waitFor();
    },
  },
};
