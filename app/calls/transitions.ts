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
  /** the PBX plays why the call cannot be made */
  | 'specialInfo'
  /** the two can talk */
  | 'answered'
  | 'held'
  | 'heldForTransfer'
  | 'heldForConference'
  | 'conferenced'
  | 'retrieved'
  /** how it stands cannot be told */
  | 'unclear'
  /** over for the people who talked, and still there */
  | 'disconnected'
  /** over, for whatever reason */
  | 'ended';

/**
 * Where an event can find a call: not there yet, or in a state. UNKNOWN hides a state: what may follow it depends on
 * what the call was before.
 */
export type Row =
  | Exclude<CallState, 'unknown'>
  | 'newInbound'
  | 'newOutbound'
  | 'unknownInbound'
  | 'unknownOutbound'
  | 'unknownAnswered';

type Ways = Partial<Record<CallEventType, readonly CallState[]>>;

const over = ['disconnected', 'idle'] as const;

/** What can happen to a call in any state before its end. */
const anytime: Ways = { unclear: ['unknown'], disconnected: ['disconnected'], ended: over };

/** The two can talk, or could until one of them put the other aside: by way of the states that come before. */
const talks = (...before: readonly CallState[]): Ways => ({
  answered: [...before, 'connected'],
  held: [...before, 'connected', 'onHold'],
  heldForTransfer: [...before, 'connected', 'onHoldPendTransfer'],
  heldForConference: [...before, 'connected', 'onHoldPendConf'],
  conferenced: [...before, 'connected', 'conferenced'],
});

/** A call that was put aside, or joined with others, and is in none of the other such states yet. */
const aside: Ways = {
  answered: ['connected'],
  retrieved: ['connected'],
  held: ['onHold'],
  heldForTransfer: ['onHoldPendTransfer'],
  heldForConference: ['onHoldPendConf'],
  conferenced: ['conferenced'],
};

/**
 * Every event in every state: the states the call then enters, one after the other. What is not in the table changes
 * nothing. A PBX skips states that TAPI programs count on, so a path fills them in: programs such as ACT! ignore a call
 * whose first state is neither DIALTONE nor OFFERING (TSPI reference, section 5.1).
 */
export const transitions: Readonly<Record<Row, Ways>> = {
  newInbound: {
    ...talks('offering'),
    offered: ['offering'],
    accepted: ['offering', 'accepted'],
    retrieved: ['offering', 'connected'],
    unclear: ['offering', 'unknown'],
  },
  newOutbound: {
    ...talks('dialtone', 'dialing', 'proceeding'),
    offHook: ['dialtone'],
    dialed: ['dialtone', 'dialing'],
    proceeding: ['dialtone', 'dialing', 'proceeding'],
    ringing: ['dialtone', 'dialing', 'proceeding', 'ringback'],
    farBusy: ['dialtone', 'dialing', 'proceeding', 'busy'],
    specialInfo: ['dialtone', 'dialing', 'proceeding', 'specialInfo'],
    retrieved: ['dialtone', 'dialing', 'proceeding', 'connected'],
    unclear: ['dialtone', 'unknown'],
    disconnected: ['dialtone', 'disconnected'],
    ended: ['dialtone', ...over],
  },
  offering: { ...anytime, ...talks(), accepted: ['accepted'] },
  accepted: { ...anytime, ...talks() },
  dialtone: {
    ...anytime,
    ...talks('dialing', 'proceeding'),
    dialed: ['dialing'],
    proceeding: ['dialing', 'proceeding'],
    ringing: ['dialing', 'proceeding', 'ringback'],
    farBusy: ['dialing', 'proceeding', 'busy'],
    specialInfo: ['dialing', 'proceeding', 'specialInfo'],
  },
  dialing: {
    ...anytime,
    ...talks('proceeding'),
    proceeding: ['proceeding'],
    ringing: ['proceeding', 'ringback'],
    farBusy: ['proceeding', 'busy'],
    specialInfo: ['proceeding', 'specialInfo'],
  },
  proceeding: {
    ...anytime,
    ...talks(),
    ringing: ['ringback'],
    farBusy: ['busy'],
    specialInfo: ['specialInfo'],
  },
  ringback: { ...anytime, ...talks(), farBusy: ['busy'], specialInfo: ['specialInfo'] },
  // No DISCONNECTED after BUSY: the driver Tapline replaces sent none, and programs know it so.
  busy: { ...anytime, ended: ['idle'] },
  // An announcement may end in a call all the same.
  specialInfo: { ...anytime, ...talks() },
  connected: { ...anytime, ...aside, answered: [], retrieved: [] },
  onHold: { ...anytime, ...aside, held: [] },
  onHoldPendTransfer: { ...anytime, ...aside, heldForTransfer: [] },
  onHoldPendConf: { ...anytime, ...aside, heldForConference: [] },
  conferenced: { ...anytime, ...aside, conferenced: [] },
  unknownInbound: {
    ...anytime,
    ...talks(),
    retrieved: ['connected'],
    offered: ['offering'],
    accepted: ['accepted'],
    unclear: [],
  },
  unknownOutbound: {
    ...anytime,
    ...talks(),
    retrieved: ['connected'],
    offHook: ['dialtone'],
    dialed: ['dialing'],
    proceeding: ['proceeding'],
    ringing: ['ringback'],
    farBusy: ['busy'],
    specialInfo: ['specialInfo'],
    unclear: [],
  },
  unknownAnswered: { ...anytime, ...aside, unclear: [] },
  disconnected: { ended: ['idle'] },
  idle: {},
};
