/** How long a number waits for somebody to sign in, in ms: after that it would come as a surprise. */
export const KEPT_MS = 10 * 60_000;

export type DialRequestPorts = {
  /** ms, on a clock that only goes on. */
  readonly now: () => number;
  /** Whether there is an account to dial with. */
  readonly signedIn: () => boolean;
  /** Shows the flyout. Resolves to whether it is seen. */
  readonly show: () => Promise<boolean>;
  /** Tells the flyout's page. */
  readonly tell: (target: string) => void;
};

/**
 * Numbers that links and further starts ask to be dialled. The flyout shows them, and nothing is dialled. A number that
 * comes before anybody is signed in waits: the flyout closes while somebody fills in the form.
 */
export class DialRequests {
  readonly #ports: DialRequestPorts;
  #waiting: { readonly target: string; readonly since: number } | undefined;

  constructor(ports: DialRequestPorts) {
    this.#ports = ports;
  }

  /** Shows the flyout, with the number if there is one. */
  async ask(target: string | undefined): Promise<void> {
    const { now, signedIn, show, tell } = this.#ports;
    if (target !== undefined) this.#waiting = signedIn() ? undefined : { target, since: now() };
    if ((await show()) && target !== undefined) tell(target);
  }

  /** The flyout has a new page: it has not heard of a number that waits. */
  pageCame(): void {
    const target = this.#kept();
    if (target !== undefined && !this.#ports.signedIn()) this.#ports.tell(target);
  }

  /** Somebody may have signed in: now the number can be dialled. */
  async accountsChanged(): Promise<void> {
    if (!this.#ports.signedIn()) return;
    const target = this.#kept();
    this.#waiting = undefined;
    if (target !== undefined) await this.ask(target);
  }

  #kept(): string | undefined {
    const waiting = this.#waiting;
    return waiting && this.#ports.now() - waiting.since < KEPT_MS ? waiting.target : undefined;
  }
}
