import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../contract/renderer-api.ts';
import { raise, SIZES } from './stage.ts';
import type { State } from './state.ts';
import { states } from './states.ts';

// Writes a picture of every state of every page, light and dark, in German and in English, into the folder named: as it
// is, and with text of twice the size.
const folder = process.argv[2];
if (!folder) throw new Error('Name the folder for the pictures.');
const only = process.argv[3] ?? '';
await mkdir(folder, { recursive: true });
const stage = await raise();
for (const [name, state] of Object.entries(states)) {
  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'de'],
  ] as const) {
    if (!name.includes(only)) continue;
    for (const scale of [100, 200]) await take(name, state, theme, language, scale);
  }
}
await stage.close();

async function take(
  name: string,
  state: State,
  theme: 'light' | 'dark',
  language: Language,
  scale: number,
): Promise<void> {
  const act = await stage.open(state.kind, { ...state.opening(language), theme });
  await act.page.evaluate((percent) => {
    document.documentElement.style.fontSize = `${percent}%`;
  }, scale);
  await state.play?.(act);
  await act.page.waitForTimeout(120);
  // All of a form, as in a window that is high enough: what stays in sight while it scrolls is in its place then.
  const height = await act.page.evaluate(
    () => document.querySelector('.popup, .flyout, .sign-in')?.getBoundingClientRect().height,
  );
  if (height)
    await act.page.setViewportSize({
      width: SIZES[state.kind].width,
      height: Math.max(40, Math.ceil(height)),
    });
  const path = join(folder ?? '', `${name}-${theme}-${language}-${scale}.png`);
  await act.page.screenshot({ path });
  await act.close();
}
