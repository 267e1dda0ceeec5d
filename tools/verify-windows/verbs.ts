/** What TAPI can be asked of a line and its calls, where a program sees that it may, and what the demo PBX does. Pure. */
import type { CallVerb } from '../../app/calls/call.ts';
import { LINEADDRFEATURE, LINECALLFEATURE } from '../../app/tsp/tapi.ts';
import type { PhoneSystem } from '../rig/phone-system.ts';

/** Asked of a line, not of a call. */
export type LineVerb = 'makeCall' | 'pickup' | 'pickupGroup';
export type Verb = CallVerb | LineVerb;

/** Every verb, with the function a program calls. */
export const TAPI_FUNCTION: Readonly<Record<Verb, string>> = {
  makeCall: 'lineMakeCall',
  dial: 'lineDial',
  answer: 'lineAnswer',
  accept: 'lineAccept',
  drop: 'lineDrop',
  hold: 'lineHold',
  unhold: 'lineUnhold',
  swapHold: 'lineSwapHold',
  blindTransfer: 'lineBlindTransfer',
  setupTransfer: 'lineSetupTransfer',
  completeTransfer: 'lineCompleteTransfer',
  redirect: 'lineRedirect',
  pickup: 'linePickup',
  pickupGroup: 'linePickup',
  generateDigits: 'lineGenerateDigits',
};

export const VERBS = Object.keys(TAPI_FUNCTION) as readonly Verb[];

/** Bits of LINEADDRESSCAPS.dwAddressFeatures that tell of a verb: all of them, or none. */
const ADDRESS_BITS: Readonly<Record<LineVerb, number>> = {
  makeCall: LINEADDRFEATURE.makeCall,
  pickup: LINEADDRFEATURE.pickup | LINEADDRFEATURE.pickupDirect,
  pickupGroup: LINEADDRFEATURE.pickupGroup,
};

export const isLineVerb = (verb: Verb): verb is LineVerb => Object.hasOwn(ADDRESS_BITS, verb);

/** The other verbs are those that a face of the demo PBX cannot do. */
const BOTH = [
  'makeCall',
  'dial',
  'accept',
  'answer',
  'drop',
  'blindTransfer',
  'pickup',
  'pickupGroup',
] as const;
export const DONE_AT: Readonly<Record<PhoneSystem, ReadonlySet<Verb>>> = {
  mobydick: new Set<Verb>([...BOTH, 'hold', 'unhold']),
  asterisk: new Set<Verb>([...BOTH, 'redirect', 'generateDigits', 'setupTransfer', 'completeTransfer']),
};

/** What a line's capabilities say that it and its calls can do (LINEADDRESSCAPS). */
export interface Offered {
  readonly callFeatures: number;
  readonly addressFeatures: number;
}

/** Whether features show a verb. One that is shown by half of its bits is a mistake, and no verb. */
export function offers({ callFeatures, addressFeatures }: Offered, verb: Verb): boolean {
  if (!isLineVerb(verb)) return (callFeatures & LINECALLFEATURE[verb]) !== 0;
  return (addressFeatures & ADDRESS_BITS[verb]) === ADDRESS_BITS[verb];
}

/** What is wrong with a line's capabilities at a phone system; empty when they say what it does, and nothing else. */
export function judgeCapabilities(offered: Offered, system: PhoneSystem): string[] {
  return VERBS.flatMap((verb) => {
    const done = DONE_AT[system].has(verb);
    const half = isLineVerb(verb) && !done && (offered.addressFeatures & ADDRESS_BITS[verb]) !== 0;
    if (offers(offered, verb) === done && !half) return [];
    return [`${verb} is ${done ? 'not ' : ''}offered by the line`];
  });
}

/** A verb that the line's calls never have, or one that this call has in another state. */
export const REFUSED_WITH = { never: 'LINEERR_OPERATIONUNAVAIL', now: 'LINEERR_INVALCALLSTATE' } as const;

/** What is wrong with the answer to a verb that cannot be had; undefined when it was refused as documented. */
export function judgeRefusal(verb: Verb, when: keyof typeof REFUSED_WITH, error: string | undefined) {
  if (error === REFUSED_WITH[when]) return undefined;
  return error === undefined
    ? `${verb} is not offered, but was accepted`
    : `${verb} was refused with ${error} instead of ${REFUSED_WITH[when]}`;
}
