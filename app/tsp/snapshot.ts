import {
  type CallMessage,
  type LineMessage,
  type Party as PartyFields,
  VERB,
  type Verb,
  WIRE_TEXT_MAX,
} from '../../contract/generated/shim.ts';
import type { Call, CallVerb, Party } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import { type Line, lineGuid, lineId, lineName, MAX_ACTIVE_CALLS } from '../lines/line.ts';
import {
  featureBits,
  LINEADDRFEATURE,
  LINECALLORIGIN,
  LINECALLPARTYID,
  LINECALLREASON,
  LINECALLSTATE,
  LINEFEATURE,
  modeValue,
} from './tapi.ts';

/** What the link can carry: the shim exports the functions that go with it. */
const SHIM_VERBS: ReadonlySet<CallVerb> = new Set(Object.keys(VERB) as Verb[]);

/** A call as the shim keeps it: TAPI's numbers, and what `features` offers now. */
export function callMessage(call: Call): CallMessage {
  const verbs = [...features(call)].filter((verb) => SHIM_VERBS.has(verb));
  return {
    kind: 'call',
    call: call.id,
    line: lineId(call.line),
    state: LINECALLSTATE[call.status.state],
    mode: modeValue(call.status),
    features: featureBits(verbs),
    origin: LINECALLORIGIN[call.origin],
    reason: LINECALLREASON[call.reason],
    relatedCall: 0,
    caller: partyFields(call.caller),
    called: partyFields(call.called),
    connected: partyFields(call.connected),
    redirecting: partyFields(call.redirecting),
    redirection: partyFields(call.redirection),
  };
}

/** A line as the shim keeps it. */
export function lineMessage(line: Line): LineMessage {
  const dials = line.inService && line.canDial;
  const picksUp = line.inService && line.canPickup;
  const { pickup, pickupDirect } = LINEADDRFEATURE;
  return {
    kind: 'line',
    line: lineId(line.key),
    guid: lineGuid(line.key),
    name: clip(lineName(line), WIRE_TEXT_MAX.line.name),
    address: clip(line.extension, WIRE_TEXT_MAX.line.address),
    switchName: clip(line.pbx, WIRE_TEXT_MAX.line.switchName),
    inService: line.inService,
    lineFeatures: dials ? LINEFEATURE.makeCall : 0,
    addressFeatures: (dials ? LINEADDRFEATURE.makeCall : 0) | (picksUp ? pickup | pickupDirect : 0),
    callFeatures: featureBits(SHIM_VERBS),
    maxActiveCalls: MAX_ACTIVE_CALLS,
  };
}

function partyFields(party: Party): PartyFields {
  if (party.withheld) return { flags: LINECALLPARTYID.blocked, number: '', name: '' };
  const number = clip(party.number, WIRE_TEXT_MAX.party.number);
  const name = clip(party.name, WIRE_TEXT_MAX.party.name);
  const flags = (number ? LINECALLPARTYID.address : 0) | (name ? LINECALLPARTYID.name : 0);
  return { flags: flags || LINECALLPARTYID.unknown, number, name };
}

/** The longest beginning that fits into `max` bytes of UTF-8, without NUL and without half a character. */
export function clip(text: string, max: number): string {
  const clean = text.replaceAll('\0', '');
  if (Buffer.byteLength(clean) <= max) return clean;
  let used = 0;
  let end = 0;
  for (const character of clean) {
    used += Buffer.byteLength(character);
    if (used > max) break;
    end += character.length;
  }
  return clean.slice(0, end);
}
