import type { Language, TraceRow } from '../../contract/renderer-api.ts';
import { account, asteriskAccount, hints, ladder, ringing, slices, tapiFlow, trace } from './samples.ts';
import type { Act, Opening } from './stage.ts';
import type { State } from './state.ts';

const choose = async ({ page }: Act, tab: number): Promise<void> => {
  await page.getByRole('tab').nth(tab).click();
};

const withTrace = (language: Language): Opening => ({
  slices: slices({ language, calls: [ringing] }),
  results: {
    followTrace: trace(),
    ladder: ladder(5) as TraceRow[],
    tapiFlow: tapiFlow(),
  },
});

/** States of the diagnostics. */
export const diagnosticsStates: Readonly<Record<string, State>> = {
  'diagnostics-hints': {
    kind: 'diagnostics',
    opening: (language) => ({
      ...withTrace(language),
      slices: slices({
        language,
        accounts: [account, asteriskAccount],
        hints: [...hints, { ...hints[0], subject: 'line_1' } as (typeof hints)[0]],
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
      await page.getByRole('grid').locator('tbody tr').nth(2).click();
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
