import { expect, test } from 'vitest';
import { featureBits, LINEADDRFEATURE } from '../../app/tsp/tapi.ts';
import { bits, messageText } from './telephony-program.ts';
import { DONE_AT, isLineVerb, judgeCapabilities, judgeRefusal, offers } from './verbs.ts';

/** What the line of a mobydick shows. */
const callFeatures = featureBits([...DONE_AT.mobydick].flatMap((verb) => (isLineVerb(verb) ? [] : [verb])));
const { makeCall, pickup, pickupDirect, pickupGroup } = LINEADDRFEATURE;
const right = { callFeatures, addressFeatures: makeCall | pickup | pickupDirect | pickupGroup };

test('features are read as lineprobe writes them', () => {
  const held = { callFeatures: bits(`0x${featureBits(['hold', 'drop']).toString(16)}`), addressFeatures: 0 };
  expect(offers(held, 'hold')).toBe(true);
  expect(offers(held, 'unhold')).toBe(false);
  expect(offers(held, 'makeCall')).toBe(false);
  expect([bits(undefined), bits('x'), bits(5)]).toEqual([0, 0, 0]);
});

test('a line says what its phone system does, and nothing else', () => {
  const judged = (change: Partial<typeof right>) => judgeCapabilities({ ...right, ...change }, 'mobydick');
  expect(judged({})).toEqual([]);
  // What the DLL does by itself, like watching media, is no verb.
  expect(judged({ callFeatures: callFeatures | 0x2000 })).toEqual([]);
  expect(judged({ callFeatures: callFeatures | featureBits(['redirect']) })).toEqual([
    'redirect is offered by the line',
  ]);
  expect(judged({ callFeatures: callFeatures & ~featureBits(['hold']) })).toEqual([
    'hold is not offered by the line',
  ]);
  expect(judged({ addressFeatures: makeCall | pickup | pickupGroup })).toEqual([
    'pickup is not offered by the line',
  ]);
  expect(judgeCapabilities(right, 'asterisk')).toContain('redirect is not offered by the line');
});

test('a verb that cannot be had is refused, and for the right reason', () => {
  expect(judgeRefusal('hold', 'never', 'LINEERR_OPERATIONUNAVAIL')).toBeUndefined();
  expect(judgeRefusal('hold', 'now', 'LINEERR_INVALCALLSTATE')).toBeUndefined();
  expect(judgeRefusal('hold', 'now', undefined)).toBe('hold is not offered, but was accepted');
  expect(judgeRefusal('hold', 'never', 'LINEERR_INVALCALLSTATE')).toBe(
    'hold was refused with LINEERR_INVALCALLSTATE instead of LINEERR_OPERATIONUNAVAIL',
  );
});

test('a message is named as lineprobe’s wait names it', () => {
  const line = (fields: Record<string, unknown>) => messageText({ kind: 'message', ...fields });
  expect(line({ message: 'LINE_CALLSTATE', state: 'IDLE' })).toBe('LINE_CALLSTATE IDLE');
  expect(line({ message: 'LINE_REPLY', request: 3 })).toBe('LINE_REPLY 0');
  expect(line({ message: 'LINE_REPLY', request: 3, error: 'LINEERR_INUSE' })).toBe(
    'LINE_REPLY LINEERR_INUSE',
  );
  expect(line({ message: 'LINE_CREATE' })).toBe('LINE_CREATE');
});
