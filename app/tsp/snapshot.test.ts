import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '../../contract/shim-frame.ts';
import { type Call, type CallVerb, nobody, type Party } from '../calls/call.ts';
import type { Line } from '../lines/line.ts';
import { callMessage, clip, lineMessage } from './snapshot.ts';

const call: Call = {
  id: 17,
  line: 'acme/anna',
  direction: 'inbound',
  origin: 'external',
  reason: 'direct',
  status: { state: 'offering', mode: 'active' },
  answered: false,
  can: new Set<CallVerb>(['answer', 'drop', 'hold', 'blindTransfer']),
  since: 0,
  caller: { number: '0049991', name: 'Öz' },
  called: { number: '370', name: '' },
  connected: nobody,
  redirecting: nobody,
  redirection: nobody,
};

const line: Line = {
  key: 'acme/anna',
  account: 'acme',
  user: 'anna',
  name: 'Käthe',
  extension: '370',
  pbx: 'pbx',
  inService: true,
  canDial: true,
  canPickup: true,
};

const text = fc.string({ unit: 'binary', maxLength: 600 });

/** Any 16-bit units: halves of surrogate pairs too, as a careless program sends them. */
const broken = fc
  .array(fc.nat({ max: 0xffff }), { maxLength: 300 })
  .map((units) => String.fromCharCode(...units));

describe('clip', () => {
  it('keeps a beginning that fits, without NUL and without half a character', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 300 }), (whole, max) => {
        const kept = clip(whole, max);
        const clean = whole.replaceAll('\0', '');
        expect(clean.startsWith(kept)).toBe(true);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(max);
        expect(Buffer.from(kept).toString()).toBe(kept);
        const next = [...clean.slice(kept.length)][0];
        if (next !== undefined) expect(Buffer.byteLength(kept + next), 'the longest').toBeGreaterThan(max);
      }),
    );
  });

  it('leaves out a character that does not fit whole', () => {
    expect(clip('aä', 2)).toBe('a');
    expect(clip('a😀', 4)).toBe('a');
    expect(clip('a😀', 5)).toBe('a😀');
  });
});

describe('a call on the link', () => {
  it('is the golden frame’s call: state, mode, features, parties in TAPI’s numbers', () => {
    expect(callMessage(call)).toMatchObject({
      kind: 'call',
      call: 17,
      state: 2,
      mode: 1,
      features: 132,
      origin: 4,
      reason: 1,
      relatedCall: 0,
      caller: { flags: 12, number: '0049991', name: 'Öz' },
      called: { flags: 8, number: '370', name: '' },
      connected: { flags: 32, number: '', name: '' },
    });
  });

  it('offers only what the state allows, the PBX can and the shim exports', () => {
    const features = (status: Call['status'], can: readonly CallVerb[], protocol?: number): number =>
      callMessage({ ...call, status, can: new Set(can) }, protocol).features;
    const all: readonly CallVerb[] = ['accept', 'answer', 'drop', 'hold', 'redirect'];
    expect(features({ state: 'offering', mode: 'active' }, all)).toBe(0x2_0085);
    expect(features({ state: 'offering', mode: 'active' }, all, 1)).toBe(0x84);
    expect(features({ state: 'connected', mode: 'active' }, all)).toBe(0x880);
    expect(features({ state: 'connected', mode: 'active' }, all, 1)).toBe(0x80);
    expect(features({ state: 'idle' }, all)).toBe(0);
    expect(features({ state: 'offering', mode: 'active' }, ['answer'])).toBe(0x4);
  });

  it('names the call it belongs to', () => {
    expect(callMessage({ ...call, related: 18 }).relatedCall).toBe(18);
  });

  it.each<[Party, { flags: number; number: string; name: string }]>([
    [
      { number: '', name: 'Ada' },
      { flags: 4, number: '', name: 'Ada' },
    ],
    [nobody, { flags: 0x20, number: '', name: '' }],
    [
      { number: '0991', name: 'Ada', withheld: true },
      { flags: 1, number: '', name: '' },
    ],
    [
      { number: '\0', name: '\0' },
      { flags: 0x20, number: '', name: '' },
    ],
  ])('party %o', (caller, expected) => {
    expect(callMessage({ ...call, caller }).caller).toEqual(expected);
  });

  it('fits into a frame whatever the PBX says', () => {
    fc.assert(
      fc.property(text, text, (number, name) => {
        const message = callMessage({ ...call, caller: { number, name }, redirection: { number, name } });
        const frame = encodeFrame(message);
        const body = frame.subarray(9);
        expect(decodeFrame({ type: frame.readUInt8(4), request: 0, body })).toEqual(message);
      }),
    );
  });
});

describe('a line on the link', () => {
  it('tells what can be done with it', () => {
    expect(lineMessage(line)).toMatchObject({
      name: 'Käthe (370)',
      address: '370',
      switchName: 'pbx',
      inService: true,
      lineFeatures: 8,
      addressFeatures: 0x2 | 0x4 | 0x400,
      callFeatures: 0x84,
      maxActiveCalls: 4,
    });
  });

  it('tells what the PBX can do with its calls', () => {
    const able = { ...line, verbs: new Set(['drop', 'hold', 'setupTransfer']), canPickupGroup: true };
    expect(lineMessage(able)).toMatchObject({ callFeatures: 0x200_0880, addressFeatures: 0x606 });
    expect(lineMessage(able, 1)).toMatchObject({ callFeatures: 0x80, addressFeatures: 0x406 });
  });

  it('out of service nothing can be done', () => {
    expect(lineMessage({ ...line, inService: false })).toMatchObject({
      inService: false,
      lineFeatures: 0,
      addressFeatures: 0,
    });
  });

  it('offers what the phone can', () => {
    expect(lineMessage({ ...line, canDial: false })).toMatchObject({
      lineFeatures: 0,
      addressFeatures: 0x404,
    });
    expect(lineMessage({ ...line, canPickup: false })).toMatchObject({ lineFeatures: 8, addressFeatures: 2 });
    const groupOnly = { ...line, canPickup: false, canPickupGroup: true };
    expect(lineMessage(groupOnly)).toMatchObject({ addressFeatures: 0x2 | 0x4 | 0x200 });
  });

  it('keeps its id and GUID whatever changes but its key', () => {
    const { line: id, guid } = lineMessage(line);
    expect(lineMessage({ ...line, name: 'K', extension: '9', pbx: 'x', inService: false })).toMatchObject({
      line: id,
      guid,
    });
    expect(lineMessage({ ...line, key: 'acme/bob' }).line).not.toBe(id);
  });

  it('fits into a frame whatever the PBX says', () => {
    fc.assert(
      fc.property(text, broken, broken, (name, extension, pbx) => {
        encodeFrame(lineMessage({ ...line, name, extension, pbx }));
      }),
    );
  });
});
