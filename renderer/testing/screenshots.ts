import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { raise, SIZES } from './stage.ts';
import { states } from './states.ts';

// Writes a picture of every state of every page, light and dark, in German and in English, into the folder named.
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
    const act = await stage.open(state.kind, { ...state.opening(language), theme });
    await state.play?.(act);
    await act.page.waitForTimeout(120);
    const height = await act.page.evaluate(
      () => document.querySelector('.popup, .flyout')?.getBoundingClientRect().height,
    );
    if (height)
      await act.page.setViewportSize({
        width: SIZES[state.kind].width,
        height: Math.max(40, Math.ceil(height)),
      });
    await act.page.screenshot({ path: join(folder, `${name}-${theme}-${language}.png`) });
    await act.close();
  }
}
await stage.close();
