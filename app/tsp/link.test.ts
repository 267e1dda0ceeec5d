import { beforeEach, describe, expect, it } from 'vitest';
import { WIRE_PROTOCOL } from '../../contract/generated/shim.ts';
import { type Call, nobody } from '../calls/call.ts';
import { type Line, lineId } from '../lines/line.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { settled } from '../testing/scripted-pbx.ts';
import { ScriptedCommands } from '../testing/shim-commands.ts';
import { hello, ShimPeer } from '../testing/shim-peer.ts';
import type { Endpoint, EndpointListener } from './endpoint.ts';
import { MAX_SHIMS } from './limits.ts';
import { ShimLink } from './link.ts';

const line = (user: string): Line => ({
  key: `acme/${user}`,
  account: 'acme',
  user,
  name: user,
  extension: '370',
  pbx: 'pbx',
  inService: true,
  canDial: true,
  canPickup: true,
});

const call = (id: number, state: 'offering' | 'idle'): Call => ({
  id,
  line: 'acme/anna',
  direction: 'inbound',
  origin: 'external',
  reason: 'direct',
  status: state === 'idle' ? { state } : { state, mode: 'active' },
  answered: false,
  can: new Set(['drop']),
  since: 0,
  caller: nobody,
  called: nobody,
  connected: nobody,
  redirecting: nobody,
  redirection: nobody,
});

/** An endpoint in memory. Like a listening socket, it is not closed before its last connection. */
class MemoryEndpoint implements Endpoint {
  readonly name = 'memory';
  #listener: EndpointListener | undefined;
  #open: Promise<void>[] = [];

  async listen(listener: EndpointListener): Promise<void> {
    this.#listener = listener;
  }

  refuse(peer: string, reason: string): void {
    this.#listener?.refused(peer, reason);
  }

  async close(): Promise<void> {
    this.#listener = undefined;
    await Promise.all(this.#open);
  }

  connect(): ShimPeer {
    const { stream, peer } = ShimPeer.pair();
    this.#open.push(new Promise((resolve) => void stream.once('close', resolve)));
    this.#listener?.connected({ stream, peer: `process ${this.#open.length}` });
    return peer;
  }
}

let endpoint: MemoryEndpoint;
let commands: ScriptedCommands;
let link: ShimLink;
let told: string[];

beforeEach(async () => {
  endpoint = new MemoryEndpoint();
  commands = new ScriptedCommands();
  told = [];
  link = new ShimLink(
    endpoint,
    commands,
    {
      connected: ({ version }, peer) => void told.push(`connected ${version}, ${peer}`),
      received: ({ kind }) => void told.push(`received ${kind}`),
      sent: ({ kind }) => void told.push(`sent ${kind}`),
      report: ({ what }) => void told.push(`report ${what}`),
      lost: (reason, wasReady) => void told.push(`lost ${wasReady ? 'ready' : 'unready'}: ${reason}`),
    },
    new FakeClock(),
    '0.1.0',
  );
  await link.open();
});

async function connected(): Promise<ShimPeer> {
  const peer = endpoint.connect();
  await peer.send(hello);
  return peer;
}

describe('a shim that connects', () => {
  it('gets welcome, every line, every call, and synced', async () => {
    link.publishLine(line('anna'));
    link.publishLine(line('bob'));
    link.publishCall(call(1, 'offering'));
    const peer = await connected();
    expect(peer.kinds).toEqual(['welcome', 'line', 'line', 'call', 'synced']);
    expect(peer.received[0]?.message).toEqual({ kind: 'welcome', protocol: 1, version: '0.1.0' });
    expect(told).toEqual(['connected 0.1.0, process 1']);
  });

  it('gets nothing before its hello', async () => {
    const peer = endpoint.connect();
    link.publishLine(line('anna'));
    await settled();
    expect(peer.received).toEqual([]);
    await peer.send(hello);
    expect(peer.kinds).toEqual(['welcome', 'line', 'synced']);
  });

  it('and speaks a newer protocol is welcomed in ours', async () => {
    const peer = endpoint.connect();
    await peer.send({ ...hello, protocolMax: 9 });
    expect(peer.received[0]?.message).toMatchObject({ protocol: WIRE_PROTOCOL });
  });

  it('and speaks only an older protocol is shown what it has functions for', async () => {
    const verbs = new Set(['answer', 'drop', 'hold'] as const);
    link.publishLine({ ...line('anna'), verbs, canPickupGroup: true });
    const connected = { state: 'connected', mode: 'active' } as const;
    link.publishCall({ ...call(1, 'offering'), status: connected, can: verbs });
    const peers = [endpoint.connect(), endpoint.connect()];
    const features = [
      [0x84, 0x80],
      [0x884, 0x880],
    ];
    for (const [at, peer] of peers.entries()) {
      await peer.send({ ...hello, protocolMax: at + 1 });
      link.publishLine({ ...line('anna'), verbs, canPickupGroup: true });
      const told = peer.received.map(({ message }) => message);
      expect(told[0]).toMatchObject({ kind: 'welcome', protocol: at + 1 });
      for (const message of told) {
        if (message?.kind === 'line') {
          expect(message.callFeatures).toBe(features[at]?.[0]);
          expect(message.addressFeatures & 0x200).toBe(at === 0 ? 0 : 0x200);
        }
        if (message?.kind === 'call') expect(message.features).toBe(features[at]?.[1]);
      }
      expect(peer.kinds).toEqual(['welcome', 'line', 'call', 'synced', 'line']);
    }
  });

  it('hears nothing of what is over: neither of an ended call nor of a removed line', async () => {
    link.publishLine(line('anna'));
    link.publishCall(call(1, 'offering'));
    link.publishCall(call(1, 'idle'));
    link.removeLine('acme/anna');
    expect((await connected()).kinds).toEqual(['welcome', 'synced']);
  });
});

describe('what is published', () => {
  it('reaches every shim, in order and once', async () => {
    const peers = [await connected(), await connected()];
    link.publishLine(line('anna'));
    link.publishCall(call(1, 'offering'));
    link.publishCall(call(1, 'idle'));
    link.removeLine('acme/anna');
    link.removeLine('acme/anna');
    await settled();
    await settled();
    for (const peer of peers) {
      expect(peer.kinds).toEqual(['welcome', 'synced', 'line', 'call', 'call', 'lineGone']);
      expect(peer.received.at(-1)?.message).toEqual({ kind: 'lineGone', line: lineId('acme/anna') });
    }
    expect(told.slice(2)).toEqual(['sent line', 'sent call', 'sent call']);
  });

  it('reaches the other shims when one is gone', async () => {
    const [first, second] = [await connected(), await connected()];
    await first.hangUp();
    link.publishCall(call(1, 'offering'));
    await settled();
    await settled();
    expect(second.kinds).toEqual(['welcome', 'synced', 'call']);
    expect(told).toContain('lost ready: the shim is gone');
  });

  it('is not said to be sent when nobody is there', () => {
    link.publishLine(line('anna'));
    expect(told).toEqual([]);
  });
});

describe('an answer', () => {
  it('comes before the first snapshot of its call', async () => {
    const peer = await connected();
    await peer.send({ kind: 'makeCall', line: 1, target: '832' }, 5);
    commands.reply('makeCall 1 832', { ok: true, call: 7 });
    link.publishCall(call(7, 'offering'));
    await settled();
    await settled();
    expect(peer.kinds.slice(2)).toEqual(['result', 'call']);
  });

  it('goes only to the shim that asked', async () => {
    const [first, second] = [await connected(), await connected()];
    await first.send({ kind: 'command', call: 1, verb: 'drop' }, 5);
    commands.reply('drop 1', { ok: true, call: 1 });
    await settled();
    await settled();
    expect(first.kinds).toContain('result');
    expect(second.kinds).not.toContain('result');
  });
});

describe('too much', () => {
  it('one shim more than may be is turned away, and comes in when another has gone', async () => {
    const peers: ShimPeer[] = [];
    for (let n = 0; n < MAX_SHIMS; n += 1) peers.push(await connected());
    const late = endpoint.connect();
    await settled();
    await settled();
    expect(late.closed).toBe(true);
    expect(told.at(-1)).toBe(`lost unready: more than ${MAX_SHIMS} shims at once`);
    await peers[0]?.hangUp();
    expect((await connected()).kinds).toEqual(['welcome', 'synced']);
  });

  it('a shim that does not read its snapshot is cut off, and said to be lost as one that was ready', async () => {
    const long = { number: '0'.repeat(128), name: 'x'.repeat(256) };
    const full = { caller: long, called: long, connected: long, redirecting: long, redirection: long };
    for (let n = 1; n <= 4_000; n += 1) link.publishCall({ ...call(n, 'offering'), ...full });
    const peer = endpoint.connect();
    peer.stall();
    await peer.send(hello);
    expect(told).toEqual(['connected 0.1.0, process 1', 'lost ready: the shim does not read']);
    told = [];
    link.publishCall(call(4_001, 'offering'));
    expect(told, 'nobody is there').toEqual([]);
  });
});

describe('who may not connect', () => {
  it('is told in the diagnostics, and is no shim', () => {
    endpoint.refuse('process 4711', 'it is not the telephony service');
    expect(told).toEqual(['lost unready: process 4711 was turned away: it is not the telephony service']);
  });
});

describe('the end', () => {
  it('lets the last states leave first: programs must see IDLE', async () => {
    const peer = await connected();
    link.publishCall(call(7, 'offering'));
    link.publishCall(call(7, 'idle'));
    await link.close();
    await settled();
    expect(peer.kinds.slice(-2)).toEqual(['call', 'call']);
    expect(peer.received.at(-1)?.message).toMatchObject({ kind: 'call', call: 7, state: 0x1 });
  });

  it('closes every link, and waits for none of them', async () => {
    const peers = [await connected(), endpoint.connect()];
    await link.close();
    await settled();
    await settled();
    expect(peers.map(({ closed }) => closed)).toEqual([true, true]);
    expect(told.slice(1)).toEqual(['lost ready: the companion ends', 'lost unready: the companion ends']);
  });
});
