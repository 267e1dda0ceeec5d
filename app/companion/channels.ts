import type { Clock } from '../clock.ts';
import type { ChannelReport, Pbx, PbxUser } from '../pbx/port.ts';
import type { CallBook } from './call-book.ts';
import { type Entry, isAnother, reportedSeed } from './entry.ts';
import type { Wishes } from './wishes.ts';

type ChannelPorts = {
  readonly clock: Clock;
  readonly pbx: Pbx;
  readonly book: CallBook;
  readonly wishes: Wishes;
  readonly user: (name: string) => PbxUser | undefined;
  /** The key of a user's line. */
  readonly lineKey: (name: string) => string;
  readonly nextCallId: () => number;
  readonly isUnverified: (entry: Entry) => boolean;
  /** Another call has the channel's name now. */
  readonly replaced: (entry: Entry) => void;
};

/** Calls that ended because no channel of theirs was seen: this many are remembered. */
const MAX_UNSEEN = 100;

/** Whose a new channel is. Without `asked` nobody asked for it; `hangUp`: somebody did, and nobody wants it now. */
type Owner = { readonly asked?: Entry | undefined; readonly hangUp: boolean };

/** Which call a reported channel is: one that is known, one that was asked for, or a new one. */
export class Channels {
  readonly #ports: ChannelPorts;
  /** Channels that are hung up because nobody wants them: what is reported of them means nothing. */
  readonly #unwanted = new Set<string>();
  /** Channels whose calls were ended without having been heard of: none of them is what somebody dials now. */
  readonly #presumedOver = new Set<string>();
  /** Calls that nobody gave up: they ended because their channel was not seen in time. */
  readonly #unseen = new Set<number>();

  constructor(ports: ChannelPorts) {
    this.#ports = ports;
  }

  /** The session is lost: the PBX may begin its names anew. */
  lost(): void {
    this.#presumedOver.clear();
    this.#unseen.clear();
  }

  /** A new session is there. */
  renewed(): void {
    this.#unwanted.clear();
  }

  /** The call on this channel is over for everybody here: what is reported of it means nothing any more. */
  unwanted(channel: string): void {
    this.#unwanted.add(channel);
  }

  /** Its call was ended without having been heard of. */
  presumeOver(channel: string): void {
    this.#presumedOver.add(channel);
  }

  /** The PBX had agreed to this call, and no channel of it was seen in time. */
  unseen(call: number): void {
    this.#unseen.add(call);
    const [oldest] = this.#unseen;
    if (this.#unseen.size > MAX_UNSEEN && oldest !== undefined) this.#unseen.delete(oldest);
  }

  /** The call that a report is about; undefined where it is about none. */
  entryOf(report: ChannelReport): Entry | undefined {
    const { pbx, book, isUnverified, replaced } = this.#ports;
    const { channel, user: name } = report;
    const known = book.of(channel);
    if (known && !(isUnverified(known) && isAnother(report, known))) return known;
    // The PBX has begun its names anew: the call that had this one is over.
    if (known) replaced(known);

    const user = this.#ports.user(name);
    const gone = report.what.kind === 'gone';
    if (this.#unwanted.has(channel)) {
      if (gone) this.#unwanted.delete(channel);
      return undefined;
    }
    if (!user) return undefined;
    const { asked, hangUp } = this.#owner(report, gone);
    if (hangUp && !gone) {
      this.#unwanted.add(channel);
      void pbx.hangup(name, channel);
    }
    if (hangUp || (gone && !asked)) return undefined;
    const entry = asked ?? this.#newEntry(user, report);
    book.bind(entry, channel);
    return entry;
  }

  /** One of a call that was ended in silence was there before any wish. */
  #owner(report: ChannelReport, gone: boolean): Owner {
    if (this.#presumedOver.delete(report.channel)) return { hangUp: false };
    const { call } = report;
    return call === undefined ? this.#recognised(report, gone) : this.#named(call, report.user);
  }

  /** Whose wish the channel fulfils, by what can be seen of it. */
  #recognised({ user, direction, caller, called }: ChannelReport, gone: boolean): Owner {
    const { clock, wishes, book } = this.#ports;
    const at = clock.now();
    const seen = { direction, caller: caller.number, called: called.number, at, gone };
    const { wish, hangUp } = wishes.seen(user, seen);
    return { asked: wish && book.get(wish.id), hangUp };
  }

  /**
   * The PBX says which call it was asked for. One that is over here was given up, unless nothing but time ended it: where
   * only a dial plan tells of calls, its first word may come when the far end answers.
   */
  #named(call: number, user: string): Owner {
    const { book, wishes } = this.#ports;
    const asked = book.get(call);
    if (asked && (asked.user !== user || asked.channel !== undefined)) return { hangUp: false };
    wishes.settle(call);
    return { asked, hangUp: !asked && !this.#unseen.delete(call) };
  }

  #newEntry(user: PbxUser, report: ChannelReport): Entry {
    const { clock, book, nextCallId, lineKey } = this.#ports;
    const id = nextCallId();
    const seed = reportedSeed(id, lineKey(user.user), report, user);
    const entry: Entry = { id, user: user.user, seed, began: clock.now(), keys: user };
    book.add(entry);
    return entry;
  }
}
