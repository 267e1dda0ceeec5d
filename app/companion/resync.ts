import type { DisconnectMode } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import type { EndedCall, PhoneState } from '../pbx/port.ts';
import type { Entry } from './entry.ts';
import { type Loss, UnverifiedCalls } from './unverified-calls.ts';

export type ResyncPorts = {
  readonly clock: Clock;
  /** Asks the PBX's journal (Pbx.endedCalls). */
  readonly endedCalls: (user: string, since: number) => Promise<readonly EndedCall[] | undefined>;
  /** Every call of the account. */
  readonly entries: () => readonly Entry[];
  readonly end: (entry: Entry, mode: DisconnectMode) => void;
};

/**
 * What a lost session does to an account's calls: those that nothing is heard of are unverified, phone by phone, until
 * evidence confirms or ends them. What evidence means is decided in judgement.ts.
 */
export class Resync {
  readonly #ports: ResyncPorts;
  /** By user: those who have unverified calls. */
  readonly #users = new Map<string, UnverifiedCalls>();
  #loss: Loss | undefined;

  constructor(ports: ResyncPorts) {
    this.#ports = ports;
  }

  isUnverified(entry: Entry): boolean {
    return this.#users.get(entry.user)?.has(entry) ?? false;
  }

  /**
   * The session is lost. A request that is not answered yet is no call: the adapter fails it. Nor has the PBX heard of a
   * call whose number is not complete.
   */
  lost(): void {
    const loss = { at: this.#ports.clock.now() };
    this.#loss = loss;
    const calls = this.#ports.entries().filter(({ reply, typed }) => !reply && typed === undefined);
    for (const [user, entries] of Map.groupBy(calls, (entry) => entry.user)) {
      const unverified = this.#users.get(user) ?? this.#newUser(user, loss);
      this.#users.set(user, unverified);
      unverified.lost(entries, loss);
    }
    this.#tidy();
  }

  /** The session of before goes on: nothing was missed since the newest loss. */
  resumed(): void {
    const loss = this.#loss;
    if (loss) for (const user of this.#users.values()) user.undo(loss);
    this.#begin();
  }

  /** A new session is there, and events were missed: the journal is asked. */
  renewed(): void {
    this.#begin();
    for (const [user, unverified] of this.#users) {
      const asked = this.#ports.endedCalls(user, unverified.since);
      void asked.then((calls) => this.ended(user, calls ?? []));
    }
  }

  phone(user: string, state: PhoneState): void {
    this.#users.get(user)?.phone(state);
    this.#tidy();
  }

  /** The PBX's journal has these calls of the user. */
  ended(user: string, calls: readonly EndedCall[]): void {
    this.#users.get(user)?.ended(calls);
    this.#tidy();
  }

  /** The PBX has listed what lives of these users' channels: what it did not is over. */
  listed(users: ReadonlySet<string>, channels: ReadonlySet<string>): void {
    for (const user of users) this.#users.get(user)?.listed(channels);
    this.#tidy();
  }

  /** Something was heard of a call: it lives. */
  heardOf(entry: Entry): void {
    this.#users.get(entry.user)?.heardOf(entry);
    this.#tidy();
  }

  /** A call is over. */
  left(entry: Entry): void {
    this.#users.get(entry.user)?.left(entry);
    this.#tidy();
  }

  /** Nothing is judged any more. */
  close(): void {
    for (const user of this.#users.values()) user.close();
    this.#users.clear();
  }

  #begin(): void {
    const session = { online: true, since: this.#ports.clock.now() };
    for (const user of this.#users.values()) user.session(session);
    this.#tidy();
  }

  #newUser(user: string, loss: Loss): UnverifiedCalls {
    const { clock, end, entries } = this.#ports;
    const talks = () =>
      entries().some((entry) => entry.user === user && entry.call?.answered && !this.isUnverified(entry));
    return new UnverifiedCalls({ online: false, since: loss.at }, { clock, end, talks });
  }

  #tidy(): void {
    for (const [user, unverified] of this.#users) {
      if (unverified.size > 0) continue;
      unverified.close();
      this.#users.delete(user);
    }
  }
}
