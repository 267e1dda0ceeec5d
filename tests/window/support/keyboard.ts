import type { Page } from 'playwright-core';

/** More stops than any page of ours has. */
const MAX_STOPS = 60;

/** What has the focus, by its role and the name it is read out with. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return '';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim();
  });

/** Presses Tab until what is called so has the focus. Rejects when the keyboard does not lead there. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const stops: string[] = [];
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    const focused = await focusedName(page);
    if (focused === name) return;
    stops.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}. It led to: ${[...new Set(stops)].join(' | ')}`);
}

/** Whether a person sees where the focus is: the element, or the frame around it, looks otherwise without it. */
export const focusIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || !element.matches(':focus-visible')) return false;
    const look = (): string => {
      for (const animation of document.getAnimations())
        if (animation instanceof CSSTransition) animation.finish();
      const shown = [element, element.parentElement, element.parentElement?.parentElement];
      return JSON.stringify(
        shown.flatMap((one) =>
          ['', '::before', '::after'].map((part) => {
            if (!one) return [];
            const style = getComputedStyle(one, part);
            return [style.outline, style.border, style.boxShadow, style.transform, style.opacity];
          }),
        ),
      );
    };
    const focused = look();
    element.blur();
    const plain = look();
    element.focus();
    return focused !== plain;
  });

/** Presses a key that may close the page: it is never let go of there. */
export async function pressAway(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key).catch((error: unknown) => {
    if (!page.isClosed()) throw error;
  });
}
