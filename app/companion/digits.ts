import type { Clock, Timer } from '../clock.ts';
import type { Pbx } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import { DIGIT_PAUSE_MS } from './deadlines.ts';
import type { Entry } from './entry.ts';
import { replyOf } from './outcomes.ts';

type Sending = { readonly reply: Reply; readonly digits: string[]; timer?: Timer };

/**
 * Digits on their way to the other end of a call (TSPI_lineGenerateDigits): one after the other, so that the rest can be
 * given up. How long each sounds is the PBX's choice.
 */
export class Digits {
  readonly #pbx: Pbx;
  readonly #clock: Clock;
  readonly #sending = new Map<Entry, Sending>();

  constructor(pbx: Pbx, clock: Clock) {
    this.#pbx = pbx;
    this.#clock = clock;
  }

  /**
   * Sends 0 to 9, A to D, * and #; a comma waits. Anything else is skipped, as TAPI has it, and so is what was still to be
   * sent before.
   */
  send(entry: Entry & { readonly channel: string }, typed: string, reply: Reply): Pending {
    this.left(entry);
    const digits = typed.toUpperCase().replace(/[^0-9A-D*#,]/g, '');
    const sending: Sending = { reply, digits: [...digits] };
    this.#sending.set(entry, sending);
    this.#next(entry, entry.channel, sending);
    return { cancel: () => void this.#forget(entry, sending) };
  }

  /** The call is over, or has other digits to send: what is not sent never will be. */
  left(entry: Entry): void {
    const sending = this.#sending.get(entry);
    if (sending && this.#forget(entry, sending)) sending.reply({ ok: false, error: 'operationFailed' });
  }

  #next(entry: Entry, channel: string, sending: Sending): void {
    const digit = sending.digits.shift();
    if (digit === undefined) {
      this.#forget(entry, sending);
      sending.reply({ ok: true, call: entry.id });
    } else if (digit === ',') {
      sending.timer = this.#clock.after(DIGIT_PAUSE_MS, () => this.#next(entry, channel, sending));
    } else {
      void this.#pbx.sendDigits(entry.user, channel, digit).then((result) => {
        if (this.#sending.get(entry) !== sending) return;
        if (result.ok) this.#next(entry, channel, sending);
        else if (this.#forget(entry, sending)) sending.reply(replyOf(result, entry.id));
      });
    }
  }

  /** Whether it was there. */
  #forget(entry: Entry, sending: Sending): boolean {
    if (this.#sending.get(entry) !== sending) return false;
    sending.timer?.cancel();
    return this.#sending.delete(entry);
  }
}
