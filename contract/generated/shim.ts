// Generated from contract/shim.schema.json by `npm run generate`. Do not edit.

import { WireReader, WireWriter } from '../wire-io.ts';

/** Newest version of the protocol that this release speaks. */
export const WIRE_PROTOCOL = 2;
/** Largest body of a frame, in bytes. */
export const WIRE_MAX_BODY = 65536;

/** what the shim was built for */
export const ARCHITECTURE = { x86: 1, x64: 2, arm64: 3, native: 4 } as const;
export type Architecture = keyof typeof ARCHITECTURE;

/** what a TAPI program wants done with a call; from accept on, protocol 2 */
export const VERB = { answer: 1, drop: 2, accept: 3, hold: 4, unhold: 5 } as const;
export type Verb = keyof typeof VERB;

/** what a TAPI program wants done with a call and a number */
export const NUMBER_VERB = { dial: 1, dialPart: 2, redirect: 3, blindTransfer: 4 } as const;
export type NumberVerb = keyof typeof NUMBER_VERB;

/** what a TAPI program wants done with two calls */
export const PAIR_VERB = { swapHold: 1, completeTransfer: 2 } as const;
export type PairVerb = keyof typeof PAIR_VERB;

/** what the shim exchanged with the telephony service; ignored, protocol 2: another companion publishes the line, too, and its word counts */
export const REPORT_KIND = { event: 1, completion: 2, request: 3, ignored: 4 } as const;
export type ReportKind = keyof typeof REPORT_KIND;

/** one end of a call, as LINECALLINFO tells it */
export type Party = {
  /** LINECALLPARTYID_ bits */
  readonly flags: number;
  /** empty when unknown or withheld */
  readonly number: string;
  /** empty when unknown or withheld */
  readonly name: string;
};

function readParty(reader: WireReader): Party {
  return { flags: reader.u32(), number: reader.text(128), name: reader.text(256) };
}

function writeParty(writer: WireWriter, value: Party): void {
  writer.u32(value.flags);
  writer.text(value.number, 128);
  writer.text(value.name, 256);
}

/** The first frame on every link: who connects, and the protocol versions it can speak. */
export type HelloMessage = {
  readonly kind: 'hello';
  /** oldest version the shim speaks */
  readonly protocolMin: number;
  /** newest version the shim speaks */
  readonly protocolMax: number;
  /** build of the shim */
  readonly architecture: Architecture;
  /** process the shim runs in */
  readonly processId: number;
  /** permanent provider id of TSPI_providerInit */
  readonly providerId: number;
  /** release of the shim */
  readonly version: string;
};

/** TSPI_lineOpen was called: a TAPI program watches or uses the line. */
export type LineOpenedMessage = {
  readonly kind: 'lineOpened';
  /** line id */
  readonly line: number;
  /** version negotiated for the line */
  readonly tspiVersion: number;
};

/** TSPI_lineClose was called. Calls at the PBX go on. */
export type LineClosedMessage = {
  readonly kind: 'lineClosed';
  /** line id */
  readonly line: number;
};

/** TSPI_lineMakeCall. The result carries the id of the new call. */
export type MakeCallMessage = {
  readonly kind: 'makeCall';
  /** line id */
  readonly line: number;
  /** dial string after the shim's pre-scan */
  readonly target: string;
};

/** TSPI_linePickup. The result carries the id of the call taken over. */
export type PickupMessage = {
  readonly kind: 'pickup';
  /** line id */
  readonly line: number;
  /** extension that rings */
  readonly target: string;
};

/** Something to be done with a call that exists. */
export type CommandMessage = {
  readonly kind: 'command';
  /** call id */
  readonly call: number;
  /** what to do */
  readonly verb: Verb;
};

/** The TAPI program gave up a request that has no result yet: a new call, which is hung up where the PBX started it, or digits. */
export type CancelMessage = {
  readonly kind: 'cancel';
  /** request id of the one given up */
  readonly pending: number;
};

/** What passed between the shim and the telephony service, for diagnostics. No number or name is in it. */
export type ReportMessage = {
  readonly kind: 'report';
  /** what kind of report */
  readonly what: ReportKind;
  /** line id, or 0 */
  readonly line: number;
  /** call id, or 0 */
  readonly call: number;
  /** event: the LINE_ message; completion: the result; request: the type of its frame; ignored: the Windows session of the companion whose word counts */
  readonly message: number;
  /** event: its first parameter; completion and request: the id TAPI gave it */
  readonly param1: bigint;
  /** event: its second parameter; request: the verb, where its frame has one */
  readonly param2: bigint;
  /** event: its third parameter */
  readonly param3: bigint;
};

/** Protocol 2. TSPI_lineDial, TSPI_lineRedirect or TSPI_lineBlindTransfer. */
export type CommandNumberMessage = {
  readonly kind: 'commandNumber';
  /** call id */
  readonly call: number;
  /** what to do */
  readonly verb: NumberVerb;
  /** dial string after the shim's pre-scan; dial: empty when the parts before were all */
  readonly target: string;
};

/** Protocol 2. TSPI_lineSwapHold or TSPI_lineCompleteTransfer (mode TRANSFER). */
export type CommandPairMessage = {
  readonly kind: 'commandPair';
  /** call id: the active call, or the one to be transferred */
  readonly call: number;
  /** what to do */
  readonly verb: PairVerb;
  /** call id: the held call, or the consultation call */
  readonly other: number;
};

/** Protocol 2. TSPI_lineMakeCall without a number or with the first part of one: the new call waits for dial. The result carries its id. */
export type MakeCallPartMessage = {
  readonly kind: 'makeCallPart';
  /** line id */
  readonly line: number;
  /** the first digits, or empty: a dial tone alone */
  readonly target: string;
};

/** Protocol 2. TSPI_linePickup without an address. The result carries the id of the call taken over. */
export type PickupGroupMessage = {
  readonly kind: 'pickupGroup';
  /** line id */
  readonly line: number;
  /** pickup group, or empty: the line's own */
  readonly group: string;
};

/** Protocol 2. TSPI_lineSetupTransfer. The result carries the id of the consultation call. */
export type SetupTransferMessage = {
  readonly kind: 'setupTransfer';
  /** id of the call to be transferred */
  readonly call: number;
  /** number of the consultation call, or empty: it waits for dial */
  readonly target: string;
};

/** Protocol 2. TSPI_lineGenerateDigits with DTMF. The result comes when all digits were sent. */
export type GenerateDigitsMessage = {
  readonly kind: 'generateDigits';
  /** call id */
  readonly call: number;
  /** 0 to 9, A to D, *, #, and a comma for a pause */
  readonly digits: string;
  /** of one digit, milliseconds */
  readonly duration: number;
};

/** Protocol 2. A line of the shim's own trace, while it is switched on in the shim's dialog. No number or name is in it. */
export type TraceMessage = {
  readonly kind: 'trace';
  /** what happened, in English */
  readonly line: string;
};

/** The answer to hello. The lines, the calls and synced follow. */
export type WelcomeMessage = {
  readonly kind: 'welcome';
  /** version both sides speak from here on */
  readonly protocol: number;
  /** release of the companion */
  readonly version: string;
};

/** A line as it is now. Replaces what the shim knew of it. */
export type LineMessage = {
  readonly kind: 'line';
  /** line id: dwPermanentLineID, never 0 */
  readonly line: number;
  /** PermanentLineGuid in its memory order */
  readonly guid: Uint8Array;
  /** LineName, like Jan Lorenz (831) */
  readonly name: string;
  /** the line's own extension */
  readonly address: string;
  /** SwitchInfo: the PBX */
  readonly switchName: string;
  /** whether the PBX serves the line now */
  readonly inService: boolean;
  /** LINEFEATURE_ bits, 0 out of service */
  readonly lineFeatures: number;
  /** LINEADDRFEATURE_ bits, 0 out of service */
  readonly addressFeatures: number;
  /** every LINECALLFEATURE_ bit a call of the line may have */
  readonly callFeatures: number;
  /** dwMaxNumActiveCalls */
  readonly maxActiveCalls: number;
};

/** The companion no longer has the line: LINE_REMOVE. */
export type LineGoneMessage = {
  readonly kind: 'lineGone';
  /** line id */
  readonly line: number;
};

/** A call as it is now. One frame for every state the call enters. */
export type CallMessage = {
  readonly kind: 'call';
  /** call id: dwCallID, never 0, never used again */
  readonly call: number;
  /** line id */
  readonly line: number;
  /** LINECALLSTATE_ value */
  readonly state: number;
  /** the state's mode, as in LINE_CALLSTATE param 2 */
  readonly mode: number;
  /** LINECALLFEATURE_ bits the call has now */
  readonly features: number;
  /** LINECALLORIGIN_ value */
  readonly origin: number;
  /** LINECALLREASON_ value */
  readonly reason: number;
  /** dwRelatedCallID, or 0 */
  readonly relatedCall: number;
  /** who calls */
  readonly caller: Party;
  /** who was called */
  readonly called: Party;
  /** who answered */
  readonly connected: Party;
  /** who forwarded the call here */
  readonly redirecting: Party;
  /** where it was forwarded to */
  readonly redirection: Party;
};

/** The one answer to a request. */
export type ResultMessage = {
  readonly kind: 'result';
  /** 0, or a LINEERR_ value */
  readonly status: number;
  /** of a request for a new call: its id; otherwise 0 */
  readonly call: number;
};

/** The first snapshot is complete. A call that the shim knew and is not in it is gone. A line that is not in it stays: the companion may still sign in; after its grace it is out of service until it is published. */
export type SyncedMessage = {
  readonly kind: 'synced';
};

/** What the shim sends. */
export type ShimMessage =
  | HelloMessage
  | LineOpenedMessage
  | LineClosedMessage
  | MakeCallMessage
  | PickupMessage
  | CommandMessage
  | CancelMessage
  | ReportMessage
  | CommandNumberMessage
  | CommandPairMessage
  | MakeCallPartMessage
  | PickupGroupMessage
  | SetupTransferMessage
  | GenerateDigitsMessage
  | TraceMessage;

/** What the companion sends. */
export type CompanionMessage =
  | WelcomeMessage
  | LineMessage
  | LineGoneMessage
  | CallMessage
  | ResultMessage
  | SyncedMessage;

export type WireMessage = ShimMessage | CompanionMessage;

/** Type bytes of the frame header. */
export const WIRE_TYPE = { hello: 1, lineOpened: 2, lineClosed: 3, makeCall: 4, pickup: 5, command: 6, cancel: 7, report: 8, commandNumber: 9, commandPair: 10, makeCallPart: 11, pickupGroup: 12, setupTransfer: 13, generateDigits: 14, trace: 15, welcome: 64, line: 65, lineGone: 66, call: 67, result: 68, synced: 69 } as const;

/** Longest text a field takes, in bytes of UTF-8. */
export const WIRE_TEXT_MAX = {
  party: { number: 128, name: 256 },
  hello: { version: 32 },
  makeCall: { target: 512 },
  pickup: { target: 512 },
  commandNumber: { target: 512 },
  makeCallPart: { target: 512 },
  pickupGroup: { group: 512 },
  setupTransfer: { target: 512 },
  generateDigits: { digits: 512 },
  trace: { line: 256 },
  welcome: { version: 32 },
  line: { name: 256, address: 128, switchName: 256 },
} as const;

/** Writes the body of a message. Throws a WireError when a field breaks its limit. */
export function writeBody(writer: WireWriter, message: WireMessage): void {
  switch (message.kind) {
    case 'hello':
      writer.u16(message.protocolMin);
      writer.u16(message.protocolMax);
      writer.u8(ARCHITECTURE[message.architecture]);
      writer.u32(message.processId);
      writer.u32(message.providerId);
      writer.text(message.version, 32);
      return;
    case 'lineOpened':
      writer.u32(message.line);
      writer.u32(message.tspiVersion);
      return;
    case 'lineClosed':
      writer.u32(message.line);
      return;
    case 'makeCall':
      writer.u32(message.line);
      writer.text(message.target, 512);
      return;
    case 'pickup':
      writer.u32(message.line);
      writer.text(message.target, 512);
      return;
    case 'command':
      writer.u32(message.call);
      writer.u8(VERB[message.verb]);
      return;
    case 'cancel':
      writer.u32(message.pending);
      return;
    case 'report':
      writer.u8(REPORT_KIND[message.what]);
      writer.u32(message.line);
      writer.u32(message.call);
      writer.u32(message.message);
      writer.u64(message.param1);
      writer.u64(message.param2);
      writer.u64(message.param3);
      return;
    case 'commandNumber':
      writer.u32(message.call);
      writer.u8(NUMBER_VERB[message.verb]);
      writer.text(message.target, 512);
      return;
    case 'commandPair':
      writer.u32(message.call);
      writer.u8(PAIR_VERB[message.verb]);
      writer.u32(message.other);
      return;
    case 'makeCallPart':
      writer.u32(message.line);
      writer.text(message.target, 512);
      return;
    case 'pickupGroup':
      writer.u32(message.line);
      writer.text(message.group, 512);
      return;
    case 'setupTransfer':
      writer.u32(message.call);
      writer.text(message.target, 512);
      return;
    case 'generateDigits':
      writer.u32(message.call);
      writer.text(message.digits, 512);
      writer.u32(message.duration);
      return;
    case 'trace':
      writer.text(message.line, 256);
      return;
    case 'welcome':
      writer.u16(message.protocol);
      writer.text(message.version, 32);
      return;
    case 'line':
      writer.u32(message.line);
      writer.bytes(message.guid, 16);
      writer.text(message.name, 256);
      writer.text(message.address, 128);
      writer.text(message.switchName, 256);
      writer.bool(message.inService);
      writer.u32(message.lineFeatures);
      writer.u32(message.addressFeatures);
      writer.u32(message.callFeatures);
      writer.u32(message.maxActiveCalls);
      return;
    case 'lineGone':
      writer.u32(message.line);
      return;
    case 'call':
      writer.u32(message.call);
      writer.u32(message.line);
      writer.u32(message.state);
      writer.u32(message.mode);
      writer.u32(message.features);
      writer.u32(message.origin);
      writer.u32(message.reason);
      writer.u32(message.relatedCall);
      writeParty(writer, message.caller);
      writeParty(writer, message.called);
      writeParty(writer, message.connected);
      writeParty(writer, message.redirecting);
      writeParty(writer, message.redirection);
      return;
    case 'result':
      writer.u32(message.status);
      writer.u32(message.call);
      return;
    case 'synced':
      return;
  }
}

/**
 * Reads a body. Bytes after the last known field are a newer peer’s and are left alone.
 * Returns undefined for a type this release does not know; throws a WireError for a malformed body.
 */
export function readBody(type: number, reader: WireReader): WireMessage | undefined {
  switch (type) {
    case 1:
      return {
        kind: 'hello',
        protocolMin: reader.u16(),
        protocolMax: reader.u16(),
        architecture: reader.member(ARCHITECTURE),
        processId: reader.u32(),
        providerId: reader.u32(),
        version: reader.text(32),
      };
    case 2:
      return {
        kind: 'lineOpened',
        line: reader.u32(),
        tspiVersion: reader.u32(),
      };
    case 3:
      return {
        kind: 'lineClosed',
        line: reader.u32(),
      };
    case 4:
      return {
        kind: 'makeCall',
        line: reader.u32(),
        target: reader.text(512),
      };
    case 5:
      return {
        kind: 'pickup',
        line: reader.u32(),
        target: reader.text(512),
      };
    case 6:
      return {
        kind: 'command',
        call: reader.u32(),
        verb: reader.member(VERB),
      };
    case 7:
      return {
        kind: 'cancel',
        pending: reader.u32(),
      };
    case 8:
      return {
        kind: 'report',
        what: reader.member(REPORT_KIND),
        line: reader.u32(),
        call: reader.u32(),
        message: reader.u32(),
        param1: reader.u64(),
        param2: reader.u64(),
        param3: reader.u64(),
      };
    case 9:
      return {
        kind: 'commandNumber',
        call: reader.u32(),
        verb: reader.member(NUMBER_VERB),
        target: reader.text(512),
      };
    case 10:
      return {
        kind: 'commandPair',
        call: reader.u32(),
        verb: reader.member(PAIR_VERB),
        other: reader.u32(),
      };
    case 11:
      return {
        kind: 'makeCallPart',
        line: reader.u32(),
        target: reader.text(512),
      };
    case 12:
      return {
        kind: 'pickupGroup',
        line: reader.u32(),
        group: reader.text(512),
      };
    case 13:
      return {
        kind: 'setupTransfer',
        call: reader.u32(),
        target: reader.text(512),
      };
    case 14:
      return {
        kind: 'generateDigits',
        call: reader.u32(),
        digits: reader.text(512),
        duration: reader.u32(),
      };
    case 15:
      return {
        kind: 'trace',
        line: reader.text(256),
      };
    case 64:
      return {
        kind: 'welcome',
        protocol: reader.u16(),
        version: reader.text(32),
      };
    case 65:
      return {
        kind: 'line',
        line: reader.u32(),
        guid: reader.bytes(16),
        name: reader.text(256),
        address: reader.text(128),
        switchName: reader.text(256),
        inService: reader.bool(),
        lineFeatures: reader.u32(),
        addressFeatures: reader.u32(),
        callFeatures: reader.u32(),
        maxActiveCalls: reader.u32(),
      };
    case 66:
      return {
        kind: 'lineGone',
        line: reader.u32(),
      };
    case 67:
      return {
        kind: 'call',
        call: reader.u32(),
        line: reader.u32(),
        state: reader.u32(),
        mode: reader.u32(),
        features: reader.u32(),
        origin: reader.u32(),
        reason: reader.u32(),
        relatedCall: reader.u32(),
        caller: readParty(reader),
        called: readParty(reader),
        connected: readParty(reader),
        redirecting: readParty(reader),
        redirection: readParty(reader),
      };
    case 68:
      return {
        kind: 'result',
        status: reader.u32(),
        call: reader.u32(),
      };
    case 69:
      return { kind: 'synced' };
    default:
      return undefined;
  }
}
