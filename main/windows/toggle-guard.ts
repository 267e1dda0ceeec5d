/** How long after the flyout closed by itself a click on the tray icon is the click that closed it, in ms. */
export const SAME_CLICK_MS = 250;

/**
 * Tells a click that opens the flyout from the one that closes it. Windows takes the focus from the flyout first, which
 * closes it, and reports the click after that: without a guard it would open again at once.
 */
export class ToggleGuard {
  readonly #now: () => number;
  #closedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The flyout lost the focus and closed. */
  closed(): void {
    this.#closedAt = this.#now();
  }

  /** Whether a click on the tray icon now is meant to open. */
  opens(): boolean {
    return this.#now() - this.#closedAt >= SAME_CLICK_MS;
  }
}
