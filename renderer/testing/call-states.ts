import {
  account,
  asteriskAccount,
  branchLine,
  certificate,
  certificateProblem,
  line,
  offer,
  otherAccount,
  otherLine,
  problem,
  ringing,
  slices,
  talking,
  withheld,
} from './samples.ts';
import type { State } from './state.ts';

/** States of the windows that show calls: the flyout and the popup. */
export const callStates: Readonly<Record<string, State>> = {
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
        accounts: [{ ...account, state: 'failed', problem: certificateProblem, certificate }],
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
          {
            ...otherAccount,
            key: 'third',
            user: 'sales',
            state: 'failed',
            problem: certificateProblem,
            certificate,
          },
        ],
        lines: [line, otherLine, branchLine],
      }),
    }),
  },
  'flyout-asterisk': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({
        language,
        accounts: [asteriskAccount],
        lines: [
          { ...line, account: asteriskAccount.key },
          { ...otherLine, account: asteriskAccount.key },
        ],
      }),
    }),
  },
  'flyout-accounts-question': {
    kind: 'flyout',
    opening: (language) => ({
      slices: slices({ language, accounts: [account, otherAccount], lines: [line, branchLine] }),
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
};
