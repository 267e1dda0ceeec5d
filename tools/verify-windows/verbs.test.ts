import { expect, test } from 'vitest';
import { featureBits } from '../../app/tsp/tapi.ts';
import { messageText } from './lineprobe.ts';
import { bits, commandFor, judgeRefusal, offers } from './verbs.ts';

test('a command gets its call, its other words stay', () => {
  expect(commandFor('hold', '3')).toBe('hold 3');
  expect(commandFor('digits 12#', 'last')).toBe('digits last 12#');
});

test('features are read as lineprobe writes them', () => {
  const features = `0x${featureBits(['hold', 'drop']).toString(16)}`;
  expect(offers(bits(features), 'hold')).toBe(true);
  expect(offers(bits(features), 'unhold')).toBe(false);
  expect([bits(undefined), bits('x'), bits(5)]).toEqual([0, 0, 0]);
});

test('a verb that is not offered has to be refused, and for the right reason', () => {
  expect(judgeRefusal('hold', 'LINEERR_OPERATIONUNAVAIL')).toBeUndefined();
  expect(judgeRefusal('hold', 'LINEERR_INVALCALLSTATE')).toBeUndefined();
  expect(judgeRefusal('hold', undefined)).toBe('hold is not offered, but was accepted');
  expect(judgeRefusal('hold', 'LINEERR_OPERATIONFAILED')).toContain('LINEERR_OPERATIONFAILED');
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
