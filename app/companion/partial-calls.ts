import type { Clock, Timer } from '../clock.ts';
import { dialable } from '../numbers/dialable.ts';
import type { Reply } from '../tsp/commands.ts';
import type { CallBook } from './call-book.ts';
import { PARTIAL_DIAL_MS } from './deadlines.ts';
import type { Entry } from './entry.ts';
import { refusalOf } from './outcomes.ts';

type PartialPorts = {
  readonly clock: Clock;
  readonly book: CallBook;
  /** The number is complete: the PBX is asked, and `reply` told what came of it. */
  readonly call: (entry: Entry, number: string, reply: Reply) => void;
};

/**
 * Calls whose number comes in parts (TSPI_lineMakeCall without a number or with `;` at its end, then TSPI_lineDial). The
 * PBX hears of such a call when the number is complete: until then the dial tone is ours.
 */
export class PartialCalls {
  readonly #ports: PartialPorts;
  readonly #timers = new Map<Entry, Timer>();

  constructor(ports: PartialPorts) {
    this.#ports = ports;
  }

  /** A new call, promised to its asker, begins with a dial tone; with the first digits it is in DIALING. */
  begin(entry: Entry, typed: string): void {
    const { book, clock } = this.#ports;
    entry.typed = typed;
    book.apply(entry, { type: 'offHook', at: clock.now() });
    if (typed !== '') book.apply(entry, { type: 'dialed', at: clock.now() });
    this.#wait(entry);
  }

  /** More of the number, or with `complete` the rest of it, which may be nothing. A bad part leaves the call as it is. */
  dial(id: number, typed: string, complete: boolean, reply: Reply): void {
    const { book, clock } = this.#ports;
    const entry = book.get(id);
    const refusal = refusalOf(entry, 'dial');
    if (refusal || !entry || entry.typed === undefined) {
      reply({ ok: false, error: refusal ?? 'invalidCallState' });
      return;
    }
    const whole = entry.typed + typed;
    const target = dialable(whole);
    if (!target.ok) {
      reply({ ok: false, error: 'invalidAddress' });
      return;
    }
    if (!complete) {
      entry.typed = whole;
      reply({ ok: true, call: id });
      book.apply(entry, { type: 'dialed', at: clock.now() });
      this.#wait(entry);
      return;
    }
    this.left(entry);
    entry.typed = undefined;
    this.#ports.call(entry, target.number, reply);
  }

  /** The call is over, or its number complete. */
  left(entry: Entry): void {
    this.#timers.get(entry)?.cancel();
    this.#timers.delete(entry);
  }

  #wait(entry: Entry): void {
    const { book, clock } = this.#ports;
    this.left(entry);
    const giveUp = () => book.apply(entry, { type: 'ended', mode: 'noAnswer', at: clock.now() });
    this.#timers.set(entry, clock.after(PARTIAL_DIAL_MS, giveUp));
  }
}
