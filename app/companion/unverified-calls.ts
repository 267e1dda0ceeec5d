import type { DisconnectMode } from '../calls/call.ts';
import type { Clock, Timer } from '../clock.ts';
import type { EndedCall, PhoneState } from '../pbx/port.ts';
import { JOURNAL_SLACK_MS } from './deadlines.ts';
import type { Entry } from './entry.ts';
import { judge, type UnverifiedCall } from './judgement.ts';

/** The moment a session was lost, ms since 1970. */
export type Loss = { readonly at: number };

/** Whether there is a session, and since when it is there or away: ms since 1970. */
export type Presence = { readonly online: boolean; readonly since: number };

export type UnverifiedPorts = {
  readonly clock: Clock;
  /** Whether another call of the phone than the unverified ones is answered. */
  readonly talks: () => boolean;
  readonly end: (entry: Entry, mode: DisconnectMode) => void;
};

/** The unverified calls of one phone, with the evidence about them: judged whenever there is more of it. */
export class UnverifiedCalls {
  readonly #ports: UnverifiedPorts;
  /** Each with the loss before which it was heard of last. */
  readonly #calls = new Map<Entry, Loss>();
  /** As it was told since the newest loss. */
  #phone: PhoneState | undefined;
  #phoneBefore: PhoneState | undefined;
  /** Entries of the journal that have ended a call: told again they mean no other. */
  readonly #used = new Set<string>();
  #session: Presence;
  #timer: Timer | undefined;

  constructor(session: Presence, ports: UnverifiedPorts) {
    this.#session = session;
    this.#ports = ports;
  }

  has(entry: Entry): boolean {
    return this.#calls.has(entry);
  }

  get size(): number {
    return this.#calls.size;
  }

  /** The oldest call's beginning, and what clocks may be off: the journal is asked from there on. ms since 1970. */
  get since(): number {
    return Math.min(...[...this.#calls.keys()].map(({ began }) => began)) - JOURNAL_SLACK_MS;
  }

  lost(entries: readonly Entry[], loss: Loss): void {
    for (const entry of entries) if (!this.#calls.has(entry)) this.#calls.set(entry, loss);
    this.#phoneBefore = this.#phone;
    this.#phone = undefined;
    this.session({ online: false, since: loss.at });
  }

  /** Nothing was missed since this loss: what it made unverified is as it was. */
  undo(lossUndone: Loss): void {
    for (const [entry, loss] of this.#calls) if (loss === lossUndone) this.#calls.delete(entry);
    this.#phone ??= this.#phoneBefore;
  }

  session(session: Presence): void {
    this.#session = session;
    this.#review();
  }

  phone(state: PhoneState): void {
    this.#phone = state;
    this.#review();
  }

  /** The PBX's journal has these calls. */
  ended(calls: readonly EndedCall[]): void {
    this.#review(calls.filter((call) => !this.#used.has(keyOf(call))));
  }

  /** These channels live, and of the phone's no others do: nothing is left to be judged. */
  listed(channels: ReadonlySet<string>): void {
    for (const entry of [...this.#calls.keys()]) {
      this.#calls.delete(entry);
      if (entry.channel === undefined || !channels.has(entry.channel)) this.#ports.end(entry, 'normal');
    }
    this.#review();
  }

  /** Something was heard of a call of this phone: it lives, and may be what the phone is busy with. */
  heardOf(entry: Entry): void {
    this.#calls.delete(entry);
    this.#review();
  }

  /** The call is over. */
  left(entry: Entry): void {
    this.#calls.delete(entry);
  }

  /** Nothing is judged any more. */
  close(): void {
    this.#calls.clear();
    this.#timer?.cancel();
  }

  #review(ended: readonly EndedCall[] = []): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#calls.size === 0) return;
    const { clock, end, talks } = this.#ports;
    const entries = [...this.#calls.keys()];
    const phone = this.#phone;
    const evidence = { session: this.#session, talks: talks(), ended, ...(phone && { phone }) };
    const { over, next } = judge(
      entries.map((entry) => this.#described(entry)),
      evidence,
      clock.now(),
    );
    if (next !== undefined) this.#timer = clock.after(next - clock.now(), () => this.#review());
    for (const { id, mode, proof } of over) {
      if (proof) this.#used.add(keyOf(proof));
      const entry = entries.find((one) => one.id === id);
      if (entry) end(entry, mode);
    }
  }

  #described(entry: Entry): UnverifiedCall {
    const { id, began, seed, call } = entry;
    const { direction } = seed;
    const { caller, called } = call ?? seed;
    const number = (direction === 'outbound' ? called : caller)?.number ?? '';
    const lost = this.#calls.get(entry)?.at ?? began;
    return { id, direction, number, answered: call?.answered ?? false, began, lost };
  }
}

const keyOf = ({ direction, number, began }: EndedCall): string => JSON.stringify([direction, number, began]);
