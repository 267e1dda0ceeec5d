import { describe, expect, it } from 'vitest';
import { EVERYTHING, RecordedCalls, USER_EVENTS } from './recorded-calls.ts';

describe.each([USER_EVENTS, EVERYTHING])('the calls of $capture', (recording) => {
  const packetsOf = (text: string) => text.split('\r\n\r\n').slice(0, -1);

  it('are whole ones, of nothing but events', () => {
    const calls = new RecordedCalls(recording);
    const packets = packetsOf(calls.take(3).toString('latin1'));
    expect(packets).toHaveLength(3 * calls.events);
    expect(packets.every((packet) => packet.startsWith('Event: '))).toBe(true);
  });

  it('have names of their own, and are otherwise the same', () => {
    const calls = new RecordedCalls(recording);
    const [one, other] = [calls.take(1), calls.take(1)].map((bytes) => bytes.toString('latin1'));
    const idsOf = (text = '') => new Set(text.match(/(?<=Uniqueid: )\S+/g));
    expect(idsOf(one).size).toBeGreaterThan(0);
    expect([...idsOf(one)].filter((id) => idsOf(other).has(id))).toEqual([]);
    const nameless = (text = '') => text.replaceAll(/\d{10}\.\d+|[0-9a-f]{8}/g, '#');
    expect(nameless(other)).toBe(nameless(one));
  });
});
