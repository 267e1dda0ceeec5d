import { type Call, isEnded, isRinging } from '../calls/call.ts';
import { begin, type CallEvent, reduce } from '../calls/reduce.ts';
import { type Entry, isUnheard } from './entry.ts';

type BookPorts = {
  /** Called once for every state a call enters, in order. */
  readonly callChanged: (call: Call) => void;
  /** The entry has left the book. */
  readonly left: (entry: Entry) => void;
};

/** The calls of one account, by their id and by their channel: here they get their states. */
export class CallBook {
  readonly #ports: BookPorts;
  readonly #entries = new Map<number, Entry>();
  readonly #channels = new Map<string, Entry>();
  /** What rings, by user, where an Answer names the phone. */
  readonly #ringing = new Map<string, Set<Entry>>();

  constructor(ports: BookPorts) {
    this.#ports = ports;
  }

  get(id: number): Entry | undefined {
    return this.#entries.get(id);
  }

  has(id: number): boolean {
    return this.#entries.has(id);
  }

  /** The call that a channel is. */
  of(channel: string): Entry | undefined {
    return this.#channels.get(channel);
  }

  /** Every entry, oldest first: a copy, which may be walked while entries leave. */
  all(): Entry[] {
    return [...this.#entries.values()];
  }

  add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
  }

  /** The channel is this call from now on. */
  bind(entry: Entry, channel: string): void {
    entry.channel = channel;
    this.#channels.set(channel, entry);
  }

  remove(entry: Entry): void {
    if (!this.#entries.delete(entry.id)) return;
    if (entry.channel) this.#channels.delete(entry.channel);
    this.#ports.left(entry);
  }

  /** Something happened to a call: publishes every state it enters. */
  apply(entry: Entry, event: CallEvent): void {
    if (isUnheard(entry) && (event.type === 'farBusy' || event.type === 'ended')) {
      this.remove(entry);
      return;
    }
    let steps = entry.call ? reduce(entry.call, event) : begin(entry.seed, event);
    if (steps.length === 0 && !entry.call && event.type === 'ended') {
      // TAPI was promised this call: it gets its first state and its last.
      const first = begin(entry.seed, { type: 'offered', at: event.at });
      const last = first.at(-1);
      steps = [...first, ...(last ? reduce(last, event) : [])];
    }
    for (const call of steps) this.#enter(entry, call);
    this.#shareAnswer(entry);
  }

  #enter(entry: Entry, call: Call): void {
    if (entry.answers === 'phone') this.#note(entry, isRinging(call));
    // Taken away before the new call is told, given back after this one's end: there is no moment with two.
    if (isRinging(call)) this.#shareAnswer(entry);
    entry.call = { ...call, can: this.#can(entry, call) };
    if (isEnded(call)) this.remove(entry);
    this.#ports.callChanged(entry.call);
  }

  #note(entry: Entry, rings: boolean): void {
    const ringing = this.#ringing.get(entry.user) ?? new Set();
    if (rings) ringing.add(entry);
    else ringing.delete(entry);
    if (ringing.size > 0) this.#ringing.set(entry.user, ringing);
    else this.#ringing.delete(entry.user);
  }

  /** An Answer that names the phone cannot name one of two calls that ring there: neither is offered it. */
  #can(entry: Entry, call: Call): Call['can'] {
    const { can } = entry.seed;
    if (!isRinging(call) || !can.has('answer')) return can;
    if ((this.#ringing.get(entry.user)?.size ?? 0) < 2) return can;
    return new Set([...can].filter((verb) => verb !== 'answer'));
  }

  /** The calls that ring beside this one lose the Answer or get it back: a new state of each, as TAPI sees it. */
  #shareAnswer(entry: Entry): void {
    for (const other of this.#ringing.get(entry.user) ?? []) {
      const { call } = other;
      if (other === entry || !call) continue;
      const can = this.#can(other, call);
      if (can.has('answer') === call.can.has('answer')) continue;
      other.call = { ...call, can };
      this.#ports.callChanged(other.call);
    }
  }
}
