import type {
  BusyMode,
  CallOrigin,
  CallReason,
  CallState,
  CallStatus,
  CallVerb,
  ConnectedMode,
  DialToneMode,
  DisconnectMode,
  OfferingMode,
  SpecialInfoMode,
} from '../calls/call.ts';

/** TAPI's numbers for the words of app/calls (tapi.h). */

export const LINECALLSTATE: Readonly<Record<CallState, number>> = {
  idle: 0x1,
  offering: 0x2,
  accepted: 0x4,
  dialtone: 0x8,
  dialing: 0x10,
  ringback: 0x20,
  busy: 0x40,
  specialInfo: 0x80,
  connected: 0x100,
  proceeding: 0x200,
  onHold: 0x400,
  conferenced: 0x800,
  onHoldPendConf: 0x1000,
  onHoldPendTransfer: 0x2000,
  disconnected: 0x4000,
  unknown: 0x8000,
};

const LINEDIALTONEMODE: Readonly<Record<DialToneMode, number>> = {
  normal: 0x1,
  special: 0x2,
  internal: 0x4,
  external: 0x8,
  unknown: 0x10,
  unavailable: 0x20,
};

const LINEBUSYMODE: Readonly<Record<BusyMode, number>> = {
  station: 0x1,
  trunk: 0x2,
  unknown: 0x4,
  unavailable: 0x8,
};

const LINECONNECTEDMODE: Readonly<Record<ConnectedMode, number>> = {
  active: 0x1,
  inactive: 0x2,
  activeHeld: 0x4,
  inactiveHeld: 0x8,
  confirmed: 0x10,
};

const LINEOFFERINGMODE: Readonly<Record<OfferingMode, number>> = { active: 0x1, inactive: 0x2 };

const LINESPECIALINFO: Readonly<Record<SpecialInfoMode, number>> = {
  noCircuit: 0x1,
  customerIrregular: 0x2,
  reorder: 0x4,
  unknown: 0x8,
  unavailable: 0x10,
};

const LINEDISCONNECTMODE: Readonly<Record<DisconnectMode, number>> = {
  normal: 0x1,
  unknown: 0x2,
  reject: 0x4,
  pickup: 0x8,
  forwarded: 0x10,
  busy: 0x20,
  noAnswer: 0x40,
  badAddress: 0x80,
  unreachable: 0x100,
  congestion: 0x200,
  incompatible: 0x400,
  unavailable: 0x800,
  noDialTone: 0x1000,
  numberChanged: 0x2000,
  outOfOrder: 0x4000,
  temporaryFailure: 0x8000,
  qosUnavailable: 0x1_0000,
  blocked: 0x2_0000,
  doNotDisturb: 0x4_0000,
  cancelled: 0x8_0000,
};

/** Parameter 2 of LINE_CALLSTATE: the mode of a state that has one, else 0. */
export function modeValue(status: CallStatus): number {
  switch (status.state) {
    case 'dialtone':
      return LINEDIALTONEMODE[status.mode];
    case 'busy':
      return LINEBUSYMODE[status.mode];
    case 'connected':
      return LINECONNECTEDMODE[status.mode];
    case 'offering':
      return LINEOFFERINGMODE[status.mode];
    case 'specialInfo':
      return LINESPECIALINFO[status.mode];
    case 'disconnected':
      return LINEDISCONNECTMODE[status.mode];
    default:
      return 0;
  }
}

export const LINECALLORIGIN: Readonly<Record<CallOrigin, number>> = {
  outbound: 0x1,
  internal: 0x2,
  external: 0x4,
  unknown: 0x10,
  unavailable: 0x20,
  conference: 0x40,
  inbound: 0x80,
};

export const LINECALLREASON: Readonly<Record<CallReason, number>> = {
  direct: 0x1,
  forwardedBusy: 0x2,
  forwardedNoAnswer: 0x4,
  forwardedUnconditional: 0x8,
  pickup: 0x10,
  redirect: 0x40,
  transfer: 0x100,
  unknown: 0x400,
};

export const LINECALLFEATURE: Readonly<Record<CallVerb, number>> = {
  accept: 0x1,
  answer: 0x4,
  blindTransfer: 0x8,
  completeTransfer: 0x20,
  dial: 0x40,
  drop: 0x80,
  generateDigits: 0x200,
  hold: 0x800,
  redirect: 0x2_0000,
  setupTransfer: 0x200_0000,
  swapHold: 0x400_0000,
  unhold: 0x800_0000,
};

/** LINECALLFEATURE_ bits of a set of verbs. */
export function featureBits(verbs: Iterable<CallVerb>): number {
  let bits = 0;
  for (const verb of verbs) bits += LINECALLFEATURE[verb];
  return bits;
}

export const LINECALLPARTYID = { blocked: 0x1, name: 0x4, address: 0x8, unknown: 0x20 } as const;
export const LINEFEATURE = { makeCall: 0x8 } as const;
export const LINEADDRFEATURE = {
  makeCall: 0x2,
  pickup: 0x4,
  pickupGroup: 0x200,
  pickupDirect: 0x400,
} as const;

/** LINE_ messages a TSP sends (tapi.h, tspi.h): their names, for diagnostics. */
export const LINE_MESSAGE: Readonly<Record<number, string>> = {
  0: 'LINE_ADDRESSSTATE',
  1: 'LINE_CALLINFO',
  2: 'LINE_CALLSTATE',
  3: 'LINE_CLOSE',
  7: 'LINE_GENERATE',
  8: 'LINE_LINEDEVSTATE',
  19: 'LINE_CREATE',
  25: 'LINE_REMOVE',
  500: 'LINE_NEWCALL',
};

/** Why a request failed, as LINEERR_ values (tapi.h). */
export const LINEERR = {
  callUnavailable: 0x8000_0005,
  invalidAddress: 0x8000_0010,
  invalidCallHandle: 0x8000_0018,
  invalidCallState: 0x8000_001c,
  invalidLineHandle: 0x8000_002b,
  operationUnavailable: 0x8000_0049,
  operationFailed: 0x8000_0048,
  resourceUnavailable: 0x8000_004b,
} as const;

export type LineError = keyof typeof LINEERR;
