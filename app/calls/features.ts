import type { Call, CallState, CallVerb } from './call.ts';

/** What TAPI allows in each state (TSPI reference, section 5.8). */
const allowed: Readonly<Record<CallState, readonly CallVerb[]>> = {
  idle: [],
  unknown: [],
  offering: ['drop', 'answer', 'accept', 'redirect'],
  accepted: ['drop', 'answer', 'redirect'],
  dialtone: ['drop', 'dial', 'swapHold'],
  dialing: ['drop', 'dial', 'swapHold'],
  proceeding: ['drop', 'swapHold'],
  ringback: ['drop', 'swapHold'],
  busy: ['drop', 'swapHold'],
  specialInfo: ['drop'],
  connected: ['drop', 'hold', 'blindTransfer', 'generateDigits', 'setupTransfer', 'swapHold'],
  onHold: ['drop', 'unhold', 'swapHold', 'completeTransfer'],
  conferenced: ['drop'],
  onHoldPendConf: ['drop', 'unhold'],
  onHoldPendTransfer: ['drop', 'unhold', 'swapHold', 'completeTransfer'],
  disconnected: ['drop'],
};

/**
 * What can be done with a call now: what its state allows and its PBX can. The one answer for TAPI programs and for the
 * window.
 */
export function features(call: Call): ReadonlySet<CallVerb> {
  return new Set(allowed[call.status.state].filter((verb) => call.can.has(verb)));
}
