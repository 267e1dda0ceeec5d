import type { CallView } from '../../contract/renderer-api.ts';

/** A call that waits to be answered here. */
export const isRinging = ({ direction, state }: CallView): boolean =>
  direction === 'inbound' && (state === 'offering' || state === 'accepted');

export type RingingPorts = {
  /** Shows the popup. Resolves to whether it is seen. */
  readonly showPopup: () => Promise<boolean>;
  readonly hidePopup: () => void;
  /** Tells a call by a notification of the system. Returns the way to take it back. */
  readonly notify: (call: CallView) => () => void;
  /** Whether somebody works with a screen reader: a window without the focus may not be read, a notification is. */
  readonly notifyToo: () => boolean;
};

/**
 * Draws attention to a call that rings: by the popup, and by a notification where that is not enough. Each new call shows
 * the popup; it stays while one rings.
 */
export class Ringing {
  readonly #ports: RingingPorts;
  #ringing: readonly CallView[] = [];
  readonly #notified = new Map<number, () => void>();

  constructor(ports: RingingPorts) {
    this.#ports = ports;
  }

  /** These are the calls now. */
  update(calls: readonly CallView[]): void {
    const before = this.#ringing;
    this.#ringing = calls.filter(isRinging);
    for (const [id, takeBack] of this.#notified) {
      if (this.#has(id)) continue;
      this.#notified.delete(id);
      takeBack();
    }
    const news = this.#ringing.filter(({ id }) => !before.some((call) => call.id === id));
    if (news.length > 0) void this.#attend(news);
    else if (this.#ringing.length === 0 && before.length > 0) this.#ports.hidePopup();
  }

  async #attend(news: readonly CallView[]): Promise<void> {
    if (this.#ports.notifyToo()) this.#notify(news);
    const shown = await this.#ports.showPopup();
    if (!shown) this.#notify(news.filter(({ id }) => this.#has(id)));
    // It may have stopped ringing while the popup was being shown.
    else if (this.#ringing.length === 0) this.#ports.hidePopup();
  }

  #notify(calls: readonly CallView[]): void {
    for (const call of calls)
      if (!this.#notified.has(call.id)) this.#notified.set(call.id, this.#ports.notify(call));
  }

  #has(id: number): boolean {
    return this.#ringing.some((call) => call.id === id);
  }
}
