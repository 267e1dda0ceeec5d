import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmiPacket, header } from '../../app/pbx/asterisk/ami/packet.ts';
import { AmiReader } from '../../app/pbx/asterisk/ami/reader.ts';

const CAPTURES = new URL('./captures/', import.meta.url);
const names = readdirSync(CAPTURES, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ami'))
  .sort();
const bytesOf = (name: string) => readFileSync(new URL(name, CAPTURES));

function packetsOf(...chunks: readonly Buffer[]): readonly AmiPacket[] {
  const packets: AmiPacket[] = [];
  const reader = new AmiReader((packet) => packets.push(packet));
  for (const chunk of chunks) expect(reader.read(chunk)).toBeUndefined();
  return packets;
}
const headersOf = (packets: readonly AmiPacket[]) => packets.map(({ headers }) => headers);
const eventsOf = (name: string, event: string) =>
  packetsOf(bytesOf(name)).filter((packet) => header(packet, 'Event') === event);

it('there are captures of all three origins', () => {
  const origins = ['22/', '16/', 'legacy-from-source/'];
  expect(origins.filter((origin) => names.some((name) => name.startsWith(origin)))).toEqual(origins);
});

describe.each(names)('%s', (name) => {
  const bytes = bytesOf(name);
  const whole = packetsOf(bytes);

  it('holds as many packets as beginnings of one', () => {
    const begun = bytes.toString('latin1').match(/(?<=\r\n)(?:Event|Response): /g) ?? [];
    // OriginateResponse and forged events have both, or one more.
    const starts = whole.filter(({ headers }) => /^(?:Event|Response)$/.test(headers[0]?.[0] ?? ''));
    expect(starts).toHaveLength(whole.length);
    expect(whole.length).toBeLessThanOrEqual(begun.length);
    expect(whole.length).toBeGreaterThan(0);
  });

  it('means the same however it is cut', () => {
    const places = fc.uniqueArray(fc.nat({ max: bytes.length }), { maxLength: 60 });
    fc.assert(
      fc.property(places, (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(headersOf(packetsOf(...chunks))).toEqual(headersOf(whole));
      }),
      { numRuns: 10 },
    );
  });
});

describe('what Asterisk says', () => {
  it('in byte after byte is what it said at once', () => {
    const bytes = bytesOf('22/29-asttapi-names.ami');
    const single = [...bytes].map((byte) => Buffer.of(byte));
    expect(headersOf(packetsOf(...single))).toEqual(headersOf(packetsOf(bytes)));
  });

  it('of names that need escapes is the name', () => {
    const names = eventsOf('22/29-asttapi-names.ami', 'UserEvent').map((event) =>
      header(event, 'CallerIDName'),
    );
    expect(names).toContain("O'Brien & Söhne (GmbH)");
    expect(names).toContain('back\\\\slash');
  });

  it.each([
    ['legacy-from-source/asterisk-1.2-inbound.ami', 'UserEventTAPI', '1199178000.12', undefined],
    ['legacy-from-source/asterisk-1.4-inbound.ami', 'UserEvent', undefined, 'TAPI'],
    ['legacy-from-source/asterisk-1.8-11-inbound.ami', 'UserEvent', '1199178000.12', 'TAPI'],
    ['22/20-asttapi-classic-two-phones.ami', 'UserEvent', expect.stringMatching(/^\d+\.\d+$/), 'TAPI'],
  ])('in the shape of %s is found', (name, event, uniqueid, userEvent) => {
    const [first] = eventsOf(name, event);
    expect(first && header(first, 'Uniqueid')).toEqual(uniqueid);
    expect(first && header(first, 'UserEvent')).toBe(userEvent);
    expect(first && header(first, 'TAPIEVENT')).toMatch(/^LINE_NEWCALL /);
  });

  it('with pipes lands in the name', () => {
    const events = eventsOf('22/22-asttapi-old-pipes.ami', 'UserEvent').map((event) =>
      header(event, 'UserEvent'),
    );
    expect(events).toContain('TAPI|TAPIEVENT: LINE_NEWCALL line_1');
  });

  it('of an Originate is an event, though it names a response', () => {
    const [told] = eventsOf('22/40-originate-local-ok.ami', 'OriginateResponse');
    expect(told && header(told, 'Response')).toBe('Success');
    expect(told && header(told, 'Reason')).toBe('4');
  });
});
