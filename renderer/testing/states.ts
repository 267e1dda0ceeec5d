import type { Language, TraceRow, WindowKind } from '../../contract/renderer-api.ts';
import * as samples from './samples.ts';
import type { Act, Opening } from './stage.ts';

/** A page as people meet it: what it is opened with, and what is done then. */
export type State = {
  readonly kind: WindowKind;
  readonly opening: (language: Language) => Opening;
  readonly play?: (act: Act) => Promise<void>;
};

const { account, fingerprint, line, offer, otherLine, problem, ringing, slices, talking, withheld } = samples;

const choose = async ({ page }: Act, tab: number): Promise<void> => {
  await page.getByRole('tab').nth(tab).click();
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
    opening: (language) => ({ slices: slices({ language, account: null, lines: [] }) }),
  },
  'flyout-quiet': { kind: 'flyout', opening: (language) => ({ slices: slices({ language }) }) },
  'flyout-busy': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        account: { ...account, demo: true },
        lines: [line, otherLine],
        calls: [talking, ringing],
        offers: [offer],
      }),
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
        account: { ...account, state: 'failed', problem, untrustedCertificate: fingerprint },
        lines: [],
      }),
    }),
  },
  'flyout-waiting': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        account: { ...account, state: 'waiting', problem },
        lines: [{ ...line, inService: false, canDial: false }],
      }),
    }),
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
    opening: (language) => ({ slices: slices({ language, account: null }) }),
  },
  'signIn-missing': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language, account: null }) }),
    play: async ({ page }) => {
      await page.keyboard.press('Enter');
    },
  },
  'signIn-testing': {
    kind: 'signIn',
    opening: (language) => ({ slices: slices({ language }) }),
    play: async (act) => {
      await act.hold('testSignIn');
      await act.page.keyboard.type('secret');
      await act.page.locator('.credentials-actions button').first().click();
      await act.emit('signInStage', 'tls');
      await act.emit('signInStage', 'signIn');
    },
  },
  'signIn-certificate': {
    kind: 'signIn',
    opening: (language) => ({
      slices: slices({ language }),
      results: { testSignIn: { ok: false, problem, untrustedCertificate: fingerprint } },
    }),
    play: async (act) => {
      await act.page.keyboard.type('secret');
      await act.hold('testSignIn');
      await act.page.locator('.credentials-actions button').first().click();
      await act.emit('signInStage', 'tls');
      await act.answer('testSignIn', { ok: false, problem, untrustedCertificate: fingerprint });
      await act.page.getByRole('checkbox').waitFor();
    },
  },
  'diagnostics-empty': {
    kind: 'diagnostics',
    opening: (language) => ({
      slices: slices({ language, account: null, lines: [], shim: { connected: 0 } }),
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
