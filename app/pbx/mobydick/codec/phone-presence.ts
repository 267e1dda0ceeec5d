import type { Element } from '@xmpp/client';
import type { PhoneState } from '../../port.ts';

/** Whose phone is asked for: the bare address of a user. */
export type PhoneOwner = { readonly local: string; readonly domain: string };

/**
 * How the phone of `owner` stands, when this stanza is its presence: the PBX shows each user's phone as resource
 * `phone`. The server writes the sender's address, so nobody else can send it. A phone that is there and says nothing
 * else is free; any other word than `chat` counts as in a call, so that no call is ended on a word nobody knows.
 */
export function phonePresence(stanza: Element, owner: PhoneOwner): PhoneState | undefined {
  const from = stanza.attrs['from']?.toLowerCase();
  if (stanza.name !== 'presence' || from !== `${owner.local}@${owner.domain}/phone`.toLowerCase())
    return undefined;
  const { type } = stanza.attrs;
  if (type === 'unavailable') return 'absent';
  if (type !== undefined && type !== 'available') return undefined;
  const show = stanza.getChild('show')?.getText().trim().toLowerCase() ?? '';
  return show === '' || show === 'chat' ? 'free' : 'inCall';
}
