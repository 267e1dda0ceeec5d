/** The form of an Asterisk is longer than its window: what matters is seen without scrolling. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { failedSteps, problem, testSteps } from '../testing/samples.ts';
import { nobody, refused, steps } from '../testing/sign-in-form.ts';
import type { Act } from '../testing/stage.ts';
import { button, withPage } from '../testing/theatre.ts';

const signIn = withPage('signIn');

async function fillAll({ page }: Act): Promise<void> {
  await page.getByLabel('Asterisk').check();
  for (const [name, text] of [
    ['server', 'pbx.example.com:5039'],
    ['user', 'tapline'],
    ['password', 'secret'],
    ['phones', 'PJSIP/831'],
  ] as const)
    await page.locator(`[name=${name}]`).fill(text);
  await page.evaluate(() => window.scrollTo(0, 0));
}

/** Whether all of it is inside the window. */
const inSight = (what: Locator) =>
  what.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });

it('keeps both buttons in sight', () =>
  signIn(nobody, async (act) => {
    await fillAll(act);
    for (const name of ['Test', 'Sign in']) expect(await inSight(button(act, name)), name).toBe(true);
  }));

it('covers no box that somebody comes to by keyboard', () =>
  signIn(nobody, async (act) => {
    await fillAll(act);
    await act.page.getByLabel('Server').focus();
    const names = ['user', 'password', '', 'phones', 'context', 'autoAnswer', 'remoteAnswer'];
    for (const name of names) {
      await act.page.keyboard.press('Tab');
      const seen = await act.page.evaluate(() => {
        const { activeElement: box } = document;
        const bar = document.querySelector('.credentials-foot')?.getBoundingClientRect();
        const name = box?.getAttribute('name') ?? '';
        return { name, covered: (box?.getBoundingClientRect().bottom ?? 0) > (bar?.top ?? 0) };
      });
      expect(seen).toEqual({ name, covered: false });
    }
  }));

it('shows the steps of a test while it runs, and what it found', () =>
  signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
    await fillAll(act);
    await button(act, 'Test').click();
    await steps(act, testSteps.slice(0, 2));
    const list = act.page.getByRole('list');
    await expect.poll(() => inSight(list)).toBe(true);
    await act.page.evaluate(() => window.scrollTo(0, 0));
    await steps(act, failedSteps.slice(2));
    await act.answer('testSignIn', refused);
    await act.page.getByText('would not work like this').waitFor();
    await expect.poll(() => inSight(act.page.locator('.test .note'))).toBe(true);
  }));

it('shows why somebody was not signed in', () =>
  signIn({ ...nobody, results: { signIn: refused } }, async (act) => {
    await fillAll(act);
    await button(act, 'Sign in').click();
    const alert = act.page.getByRole('alert');
    await alert.getByText(problem.what).waitFor();
    await expect.poll(() => inSight(alert)).toBe(true);
  }));

it('asks whether to go on without encryption below the reason', () =>
  signIn({ ...nobody, held: ['testSignIn'] }, async (act) => {
    await fillAll(act);
    await button(act, 'Test').click();
    await steps(act, failedSteps);
    await act.answer('testSignIn', { ...refused, mayGoPlain: true });
    const question = act.page.getByRole('region', { name: 'Go on without encryption?' });
    await expect.poll(() => inSight(question)).toBe(true);
    const reason = await act.page.locator('.test .note').boundingBox();
    expect((await question.boundingBox())?.y).toBeGreaterThan(reason?.y ?? Number.POSITIVE_INFINITY);
  }));
