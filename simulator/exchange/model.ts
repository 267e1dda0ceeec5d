/** The vocabulary of the exchange: users, parties, channels, events. It is a PBX's and no protocol's. */

/** A user of the exchange with the one phone that stands on the desk. */
export interface User {
  /** Name as the PBX spells it; compared without case. */
  readonly name: string;
  readonly fullName: string;
  /** Internal number, digits only. */
  readonly extension: string;
  /** Name of the phone, opaque to clients. */
  readonly device: string;
  /** May see and control the calls of all users. */
  readonly supervisor?: boolean;
  /** What the phone can do when told from afar; all of `PHONE_CAPABILITIES` unless given. */
  readonly capabilities?: readonly PhoneCapability[];
  /** Users of one group may pick up each other's calls; unset means the group of all who set none. */
  readonly pickupGroup?: string;
  /** A second call rings while the phone is in use (default); false: the caller hears busy. */
  readonly callWaiting?: boolean;
}

export const PHONE_CAPABILITIES = ['conference', 'dial', 'hangup', 'hold', 'transfer', 'offhook'] as const;
export type PhoneCapability = (typeof PHONE_CAPABILITIES)[number];

/** One end of a call as the other end sees it. */
export interface Party {
  readonly kind: 'user' | 'outside';
  /** Empty when unknown. */
  readonly name: string;
  readonly number: string;
}

/**
 * - originating: the user's own phone waits to be picked up for a call ordered from afar
 * - calling: the far end has been dialled and does not ring yet
 * - ringing: an outbound channel hears the far end ring, an inbound one rings itself
 * - talking, held: connected; held by this end
 */
export type ChannelState = 'originating' | 'calling' | 'ringing' | 'talking' | 'held';

/** Why a channel ended. */
export type HangupCause =
  | 'normal'
  | 'busy'
  | 'no-answer'
  | 'unobtainable'
  | 'answered-elsewhere'
  | 'transferred'
  | 'redirected';

/** A channel at one moment: one leg of one call, seen from the party that owns it. */
export interface ChannelView {
  readonly id: string;
  readonly callId: string;
  readonly party: Party;
  /** Owner's user name; undefined for a leg of an outside party. */
  readonly user: string | undefined;
  readonly device: string;
  /** True when the owner made the call. */
  readonly outbound: boolean;
  readonly state: ChannelState;
  readonly peer: Party;
  /** Id of the other leg, empty while there is none. */
  readonly peerChannel: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds, 0 until connected. */
  readonly answeredAt: number;
  /** Who sent the call here, after a redirect or a transfer. */
  readonly redirectedFrom: Party | undefined;
}

export type ChannelChange =
  | 'created'
  | 'ringing'
  | 'answered'
  | 'held'
  | 'resumed'
  | 'transferring'
  | 'joined'
  | 'renamed'
  | 'redirected'
  | 'hungup';

export type PhoneState = 'free' | 'busy' | 'unregistered';

/** One finished call of one user. */
export interface JournalEntry {
  readonly id: number;
  readonly user: string;
  readonly extension: string;
  readonly device: string;
  /** Epoch milliseconds of the start. */
  readonly startedAt: number;
  readonly inbound: boolean;
  readonly peer: Party;
  /** Whole seconds from start to end. */
  readonly durationS: number;
  /** Whole seconds connected, 0 when never answered. */
  readonly connectedS: number;
  readonly cause: HangupCause;
}

export type ExchangeEvent =
  | {
      readonly type: 'channel';
      readonly change: ChannelChange;
      readonly channel: ChannelView;
      /** Set with `hungup`. */
      readonly cause: HangupCause | undefined;
    }
  | { readonly type: 'phone'; readonly user: string; readonly state: PhoneState }
  | { readonly type: 'journal'; readonly entry: JournalEntry };

export type ExchangeErrorCode =
  | 'unknown-user'
  | 'unknown-number'
  | 'bad-number'
  | 'no-channel'
  | 'wrong-state'
  | 'phone-unregistered'
  | 'target-busy'
  | 'not-allowed';

/** A refused command changes nothing. */
export interface Refusal {
  readonly ok: false;
  readonly code: ExchangeErrorCode;
  readonly message: string;
}

/** Answer to a command: the channel it concerns (empty when it concerns none), or why it was refused. */
export type ExchangeResult = { readonly ok: true; readonly channel: string } | Refusal;

export const refuse = (code: ExchangeErrorCode, message: string): Refusal => ({ ok: false, code, message });
