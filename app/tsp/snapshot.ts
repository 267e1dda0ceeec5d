import {
  type CallMessage,
  type LineMessage,
  type Party as PartyFields,
  WIRE_PROTOCOL,
  WIRE_TEXT_MAX,
} from '../../contract/generated/shim.ts';
import type { Call, CallVerb, Party } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import { type Line, lineGuid, lineId, lineName, MAX_ACTIVE_CALLS } from '../lines/line.ts';
import {
  featureBits,
  LINEADDRFEATURE,
  LINECALLFEATURE,
  LINECALLORIGIN,
  LINECALLPARTYID,
  LINECALLREASON,
  LINECALLSTATE,
  LINEFEATURE,
  modeValue,
} from './tapi.ts';

/** The protocol that came with the functions for every verb; before, a shim could answer and drop. */
const ALL_VERBS_PROTOCOL = 2;
const FIRST_VERBS: ReadonlySet<CallVerb> = new Set(['answer', 'drop']);
const ALL_VERBS: ReadonlySet<CallVerb> = new Set(Object.keys(LINECALLFEATURE) as CallVerb[]);

/** What a shim has functions for. */
const shimVerbs = (protocol: number): ReadonlySet<CallVerb> =>
  protocol < ALL_VERBS_PROTOCOL ? FIRST_VERBS : ALL_VERBS;

/** A call as a shim that speaks `protocol` keeps it: TAPI's numbers, and what `features` offers now. */
export function callMessage(call: Call, protocol: number = WIRE_PROTOCOL): CallMessage {
  const known = shimVerbs(protocol);
  const verbs = [...features(call)].filter((verb) => known.has(verb));
  return {
    kind: 'call',
    call: call.id,
    line: lineId(call.line),
    state: LINECALLSTATE[call.status.state],
    mode: modeValue(call.status),
    features: featureBits(verbs),
    origin: LINECALLORIGIN[call.origin],
    reason: LINECALLREASON[call.reason],
    relatedCall: call.related ?? 0,
    caller: partyFields(call.caller),
    called: partyFields(call.called),
    connected: partyFields(call.connected),
    redirecting: partyFields(call.redirecting),
    redirection: partyFields(call.redirection),
  };
}

/** LINEADDRFEATURE_ bits of a line in service. */
function addressFeatures(line: Line, protocol: number): number {
  const { makeCall, pickup, pickupDirect, pickupGroup } = LINEADDRFEATURE;
  const inGroup = line.canPickupGroup === true && protocol >= ALL_VERBS_PROTOCOL;
  return (
    (line.canDial ? makeCall : 0) |
    (line.canPickup ? pickup | pickupDirect : 0) |
    (inGroup ? pickup | pickupGroup : 0)
  );
}

/** A line as a shim that speaks `protocol` keeps it. */
export function lineMessage(line: Line, protocol: number = WIRE_PROTOCOL): LineMessage {
  const verbs = line.verbs ?? FIRST_VERBS;
  return {
    kind: 'line',
    line: lineId(line.key),
    guid: lineGuid(line.key),
    name: clip(lineName(line), WIRE_TEXT_MAX.line.name),
    address: clip(line.extension, WIRE_TEXT_MAX.line.address),
    switchName: clip(line.pbx, WIRE_TEXT_MAX.line.switchName),
    inService: line.inService,
    lineFeatures: line.inService && line.canDial ? LINEFEATURE.makeCall : 0,
    addressFeatures: line.inService ? addressFeatures(line, protocol) : 0,
    callFeatures: featureBits([...shimVerbs(protocol)].filter((verb) => verbs.has(verb))),
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
