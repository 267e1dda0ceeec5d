import type { CallVerb } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import type { CallBook } from './call-book.ts';
import type { Entry } from './entry.ts';

/**
 * Calls that ask somewhere before another call is transferred there. Such a call and the one it is about name each other
 * (dwRelatedCallID) as long as both live; what ends one of them leaves the other as an ordinary call.
 */
export class Consultations {
  readonly #book: CallBook;
  readonly #clock: Clock;

  constructor(book: CallBook, clock: Clock) {
    this.#book = book;
    this.#clock = clock;
  }

  /** Somebody asks for `consultation`; there may be none of it yet. */
  asked(about: Entry, consultation: Entry): void {
    about.consultation = consultation;
    consultation.about = about;
  }

  /** It has come about: the call it is about says so. */
  begun({ about, id }: Entry): void {
    if (about) this.#book.relate(about, id);
  }

  /** One of the two is over. A call that waited for its transfer is simply on hold now. */
  left(entry: Entry): void {
    const { about, consultation } = entry;
    const other = about ?? consultation;
    entry.about = undefined;
    entry.consultation = undefined;
    if (!other) return;
    other.about = undefined;
    other.consultation = undefined;
    if (!this.#book.has(other.id)) return;
    this.#book.relate(other, undefined);
    this.#book.reconsider(other);
    if (about?.call?.status.state === 'onHoldPendTransfer' && !about.sentAway)
      this.#book.apply(about, { type: 'held', at: this.#clock.now() });
  }
}

/** What a call cannot be asked for: a second consultation, and a transfer before somebody has answered there. */
export function withheldByConsultation({ seed, about, consultation }: Entry): readonly CallVerb[] {
  if (!seed.can.has('setupTransfer')) return [];
  const withheld: CallVerb[] = about || consultation ? ['setupTransfer'] : [];
  const answered = consultation?.call?.status.state === 'connected';
  return answered ? withheld : [...withheld, 'completeTransfer'];
}
