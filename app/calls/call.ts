/**
 * What a call is. Names are TAPI's: every state of LINECALLSTATE_ and every mode of the states that have one
 * (TSPI reference: LINE_CALLSTATE). This room knows no PBX.
 */

export type DialToneMode = 'normal' | 'special' | 'internal' | 'external' | 'unknown' | 'unavailable';
export type BusyMode = 'station' | 'trunk' | 'unknown' | 'unavailable';
export type ConnectedMode = 'active' | 'inactive' | 'activeHeld' | 'inactiveHeld' | 'confirmed';
export type OfferingMode = 'active' | 'inactive';
export type SpecialInfoMode = 'noCircuit' | 'customerIrregular' | 'reorder' | 'unknown' | 'unavailable';
export type DisconnectMode =
  | 'normal'
  | 'unknown'
  | 'reject'
  | 'pickup'
  | 'forwarded'
  | 'busy'
  | 'noAnswer'
  | 'badAddress'
  | 'unreachable'
  | 'congestion'
  | 'incompatible'
  | 'unavailable'
  | 'noDialTone'
  | 'numberChanged'
  | 'outOfOrder'
  | 'temporaryFailure'
  | 'qosUnavailable'
  | 'blocked'
  | 'doNotDisturb'
  | 'cancelled';

/** A call state together with its mode. */
export type CallStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'offering'; readonly mode: OfferingMode }
  | { readonly state: 'accepted' }
  | { readonly state: 'dialtone'; readonly mode: DialToneMode }
  | { readonly state: 'dialing' }
  | { readonly state: 'ringback' }
  | { readonly state: 'busy'; readonly mode: BusyMode }
  | { readonly state: 'specialInfo'; readonly mode: SpecialInfoMode }
  | { readonly state: 'connected'; readonly mode: ConnectedMode }
  | { readonly state: 'proceeding' }
  | { readonly state: 'onHold' }
  | { readonly state: 'conferenced' }
  | { readonly state: 'onHoldPendConf' }
  | { readonly state: 'onHoldPendTransfer' }
  | { readonly state: 'disconnected'; readonly mode: DisconnectMode }
  | { readonly state: 'unknown' };

export type CallState = CallStatus['state'];

/** LINECALLORIGIN_: where a call came from. */
export type CallOrigin =
  | 'outbound'
  | 'internal'
  | 'external'
  | 'unknown'
  | 'unavailable'
  | 'conference'
  | 'inbound';

/** LINECALLREASON_: why a call is here. */
export type CallReason =
  | 'direct'
  | 'forwardedBusy'
  | 'forwardedNoAnswer'
  | 'forwardedUnconditional'
  | 'pickup'
  | 'redirect'
  | 'transfer'
  | 'unknown';

/** One end of a call. Empty texts are unknown; `withheld` says that the caller hid them. */
export type Party = { readonly number: string; readonly name: string; readonly withheld?: true };

export const nobody: Party = { number: '', name: '' };

/** The ends of a call, named as LINECALLINFO names them. */
export type Parties = {
  readonly caller: Party;
  readonly called: Party;
  /** Who answered; nobody before that. */
  readonly connected: Party;
  /** Who forwarded the call here. */
  readonly redirecting: Party;
  /** Where it was forwarded to. */
  readonly redirection: Party;
};

/** What can be asked of a call. One word each, TAPI's. */
export type CallVerb =
  | 'accept'
  | 'answer'
  | 'blindTransfer'
  | 'completeTransfer'
  | 'dial'
  | 'drop'
  | 'generateDigits'
  | 'hold'
  | 'redirect'
  | 'setupTransfer'
  | 'swapHold'
  | 'unhold';

/** A call at one moment. Never changed: a new state is a new value. */
export type Call = Parties & {
  /** Unique on this machine while the companion runs, 1 to 2^32 - 1: dwCallID. */
  readonly id: number;
  /** Key of the line the call is on. */
  readonly line: string;
  readonly direction: 'inbound' | 'outbound';
  readonly origin: CallOrigin;
  readonly reason: CallReason;
  readonly status: CallStatus;
  /** Whether the call was ever CONNECTED: a call that was not is a missed one. */
  readonly answered: boolean;
  /** The call this one belongs to: a consultation and the call it is about name each other. */
  readonly related?: number;
  /** What the PBX can do with this call in some state. Another call may take a verb away and give it back. */
  readonly can: ReadonlySet<CallVerb>;
  /** When the state was entered, ms since 1970. */
  readonly since: number;
};

export const isEnded = (call: Call): boolean => call.status.state === 'idle';

/** A call that waits to be answered at the line's phone. */
export const isRinging = ({ direction, status }: Call): boolean =>
  direction === 'inbound' && (status.state === 'offering' || status.state === 'accepted');

/** A call that takes up a line's capacity (TSPI reference, dwNumActiveCalls). */
export function isActive(call: Call): boolean {
  const passive: readonly CallState[] = [
    'idle',
    'unknown',
    'onHold',
    'onHoldPendConf',
    'onHoldPendTransfer',
    'conferenced',
    'disconnected',
  ];
  return !passive.includes(call.status.state);
}
