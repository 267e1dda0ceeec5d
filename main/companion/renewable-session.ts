import type { Pbx, PbxListener } from '../../app/pbx/port.ts';

/** Makes a session. Its settings are those of the moment it is made. */
export type MakeSession = (listener: PbxListener) => Pbx;

/**
 * A session whose settings can change while its account stays, and with it the lines that TAPI programs have chosen:
 * renewed, it signs out and in again.
 */
export class RenewableSession implements Pbx {
  readonly #listener: PbxListener;
  #pbx: Pbx;
  #stopped = false;

  constructor(listener: PbxListener, make: MakeSession) {
    this.#listener = listener;
    this.#pbx = make(listener);
  }

  /** Signs out, and in again with what `make` makes, unless the session was stopped for good meanwhile. */
  async renew(make: MakeSession): Promise<void> {
    const before = this.#pbx;
    const next = make(this.#listener);
    this.#pbx = next;
    await before.stop();
    if (!this.#stopped) next.start();
  }

  readonly start = (): void => this.#pbx.start();

  readonly stop = (): Promise<void> => {
    this.#stopped = true;
    return this.#pbx.stop();
  };

  readonly check = (): void => this.#pbx.check();
  readonly dial: Pbx['dial'] = (...args) => this.#pbx.dial(...args);
  readonly answer: Pbx['answer'] = (...args) => this.#pbx.answer(...args);
  readonly hangup: Pbx['hangup'] = (...args) => this.#pbx.hangup(...args);
  readonly pickup: Pbx['pickup'] = (...args) => this.#pbx.pickup(...args);
  readonly hold: Pbx['hold'] = (...args) => this.#pbx.hold(...args);
  readonly unhold: Pbx['unhold'] = (...args) => this.#pbx.unhold(...args);
  readonly blindTransfer: Pbx['blindTransfer'] = (...args) => this.#pbx.blindTransfer(...args);
  readonly redirect: Pbx['redirect'] = (...args) => this.#pbx.redirect(...args);
  readonly sendDigits: Pbx['sendDigits'] = (...args) => this.#pbx.sendDigits(...args);
  readonly consult: Pbx['consult'] = (...args) => this.#pbx.consult(...args);
  readonly completeTransfer: Pbx['completeTransfer'] = (...args) => this.#pbx.completeTransfer(...args);
  readonly endedCalls: Pbx['endedCalls'] = (...args) => this.#pbx.endedCalls(...args);
}
