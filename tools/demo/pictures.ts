import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ANNA, BEN, type Rig } from '../rig/rig.ts';
import type { WindowSeat } from './window-seat.ts';
import { type DemoLanguage, words } from './words.ts';

const CALLER = '0991296910';
const COLLEAGUES_CALLER = '0891234567';

/** Takes a picture of each window, light and dark, with a call that rings. Leaves no call behind. */
export async function takePictures(
  rig: Rig,
  seat: WindowSeat,
  language: DemoLanguage,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { outside } = rig.pbx.exchange;
  outside.call(CALLER, 'Megan Hale', ANNA.extension);
  outside.call(COLLEAGUES_CALLER, 'Zoë Zimmer', BEN.extension);
  const popup = await seat.page('popup');
  await popup.getByText('Megan Hale').first().waitFor();
  const flyout = await seat.flyout();
  await seat.offered();
  await flyout.getByText('Megan Hale').first().waitFor();
  await both(popup, folder, `popup-${language}`);
  await both(flyout, folder, `flyout-${language}`);
  outside.hangUp(CALLER);
  outside.hangUp(COLLEAGUES_CALLER);

  const diagnostics = await seat.diagnostics();
  await both(diagnostics, folder, `diagnostics-${language}`);
  await diagnostics.getByRole('tab', { name: words[language].ladder }).click();
  await diagnostics.locator('select').first().selectOption({ index: 1 });
  await both(diagnostics, folder, `call-flow-${language}`);
}

async function both(page: Page, folder: string, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
