import type { CallStateView, CallView, PartyView } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import type { T } from '../text/text.ts';

const stateKeys: Readonly<Record<CallStateView, PlainKey>> = {
  idle: 'call.idle',
  offering: 'call.offering',
  accepted: 'call.accepted',
  dialtone: 'call.dialtone',
  dialing: 'call.dialing',
  ringback: 'call.ringback',
  busy: 'call.busy',
  specialInfo: 'call.specialInfo',
  connected: 'call.connected',
  proceeding: 'call.proceeding',
  onHold: 'call.onHold',
  conferenced: 'call.conferenced',
  onHoldPendConf: 'call.onHoldPendConf',
  onHoldPendTransfer: 'call.onHoldPendTransfer',
  disconnected: 'call.disconnected',
  unknown: 'call.unknown',
};

/** A call state in a word or two. */
export const stateWords = (state: CallStateView, t: T): string => t(stateKeys[state]);

/** A party in words: what names it best, and its number where that is not the name already. */
export function partyWords(party: PartyView, t: T): { readonly name: string; readonly number: string } {
  if (party.name !== '')
    return { name: party.name, number: party.withheld ? t('party.withheld') : party.number };
  if (party.withheld) return { name: t('party.withheld'), number: '' };
  return { name: party.number || t('party.unknown'), number: '' };
}

/** The other end of a call: who calls, or who is called. */
export const otherEnd = (call: CallView): PartyView =>
  call.direction === 'inbound' ? call.caller : call.called;

/** Somebody calls, and nobody has answered. */
export const rings = (call: CallView): boolean =>
  call.direction === 'inbound' && (call.state === 'offering' || call.state === 'accepted');

/** Whether people still have to do with a call. */
export const lives = (call: CallView): boolean => call.state !== 'idle' && call.state !== 'disconnected';
