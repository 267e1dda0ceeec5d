import { type Call, type CallVerb, isRinging } from '../calls/call.ts';
import type { PbxUser } from '../pbx/port.ts';

/** What a PBX can do with a call only by pressing a key of its phone. The key names no call: the phone chooses. */
export type PhoneKeys = Pick<PbxUser, 'answers' | 'holds'>;

/** How many calls are at one phone, the one in question among them. */
export type Crowd = { readonly calls: number; readonly ringing: number };

/**
 * The verbs that a key cannot be trusted with now. An Answer takes what rings, and could take the other of two. A Hold
 * takes whatever the phone thinks of first: with a second call there, in any state, nobody can tell which.
 */
export function ambiguous(call: Call, { answers, holds }: PhoneKeys, crowd: Crowd): readonly CallVerb[] {
  const withheld: CallVerb[] = [];
  if (answers === 'phone' && isRinging(call) && crowd.ringing > 1) withheld.push('answer');
  if (holds === 'phone' && crowd.calls > 1) withheld.push('hold', 'unhold');
  return withheld;
}
