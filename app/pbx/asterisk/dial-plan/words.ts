import type { CallOrigin, CallState } from '../../../calls/call.ts';

/** LINECALLSTATE_: TAPI's states, and `hangup`, AstTapi's own word for phones that stop ringing. */
export type SaidState = CallState | 'hangup';

/** Which end of a call a SET is about. */
export type End = 'caller' | 'called' | 'connected';

export const STATES: ReadonlyMap<string, SaidState> = new Map<string, SaidState>([
  ['LINECALLSTATE_IDLE', 'idle'],
  ['LINECALLSTATE_OFFERING', 'offering'],
  ['LINECALLSTATE_ACCEPTED', 'accepted'],
  ['LINECALLSTATE_DIALTONE', 'dialtone'],
  ['LINECALLSTATE_DIALING', 'dialing'],
  ['LINECALLSTATE_RINGBACK', 'ringback'],
  ['LINECALLSTATE_BUSY', 'busy'],
  ['LINECALLSTATE_SPECIALINFO', 'specialInfo'],
  ['LINECALLSTATE_CONNECTED', 'connected'],
  ['LINECALLSTATE_PROCEEDING', 'proceeding'],
  ['LINECALLSTATE_ONHOLD', 'onHold'],
  ['LINECALLSTATE_CONFERENCED', 'conferenced'],
  ['LINECALLSTATE_ONHOLDPENDCONF', 'onHoldPendConf'],
  ['LINECALLSTATE_ONHOLDPENDTRANSFER', 'onHoldPendTransfer'],
  ['LINECALLSTATE_DISCONNECTED', 'disconnected'],
  ['LINECALLSTATE_UNKNOWN', 'unknown'],
  ['LINECALLSTATE_HANGUP', 'hangup'],
]);

export const ORIGINS: ReadonlyMap<string, CallOrigin> = new Map<string, CallOrigin>([
  ['LINECALLORIGIN_OUTBOUND', 'outbound'],
  ['LINECALLORIGIN_INTERNAL', 'internal'],
  ['LINECALLORIGIN_EXTERNAL', 'external'],
  ['LINECALLORIGIN_UNKNOWN', 'unknown'],
  ['LINECALLORIGIN_UNAVAIL', 'unavailable'],
  ['LINECALLORIGIN_CONFERENCE', 'conference'],
  ['LINECALLORIGIN_INBOUND', 'inbound'],
]);

export const ENDS: ReadonlyMap<string, { readonly end: End; readonly part: 'number' | 'name' }> = new Map([
  ['CALLERID', { end: 'caller', part: 'number' }],
  ['CALLERIDNAME', { end: 'caller', part: 'name' }],
  ['CALLEDID', { end: 'called', part: 'number' }],
  ['CALLEDIDNAME', { end: 'called', part: 'name' }],
  ['CONNECTEDID', { end: 'connected', part: 'number' }],
  ['CONNECTEDIDNAME', { end: 'connected', part: 'name' }],
]);
