import { type Call, type CallVerb, isEnded, isRinging } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import { begin, type CallEvent, isEnd, reduce } from '../calls/reduce.ts';
import { withheldByConsultation } from './consultations.ts';
import { type Entry, isUnheard } from './entry.ts';
import { ambiguous } from './phone-keys.ts';

type BookPorts = {
  /** Called once for every state a call enters, in order. */
  readonly callChanged: (call: Call, entry: Entry) => void;
  /** The entry has left the book. */
  readonly left: (entry: Entry) => void;
};

/** The calls at one phone, and those of them that ring. */
type AtPhone = { readonly calls: Set<Entry>; readonly ringing: Set<Entry> };

/** The calls of one account, by their id and by their channel: here they get their states. */
export class CallBook {
  readonly #ports: BookPorts;
  readonly #entries = new Map<number, Entry>();
  readonly #channels = new Map<string, Entry>();
  /** By user, where a command is a key of the phone. */
  readonly #phones = new Map<string, AtPhone>();

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
    if (isUnheard(entry) && (event.type === 'farBusy' || isEnd(event))) {
      this.remove(entry);
      return;
    }
    const seed = entry.about ? { ...entry.seed, related: entry.about.id } : entry.seed;
    let steps = entry.call ? reduce(entry.call, event) : begin(seed, event);
    if (steps.length === 0 && !entry.call && isEnd(event)) {
      // TAPI was promised this call: it gets its first state and its last.
      const first = begin(seed, { type: 'offered', at: event.at });
      const last = first.at(-1);
      steps = [...first, ...(last ? reduce(last, event) : [])];
    }
    for (const call of steps) this.#enter(entry, call);
    this.#share(entry);
  }

  /** The call that belongs to this one now, if any. */
  relate(entry: Entry, related: number | undefined): void {
    const { call } = entry;
    if (!call || call.related === related) return;
    const { related: _, ...alone } = call;
    const can = this.#can(entry, call);
    this.#tell(entry, related === undefined ? { ...alone, can } : { ...alone, can, related });
  }

  #enter(entry: Entry, call: Call): void {
    // Taken away before the new call is told, given back after this one's end: there is no moment with two.
    if (this.#note(entry, call)) this.#share(entry);
    const can = this.#can(entry, call);
    const offered = can === call.can ? call : { ...call, can };
    entry.call = offered;
    if (isEnded(call)) this.remove(entry);
    this.#tell(entry, offered);
    // Whether a call can be transferred depends on how the one stands that asks for it.
    if (entry.about) this.reconsider(entry.about);
  }

  #tell(entry: Entry, call: Call): void {
    entry.call = call;
    this.#ports.callChanged(call, entry);
  }

  /** Keeps who is at which phone. Whether the call makes it more crowded than it was. */
  #note(entry: Entry, call: Call): boolean {
    const { keys, user } = entry;
    if (keys.answers === 'channel' && keys.holds === 'channel') return false;
    const phone = this.#phones.get(user) ?? { calls: new Set(), ringing: new Set() };
    const { state } = call.status;
    const comes = enrol(phone.calls, entry, state !== 'disconnected' && state !== 'idle');
    const rings = enrol(phone.ringing, entry, isRinging(call));
    if (phone.calls.size > 0) this.#phones.set(user, phone);
    else this.#phones.delete(user);
    return comes || rings;
  }

  /** The same value as the call has, where nothing else can be done with it now. */
  #can(entry: Entry, call: Call): Call['can'] {
    const phone = this.#phones.get(entry.user);
    const crowd = { calls: phone?.calls.size ?? 0, ringing: phone?.ringing.size ?? 0 };
    const { can } = entry.seed;
    const withheld = [...ambiguous(call, entry.keys, crowd), ...withheldByConsultation(entry)];
    if (entry.typed === undefined && can.has('dial')) withheld.push('dial');
    if (withheld.length === 0) return can;
    const left = [...can].filter((verb) => !withheld.includes(verb));
    return isSame(left, call.can) ? call.can : new Set(left);
  }

  /** The calls beside this one lose what a key cannot be trusted with any more, or get it back. */
  #share(entry: Entry): void {
    const phone = this.#phones.get(entry.user);
    if (!phone) return;
    // A third one changes nothing for the others.
    for (const few of [phone.ringing, phone.calls]) {
      if (few.size > 2) continue;
      for (const other of few) if (other !== entry) this.reconsider(other);
    }
  }

  /** What is offered may have changed: a new state of the call, as TAPI sees it. */
  reconsider(entry: Entry): void {
    const { call } = entry;
    if (!call) return;
    const can = this.#can(entry, call);
    if (can === call.can) return;
    const now = { ...call, can };
    if (isSame([...features(call)], features(now))) return;
    this.#tell(entry, now);
  }
}

/** Whether both hold the same verbs, each of which stands once in `verbs`. */
const isSame = (verbs: readonly CallVerb[], others: ReadonlySet<CallVerb>): boolean =>
  verbs.length === others.size && verbs.every((verb) => others.has(verb));

/** Adds or removes. Whether it was added. */
function enrol(entries: Set<Entry>, entry: Entry, belongs: boolean): boolean {
  if (!belongs) {
    entries.delete(entry);
    return false;
  }
  const comes = !entries.has(entry);
  entries.add(entry);
  return comes;
}
