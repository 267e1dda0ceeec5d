import { beforeEach, describe, expect, it } from 'vitest';
import type { LineMessage } from '../../contract/generated/shim.ts';
import golden from '../../contract/shim.golden.json' with { type: 'json' };
import { encodeFrame } from '../../contract/shim-frame.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedCommands } from '../testing/shim-commands.ts';
import { hello, ShimPeer } from '../testing/shim-peer.ts';
import { HELLO_TIMEOUT_MS, MAX_UNREAD_BYTES } from './limits.ts';
import { ShimSession, type ShimSessionEvents } from './shim-session.ts';

/** The bytes of a golden frame, written by hand from the protocol page. */
const frame = (name: string): string => {
  const found = golden.accept.find((one) => one.name === name);
  if (!found) throw new Error(`no golden frame: ${name}`);
  return found.hex;
};

let clock: FakeClock;
let commands: ScriptedCommands;
let peer: ShimPeer;
let session: ShimSession;
/** What the session told its owner. */
let told: string[];

const events: ShimSessionEvents = {
  ready: ({ version, architecture }) => void told.push(`ready ${version} ${architecture}`),
  report: ({ what, call, message }) => void told.push(`report ${what} ${call} ${message}`),
  received: ({ kind }) => void told.push(`received ${kind}`),
  closed: (reason) => void told.push(`closed: ${reason}`),
};

beforeEach(() => {
  clock = new FakeClock();
  commands = new ScriptedCommands();
  told = [];
  const pair = ShimPeer.pair();
  peer = pair.peer;
  session = new ShimSession({ stream: pair.stream, peer: 'test' }, commands, events, clock);
});

/** The session after hello; what it told so far is forgotten. */
async function ready(): Promise<void> {
  await peer.send(hello);
  told = [];
}

/** A line, for its bytes. */
const long: LineMessage = {
  kind: 'line',
  line: 1,
  guid: new Uint8Array(16),
  name: '',
  address: '',
  switchName: '',
  inService: true,
  lineFeatures: 0,
  addressFeatures: 0,
  callFeatures: 0,
  maxActiveCalls: 1,
};

const closings = (): string[] => told.filter((line) => line.startsWith('closed'));

describe('the hello', () => {
  it('makes the session ready, in one piece or byte by byte', async () => {
    for (const byte of Buffer.from(frame('an x64 shim says hello').replaceAll(' ', ''), 'hex'))
      await peer.write(Buffer.of(byte));
    expect(told).toEqual(['ready 0.1.0 x64']);
    expect(peer.closed).toBe(false);
  });

  it('that does not come in time closes the link', async () => {
    clock.advance(HELLO_TIMEOUT_MS - 1);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['closed: it did not say hello in time']);
  });

  it('in time leaves no timer behind', async () => {
    await peer.send(hello);
    expect(clock.waiting).toBe(0);
  });

  it.each([
    [3, 4],
    [0, 0],
    [5, 1],
  ])('of a shim that speaks protocol %i to %i is refused', async (protocolMin, protocolMax) => {
    await peer.send({ ...hello, protocolMin, protocolMax });
    expect(told).toEqual([`closed: it speaks protocol ${protocolMin} to ${protocolMax} only`]);
    expect(peer.closed).toBe(true);
  });

  it('of a newer shim that still speaks ours is taken', async () => {
    await peer.send({ ...hello, protocolMax: 9 });
    expect(told).toEqual(['ready 0.1.0 x64']);
  });

  it('must come first', async () => {
    await peer.sendHex(frame('request 5 dials +4930123'));
    expect(told).toEqual(['closed: its first frame was no hello']);
    expect(commands.asked).toEqual([]);
  });

  it('comes once', async () => {
    await ready();
    await peer.send(hello);
    expect(closings()).toHaveLength(1);
  });

  it('may not be of a type this release does not know', async () => {
    await peer.sendHex('00000000 3f 00000000');
    expect(closings()).toEqual(['closed: its first frame was no hello']);
  });
});

describe('a broken link', () => {
  it.each(golden.refuse)('$name closes it', async ({ hex }) => {
    await ready();
    await peer.sendHex(hex);
    expect(closings()).toHaveLength(1);
    expect(closings()[0]).toContain('a frame was malformed');
    expect(commands.asked).toEqual([]);
  });

  it('garbage closes it, and what follows is not read', async () => {
    await ready();
    await peer.write(Buffer.concat([Buffer.alloc(64, 0xff), encodeFrame(hello)]));
    expect(told).toHaveLength(1);
  });

  it.each(['the companion welcomes it', 'the first snapshot is complete', 'a call is offered'])(
    'what only a companion sends closes it: %s',
    async (name) => {
      await ready();
      await peer.sendHex(frame(name));
      expect(closings()[0]).toContain('out of turn');
    },
  );

  it('a shim that hangs up is told of once', async () => {
    await ready();
    await peer.hangUp();
    session.close('again');
    expect(closings()).toEqual(['closed: the shim is gone']);
  });

  it('an answer that comes after the end goes nowhere', async () => {
    await ready();
    await peer.sendHex(frame('request 5 dials +4930123'));
    session.close('test');
    commands.reply('makeCall 305441741 +4930123', { ok: true, call: 17 });
    session.send({ kind: 'synced' });
    expect(peer.kinds).toEqual([]);
  });

  it('a shim that does not read is cut off once it is too far behind', async () => {
    await ready();
    peer.stall();
    const name = 'x'.repeat(256);
    const line = { ...long, name, switchName: name, address: name.slice(128) };
    const frames = Math.ceil(MAX_UNREAD_BYTES / encodeFrame(line).length);
    for (let sent = 0; sent < frames / 2; sent += 1) session.send(line);
    expect(closings()).toEqual([]);
    for (let sent = 0; sent < frames; sent += 1) session.send(line);
    expect(closings()).toEqual(['closed: the shim does not read']);
  });
});

describe('a request', () => {
  it('is answered once, with the golden result', async () => {
    await ready();
    await peer.sendHex(frame('request 5 dials +4930123'));
    expect(commands.asked).toEqual(['makeCall 305441741 +4930123']);
    expect(peer.received).toEqual([]);
    commands.reply('makeCall 305441741 +4930123', { ok: true, call: 17 });
    await peer.write(Buffer.alloc(0));
    expect(peer.received).toEqual([{ message: { kind: 'result', status: 0, call: 17 }, request: 5 }]);
  });

  it('that fails carries TAPI’s error', async () => {
    await ready();
    await peer.sendHex(frame('request 6 picks up what rings at 832'));
    commands.reply('pickup 1 832', { ok: false, error: 'operationFailed' });
    await peer.write(Buffer.alloc(0));
    expect(peer.received).toEqual([
      { message: { kind: 'result', status: 0x8000_0048, call: 0 }, request: 6 },
    ]);
  });

  it('about a call carries the highest id back', async () => {
    await ready();
    await peer.sendHex(frame('the highest request id drops call 17'));
    commands.reply('drop 17', { ok: true, call: 17 });
    await peer.write(Buffer.alloc(0));
    expect(peer.received.map(({ request }) => request)).toEqual([0x7fff_ffff]);
  });

  it.each([
    ['makeCall', { kind: 'makeCall', line: 1, target: '832' }],
    ['pickup', { kind: 'pickup', line: 1, target: '832' }],
    ['command', { kind: 'command', call: 1, verb: 'drop' }],
    ['commandNumber', { kind: 'commandNumber', call: 1, verb: 'redirect', target: '840' }],
    ['commandPair', { kind: 'commandPair', call: 1, verb: 'swapHold', other: 2 }],
    ['makeCallPart', { kind: 'makeCallPart', line: 1, target: '' }],
    ['pickupGroup', { kind: 'pickupGroup', line: 1, group: '' }],
    ['setupTransfer', { kind: 'setupTransfer', call: 1, target: '' }],
    ['generateDigits', { kind: 'generateDigits', call: 1, digits: '1', duration: 100 }],
  ] as const)('%s without an id breaks the protocol: nobody could be answered', async (_, message) => {
    await ready();
    await peer.send(message, 0);
    expect(commands.asked).toEqual([]);
    expect(closings()).toHaveLength(1);
  });

  it.each([
    ['call 17 is held', 'hold 17'],
    ['call 17 goes to 840', 'redirect 17 840'],
    ['call 17 is joined with call 18', 'completeTransfer 17 18'],
    ['a dial tone on line 1', 'makeCallPart 1 '],
    ['what rings in the own group comes to line 1', 'pickupGroup 1 '],
    ['a consultation with 832 beside call 17', 'setupTransfer 17 832'],
    ['1 and # for call 17, 100 ms each', 'generateDigits 17 1# 100'],
  ])('of protocol 2 reaches its command and gets its answer: %s', async (name, asked) => {
    await ready();
    await peer.sendHex(frame(`protocol 2: ${name}`));
    expect(commands.asked).toEqual([asked]);
    commands.reply(asked, { ok: true, call: 18 });
    await peer.write(Buffer.alloc(0));
    expect(peer.received.map(({ message }) => message)).toEqual([{ kind: 'result', status: 0, call: 18 }]);
  });

  it.each([
    ['a dial tone on line 1', 'makeCallPart 1 ', 13],
    ['what rings in the own group comes to line 1', 'pickupGroup 1 ', 14],
    ['a consultation with 832 beside call 17', 'setupTransfer 17 832', 15],
    ['1 and # for call 17, 100 ms each', 'generateDigits 17 1# 100', 16],
  ])('for something new can be given up: %s', async (name, asked, pending) => {
    await ready();
    await peer.sendHex(frame(`protocol 2: ${name}`));
    await peer.send({ kind: 'cancel', pending });
    expect(commands.cancelled).toEqual([asked]);
  });

  it('that this release does not know is answered all the same; without an id it is left alone', async () => {
    await ready();
    await peer.sendHex('02000000 3f 09000000 ffff');
    await peer.sendHex('02000000 3f 00000000 ffff');
    expect(peer.received).toEqual([
      { message: { kind: 'result', status: 0x8000_0049, call: 0 }, request: 9 },
    ]);
    expect(peer.closed).toBe(false);
  });

  it('can be cancelled until it is answered', async () => {
    await ready();
    await peer.sendHex(frame('request 5 dials +4930123'));
    await peer.sendHex(frame('request 5 is given up'));
    await peer.sendHex(frame('request 5 is given up'));
    expect(commands.cancelled).toEqual(['makeCall 305441741 +4930123']);
    await peer.sendHex(frame('request 6 picks up what rings at 832'));
    commands.reply('pickup 1 832', { ok: true, call: 3 });
    await peer.send({ kind: 'cancel', pending: 6 });
    expect(commands.cancelled).toHaveLength(1);
    expect(peer.closed).toBe(false);
  });
});

describe('what asks for nothing', () => {
  it('is told to the owner', async () => {
    await ready();
    for (const name of [
      'a line is opened with TSPI 3.1',
      'a line is closed',
      'LINE_CALLSTATE CONNECTED was delivered',
      'protocol 2: a line of the trace',
    ])
      await peer.sendHex(frame(name));
    expect(told).toEqual([
      'received lineOpened',
      'received lineClosed',
      'report event 17 2',
      'received trace',
    ]);
  });
});
