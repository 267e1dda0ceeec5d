/** Finished calls per user, newest first, bounded. */

import type { Channel } from './calls.ts';
import type { HangupCause, JournalEntry } from './model.ts';

export const MAX_JOURNAL_ENTRIES = 1000;

export class Journal {
  readonly #entries = new Map<string, JournalEntry[]>();
  #lastId = 0;

  /** Notes the end of a user's channel at `endedAt` (epoch milliseconds). */
  add(channel: Channel, cause: HangupCause, endedAt: number): JournalEntry | undefined {
    const { user } = channel;
    if (user === undefined) return undefined;
    const seconds = (from: number) => Math.max(0, Math.floor((endedAt - from) / 1000));
    const entry: JournalEntry = {
      id: ++this.#lastId,
      user: user.name,
      extension: user.extension,
      device: user.device,
      startedAt: channel.createdAt,
      inbound: !channel.outbound,
      peer: channel.peer,
      durationS: seconds(channel.createdAt),
      connectedS: channel.answeredAt === 0 ? 0 : seconds(channel.answeredAt),
      cause,
    };
    const list = this.#entries.get(user.name) ?? [];
    list.unshift(entry);
    list.length = Math.min(list.length, MAX_JOURNAL_ENTRIES);
    this.#entries.set(user.name, list);
    return entry;
  }

  /** Newest first, at most `limit`. */
  of(userName: string, limit: number): readonly JournalEntry[] {
    return (this.#entries.get(userName) ?? []).slice(0, Math.max(0, limit));
  }
}
