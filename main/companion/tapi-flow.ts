import type { Call } from '../../app/calls/call.ts';
import { maskNumber } from '../../app/diagnostics/redact.ts';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import type { TapiRow } from '../../contract/renderer-api.ts';

/** Rows that are kept, of all lines together. */
export const MAX_FLOW_ROWS = 5_000;
/** Calls whose ends are remembered: messages about a call still come after its end. */
export const MAX_FLOW_CALLS = 1_000;

/** What a row says of its call. Numbers are masked before they are kept. */
type CallColumns = Pick<TapiRow, 'line' | 'callerId' | 'calledId' | 'connectedId' | 'direction'>;

/** The TAPI messages of each line, with the ends of the call as they were when the message passed. */
export class TapiFlow {
  readonly #calls = new Map<number, CallColumns>();
  readonly #rows: TapiRow[] = [];

  /** A call has a new state: messages from here on are about it as it is now. */
  call({ id, line, direction, caller, called, connected }: Call): void {
    this.#calls.delete(id);
    this.#calls.set(id, {
      line,
      direction,
      callerId: maskNumber(caller.number),
      calledId: maskNumber(called.number),
      connectedId: maskNumber(connected.number),
    });
    const oldest = this.#calls.keys().next();
    if (this.#calls.size > MAX_FLOW_CALLS && !oldest.done) this.#calls.delete(oldest.value);
  }

  /** Something was traced. Only what TAPI programs and the telephony service said about a known call is kept. */
  entry({ leg, call, sequence, at, label }: TraceEntry): void {
    if (leg !== 'tapi' || call === undefined) return;
    const columns = this.#calls.get(call);
    if (!columns) return;
    this.#rows.push({ sequence, at, callId: call, event: label, ...columns });
    // Now and then many at once: dropping the first of an array moves all the others.
    if (this.#rows.length > MAX_FLOW_ROWS * 1.25) this.#rows.splice(0, this.#rows.length - MAX_FLOW_ROWS);
  }

  /** The rows of one line, oldest first. */
  rows(line: string): TapiRow[] {
    return this.#rows.filter((row) => row.line === line).slice(-MAX_FLOW_ROWS);
  }
}
