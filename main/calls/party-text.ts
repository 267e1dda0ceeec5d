import type { CallView, PartyView } from '../../contract/renderer-api.ts';
import type { Texts } from '../text/texts.ts';

/** Longest name in a menu, tooltip or notification, in characters. */
const MAX_PARTY = 60;

/** Who that is, in a few words: the name, else the number, else what is known of them. */
export function partyText({ name, number, withheld }: PartyView, { party }: Texts): string {
  const text = name || number || (withheld ? party.withheld : party.unknown);
  return text.length > MAX_PARTY ? `${text.slice(0, MAX_PARTY - 1)}…` : text;
}

/** The other end of a call. */
export function otherText({ direction, caller, called }: CallView, texts: Texts): string {
  return partyText(direction === 'inbound' ? caller : called, texts);
}
