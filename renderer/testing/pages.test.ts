import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windowKinds } from '../../contract/renderer-api.ts';
import { raise, SIZES, type Stage } from './stage.ts';
import { states } from './states.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await raise();
});
afterAll(() => stage.close());

const looks = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'de' },
] as const;

describe.each(Object.entries(states))('%s', (_, state) => {
  it.each(looks)(
    'is open to everybody and holds larger text, $theme, $language',
    async ({ theme, language }) => {
      const act = await stage.open(state.kind, { ...state.opening(language), theme });
      await state.play?.(act);
      expect(await act.violations()).toEqual([]);
      expect(act.complaints).toEqual([]);
      expect(await act.page.evaluate(() => document.documentElement.lang)).toBe(language);
      expect(await act.page.title()).not.toBe('');

      await act.page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      expect(await outside(act.page, SIZES[state.kind].width)).toEqual([]);
      expect(await clipped(act.page)).toEqual([]);
      expect(await beyondFrame(act.page)).toEqual([]);
      await act.close();
    },
  );
});

/** What reaches beyond the right edge, but for a table that scrolls inside its own frame. */
const outside = (page: Page, width: number): Promise<readonly string[]> =>
  page.evaluate(
    (limit) =>
      [...document.querySelectorAll('#root *')]
        .filter((element) => {
          const { right, width: own } = element.getBoundingClientRect();
          return own > 0 && right > limit + 1 && !element.closest('.hidden-text, .ladder-area');
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    width,
  );

/** What reaches out of the frame that is drawn around it. */
const beyondFrame = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.note, .certificate')].flatMap((frame) => {
      const { right } = frame.getBoundingClientRect();
      return [...frame.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > right + 1)
        .map((element) => element.outerHTML.slice(0, 120));
    }),
  );

/** Buttons that hide a part of their own text. */
const clipped = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button')]
      .filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
      )
      .map((button) => button.outerHTML.slice(0, 120)),
  );

describe('high contrast', () => {
  it.each(windowKinds)('%s shows every button with a border', async (kind) => {
    const [, state] = Object.entries(states).find(([, each]) => each.kind === kind) ?? [];
    const act = await stage.open(kind, { ...state?.opening('en'), forcedColors: true });
    const borders = await act.page
      .locator('.button')
      .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).borderTopStyle));
    expect(borders.every((style) => style === 'solid')).toBe(true);
    expect(act.complaints).toEqual([]);
    await act.close();
  });
});

describe('a page whose main process refuses it', () => {
  it('says so', async () => {
    const act = await stage.open('flyout', { refused: ['subscribe'] });
    await expect(act.page.getByRole('alert').textContent()).resolves.toContain('This did not work.');
    await act.close();
  });
});

describe('the script of each window', () => {
  // Its size is a goal of the project: React alone is 67 KiB.
  it.each(windowKinds)('%s has at most 110 KiB, packed', async (kind) => {
    const script = await readFile(join(stage.folder, kind, 'page.js'));
    expect(gzipSync(script, { level: 9 }).length / 1024).toBeLessThan(110);
  });
});
