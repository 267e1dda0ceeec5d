/** Who wants which events. */
import type { User } from '../exchange/model.ts';
import { COMMAND_LIMITS, type Subscription, sameSubscription } from './cmd/commands.ts';
import type { CommandEvent } from './cmd/encode.ts';

/** Keeps the subscriptions of each session; a session without ClientInfo has none. */
export class Subscriptions<Session> {
  readonly #lists = new Map<Session, readonly Subscription[]>();

  /** Undefined before the session introduced itself with ClientInfo. */
  of(session: Session): readonly Subscription[] | undefined {
    return this.#lists.get(session);
  }

  /** Starts over; what was subscribed before is gone. */
  set(session: Session, list: readonly Subscription[]): void {
    this.#lists.set(session, []);
    this.add(session, list);
  }

  /** Adds what is new. @returns false, with nothing added, when the session would have too many. */
  add(session: Session, list: readonly Subscription[]): boolean {
    const all = [...(this.#lists.get(session) ?? [])];
    for (const entry of list) {
      if (!all.some((known) => sameSubscription(known, entry))) all.push(entry);
    }
    if (all.length > COMMAND_LIMITS.subscriptions) return false;
    this.#lists.set(session, all);
    return true;
  }

  remove(session: Session, list: readonly Subscription[]): void {
    const kept = this.#lists
      .get(session)
      ?.filter((known) => !list.some((gone) => sameSubscription(known, gone)));
    if (kept !== undefined) this.#lists.set(session, kept);
  }

  drop(session: Session): void {
    this.#lists.delete(session);
  }

  /** True when one subscription at least lets the event of `owner` through to `receiver`. */
  wants(session: Session, receiver: User, event: CommandEvent, owner: User): boolean {
    return (this.#lists.get(session) ?? []).some((subscription) => {
      const scoped =
        receiver === owner || (subscription.scope === 'supervisor' && receiver.supervisor === true);
      return scoped && matches(subscription, event);
    });
  }
}

const matches = ({ module, type, filters }: Subscription, event: CommandEvent): boolean =>
  module === event.module &&
  (type === '*' || type === event.type) &&
  filters.every(({ name, equals }) => String(event.fields[name] ?? '') === equals);
