import type { Element } from '@xmpp/client';
import {
  bad,
  children,
  type Decoded,
  flag,
  found,
  identifier,
  identifierAttribute,
  whole,
} from './elements.ts';

/** journal.JournalEntry: a call that is over, as far as it is used. Its channel is not told. */
export type JournalEntry = {
  /** Whose call it was, as the PBX spells it; empty when it does not say. */
  readonly user: string;
  /** `create`, a newer word, or empty; in a list it says nothing. */
  readonly eventType: string;
  readonly inbound: boolean;
  /** The other end's. */
  readonly number: string;
  /** ms since 1970 on the PBX's clock. */
  readonly timestamp: number;
  /** In all, s. */
  readonly duration: number;
};

/** Reads a <JournalEntry/>: time and direction must be there, everything else may be missing (TAPI-14). */
export function decodeJournalEntry(element: Element): Decoded<JournalEntry> {
  const timestamp = whole(element, 'timestamp', 15);
  const inbound = flag(element, 'inbound');
  const number = identifier(element, 'number');
  const user = identifierAttribute(element, 'userName');
  if (timestamp === undefined) return bad('a JournalEntry without a time');
  if (inbound === undefined) return bad('a JournalEntry without a direction');
  if (number === undefined || user === undefined) return bad('a JournalEntry with a name that is too long');
  const eventType = (identifierAttribute(element, 'eventType') ?? '').toLowerCase();
  return found({ user, eventType, inbound, number, timestamp, duration: whole(element, 'duration', 9) ?? 0 });
}

/** Reads journal.JournalList; an entry that makes no sense is left out. */
export function decodeJournalList(element: Element): readonly JournalEntry[] {
  return children(element, 'JournalEntry').flatMap((entry) => {
    const decoded = decodeJournalEntry(entry);
    return decoded.ok ? [decoded.value] : [];
  });
}
