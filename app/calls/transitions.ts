import type { CallState } from './call.ts';

/** What can happen to a call, in a telephone's words. A PBX adapter's reports are told in these. */
export type CallEventType =
  /** a call rings at the line's phone */
  | 'offered'
  /** the phone alerts and the program has taken note of the call */
  | 'accepted'
  /** the line is ours, and no number is known yet */
  | 'offHook'
  /** the PBX has taken the number */
  | 'dialed'
  /** the PBX is on its way to the far end */
  | 'proceeding'
  /** the far end rings */
  | 'ringing'
  /** the far end is busy */
  | 'farBusy'
  /** the two can talk */
  | 'answered'
  | 'held'
  | 'heldForTransfer'
  | 'retrieved'
  /** over, for whatever reason */
  | 'ended';

/** Where an event can find a call: in a state, or not there yet. */
export type Row = CallState | 'newInbound' | 'newOutbound';

const over = ['disconnected', 'idle'] as const;

/**
 * Every event in every state: the states the call then enters, one after the other. What is not in the table changes
 * nothing. A PBX skips states that TAPI programs count on, so a path fills them in: programs such as ACT! ignore a call
 * whose first state is neither DIALTONE nor OFFERING (TSPI reference, section 5.1).
 */
export const transitions: Readonly<Record<Row, Partial<Record<CallEventType, readonly CallState[]>>>> = {
  newInbound: {
    offered: ['offering'],
    accepted: ['offering', 'accepted'],
    answered: ['offering', 'connected'],
    retrieved: ['offering', 'connected'],
    held: ['offering', 'connected', 'onHold'],
  },
  newOutbound: {
    offHook: ['dialtone'],
    dialed: ['dialtone', 'dialing'],
    proceeding: ['dialtone', 'dialing', 'proceeding'],
    ringing: ['dialtone', 'dialing', 'proceeding', 'ringback'],
    farBusy: ['dialtone', 'dialing', 'proceeding', 'busy'],
    answered: ['dialtone', 'dialing', 'proceeding', 'connected'],
    retrieved: ['dialtone', 'dialing', 'proceeding', 'connected'],
    held: ['dialtone', 'dialing', 'proceeding', 'connected', 'onHold'],
    ended: ['dialtone', ...over],
  },
  offering: {
    accepted: ['accepted'],
    answered: ['connected'],
    held: ['connected', 'onHold'],
    ended: over,
  },
  accepted: {
    answered: ['connected'],
    held: ['connected', 'onHold'],
    ended: over,
  },
  dialtone: {
    dialed: ['dialing'],
    proceeding: ['dialing', 'proceeding'],
    ringing: ['dialing', 'proceeding', 'ringback'],
    farBusy: ['dialing', 'proceeding', 'busy'],
    answered: ['dialing', 'proceeding', 'connected'],
    held: ['dialing', 'proceeding', 'connected', 'onHold'],
    ended: over,
  },
  dialing: {
    proceeding: ['proceeding'],
    ringing: ['proceeding', 'ringback'],
    farBusy: ['proceeding', 'busy'],
    answered: ['proceeding', 'connected'],
    held: ['proceeding', 'connected', 'onHold'],
    ended: over,
  },
  proceeding: {
    ringing: ['ringback'],
    farBusy: ['busy'],
    answered: ['connected'],
    held: ['connected', 'onHold'],
    ended: over,
  },
  ringback: {
    farBusy: ['busy'],
    answered: ['connected'],
    held: ['connected', 'onHold'],
    ended: over,
  },
  // No DISCONNECTED after BUSY: the driver Tapline replaces sent none, and programs know it so.
  busy: { ended: ['idle'] },
  connected: {
    held: ['onHold'],
    heldForTransfer: ['onHoldPendTransfer'],
    ended: over,
  },
  onHold: {
    retrieved: ['connected'],
    answered: ['connected'],
    heldForTransfer: ['onHoldPendTransfer'],
    ended: over,
  },
  onHoldPendTransfer: {
    retrieved: ['connected'],
    answered: ['connected'],
    held: ['onHold'],
    ended: over,
  },
  specialInfo: { ended: over },
  conferenced: { ended: over },
  onHoldPendConf: { ended: over },
  unknown: { ended: over },
  disconnected: { ended: ['idle'] },
  idle: {},
};
