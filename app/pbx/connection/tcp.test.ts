import { type AddressInfo, createServer, connect as dial, type Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { connectTcp } from './tcp.ts';

const DEADLINE = 1_000;

let clock: FakeClock;
let stages: string[];
let abort: AbortController;
let socket: Socket;

beforeEach(() => {
  clock = fakeClock();
  stages = [];
  abort = new AbortController();
});

/** @param connect makes the socket; by default one that nothing becomes of */
const reach = (host: string, port = 1, connect = (): Socket => new Socket()) =>
  connectTcp(host, port, {
    clock,
    connect: () => {
      socket = connect();
      return socket;
    },
    deadline: DEADLINE,
    stage: (stage) => stages.push(stage),
    signal: abort.signal,
  });

describe('a port', () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer((peer) => peer.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('that listens is reached, by address and by name, with each stage told', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      stages = [];
      const reached = await reach(host, port, () => dial({ host, port }));
      expect(stages).toEqual(['connect', 'tls']);
      expect(clock.waiting()).toBe(0);
      reached.destroy();
    }
  });

  it('where nobody listens is told as unreachable', async () => {
    server.close();
    const reached = reach('127.0.0.1', port, () => dial({ host: '127.0.0.1', port }));
    await expect(reached).rejects.toMatchObject({ problem: { code: 'unreachable', stage: 'connect' } });
    await expect.poll(() => clock.waiting()).toBe(0);
  });
});

describe('a connection that does not come about', () => {
  const failing = async (fail: () => unknown, host = '192.0.2.1') => {
    const reached = reach(host).catch((error: unknown) => error);
    await fail();
    return reached;
  };

  it('ends at its deadline', async () => {
    expect(await failing(() => clock.pass(DEADLINE))).toMatchObject({
      problem: { code: 'unreachable', stage: 'connect', detail: expect.stringContaining('1000 ms') },
    });
    expect(socket.destroyed).toBe(true);
  });

  it('ends with the attempt it belongs to', async () => {
    expect(await failing(() => abort.abort())).toMatchObject({ problem: { code: 'unreachable' } });
    expect(socket.destroyed).toBe(true);
    expect(clock.waiting()).toBe(0);
    abort.abort();
    await expect(reach('192.0.2.1')).rejects.toMatchObject({ problem: { code: 'unreachable' } });
  });

  it('is told apart where nobody knows the name', async () => {
    const unknown = Object.assign(new Error('unknown'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
    const failed = await failing(() => {
      socket.emit('lookup', unknown);
      socket.destroy(unknown);
    }, 'pbx.invalid');
    expect(failed).toMatchObject({ problem: { code: 'hostUnknown', stage: 'resolve' } });
    expect(stages).toEqual([]);
  });
});
