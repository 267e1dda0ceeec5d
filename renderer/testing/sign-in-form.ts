import { account, problem, slices, type testSteps } from './samples.ts';
import type { Act } from './stage.ts';

/** Nobody has an account yet. */
export const nobody = { slices: slices({ accounts: [], lines: [] }) };
export const typed = { server: 'pbx.example.com:5223', user: 'anna', password: ' geheim ß' };
export const refused = { ok: false, problem, needsDomain: false } as const;

/** Fills the form's first boxes, by keyboard. */
export async function type({ page }: Act): Promise<void> {
  await page.keyboard.type(` ${typed.server}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(typed.password);
}

/** The steps with the word for how each stands. */
export const told = ({ page }: Act) => page.getByRole('list').getByRole('listitem').allTextContents();

/** The form as it is opened for an account that is known. */
export const again = (act: Act) => act.emit('signInRequested', { account: account.key });

export async function steps(act: Act, some: typeof testSteps, test = 1): Promise<void> {
  for (const step of some) await act.emit('testStep', { test, step });
}
