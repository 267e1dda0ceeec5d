import { setTimeout as sleep } from 'node:timers/promises';
import xml from '@xmpp/xml/index.js';
import { describe, expect, it, vi } from 'vitest';
import type { SilentStage } from '../../simulator/mobydick/faults.ts';
import { ANNA } from '../mobydick/signed-in.ts';
import { shows } from './defects.ts';
import { type LossyNetwork, startNetwork } from './network.ts';
import { atEnd, oursOnline, pbx, QUICK, stock, stockOnline, withRig } from './rig.ts';
import { command, soon } from './stock.ts';

withRig();

/** The library's time limit for its own steps, so that what takes it seconds takes a test a moment. */
const SHORT = { timeout: 300 };
const MANAGED = { xmpp: { streamManagement: true } } as const;
const CLIENT_INFO = command('xmppuser', xml('ClientInfo'));
/** 5 ms each: for a sign-in on a slow machine. */
const LOOKS = 1_500;
const dial = (target: string) => command('base', xml('Dial', { target, prefix: 'auto' }));

async function network(target: number): Promise<LossyNetwork> {
  const made = await startNetwork(target);
  atEnd(made.close);
  return made;
}

describe('packets that are lost for a while, with stream management', () => {
  it('stock: the old connection tears down the new one, and so on (U1, 993)', async () => {
    const simulator = await pbx({ xmpp: { ...QUICK.xmpp, ...MANAGED.xmpp } });
    const between = await network(simulator.port);
    const { xmpp, arrivals, losses } = await stockOnline(simulator, ANNA, { port: between.port });
    expect(await soon(() => xmpp.streamManagement.enabled)).toBe(true);
    Object.assign(xmpp, SHORT);
    Object.assign(xmpp.streamManagement, { timeout: 100, requestAckInterval: 50 });
    between.stall();
    await xmpp.send(xml('presence'));
    expect(await soon(() => arrivals() > 1)).toBe(true);
    Object.assign(xmpp.streamManagement, { timeout: 60_000, requestAckInterval: 30_000 });
    between.drop();
    // One loss is the packets' own. Nothing disturbs the network any more.
    shows('U1, the old connection tears down the new one', await soon(() => losses() > 5));
  });

  it('ours: comes back once, and stays', async () => {
    const simulator = await pbx(MANAGED);
    const between = await network(simulator.port);
    const told = await oursOnline(simulator, ANNA, { port: between.port }, { quiet: 100, ping: 1_500 });
    between.stall();
    await told.untilState('online', 2);
    between.drop();
    // Longer than its pause between attempts and than it needs to notice a dead peer.
    await sleep(1_000);
    expect(told.states().filter(({ state }) => state === 'waiting')).toHaveLength(1);
    expect(told.states().at(-1)).toMatchObject({ state: 'online' });
    expect(simulator.sessions().filter(({ connected }) => connected)).toHaveLength(1);
  });
});

describe('a server that takes the connection and then says nothing', () => {
  const STAGES: readonly SilentStage[] = ['header', 'features', 'proceed', 'auth', 'bind'];

  it.each(STAGES)('stock: hangs at %s, also when the server is well again (U2)', async (stage) => {
    const simulator = await pbx(QUICK);
    const { xmpp, arrivals, losses } = await stockOnline(simulator);
    Object.assign(xmpp, SHORT);
    simulator.faults.goSilent(stage);
    simulator.faults.cut();
    expect(await soon(() => simulator.faults.silenced === 1)).toBe(true);
    simulator.faults.clear();
    // Several times its time limit and its pause between attempts. The first loss was the cut.
    const gaveUp = await soon(() => losses() > 1 || arrivals() > 1, 1_500);
    shows('U2, a silent server hangs the client for ever', !gaveUp);
    expect(xmpp.status).not.toBe('online');
  });

  it.each(STAGES)('ours: gives up at %s, and is back when the server is', async (stage) => {
    const simulator = await pbx();
    const told = await oursOnline(simulator, ANNA, {}, { attempt: 800 });
    simulator.faults.goSilent(stage);
    simulator.faults.cut();
    await expect.poll(() => simulator.faults.silenced, { timeout: 4_000 }).toBeGreaterThan(1);
    simulator.faults.clear();
    await told.untilState('online', 2);
  });
});

describe('a Dial whose answer never came', () => {
  it('stock: is sent again on resumption, after its failure was told (U6)', async () => {
    const simulator = await pbx({ xmpp: { ...QUICK.xmpp, ...MANAGED.xmpp } });
    const between = await network(simulator.port);
    const { xmpp, arrivals } = await stockOnline(simulator, ANNA, { port: between.port });
    expect(await soon(() => xmpp.streamManagement.enabled)).toBe(true);
    await xmpp.iqCaller.get(CLIENT_INFO);
    between.stall();
    await expect(xmpp.iqCaller.get(dial('0897777'), undefined, 100)).rejects.toThrow();
    expect(simulator.exchange.channels()).toEqual([]);
    between.drop();
    const rings = await soon(() => simulator.exchange.channels('anna').length > 0);
    shows('U6, a request is sent again on resumption', rings && arrivals() > 0);
  });

  it('ours: is not sent again, and the session is resumed', async () => {
    const simulator = await pbx(MANAGED);
    const between = await network(simulator.port);
    const told = await oursOnline(simulator, ANNA, { port: between.port }, { command: 100 });
    between.stall();
    expect(await told.pbx.dial('Anna', '0897777', 1)).toMatchObject({ ok: false, code: 'unanswered' });
    between.drop();
    expect(await told.untilState('online', 2)).toMatchObject({ resumed: true });
    // What a client sends again goes out before this, on the same connection.
    expect(await told.pbx.hangup('Anna', 'SIP/nobody-1')).toMatchObject({ ok: false, code: 'refused' });
    expect(simulator.exchange.channels()).toEqual([]);
  });
});

describe('a peer that dies without a word, without stream management', () => {
  it('stock: has no timer that could notice', async () => {
    const simulator = await pbx(QUICK);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    try {
      const { arrivals } = stock(simulator);
      const idle = () => arrivals() > 0 && vi.getTimerCount() === 0;
      // Each look lets a moment pass: the sign-in itself has timers.
      for (let look = 0; look < LOOKS && !idle(); look++) {
        await sleep(5);
        vi.advanceTimersByTime(1);
      }
      expect(arrivals()).toBe(1);
      shows('a dead peer is never noticed', idle());
    } finally {
      vi.useRealTimers();
    }
  });

  it('ours: notices (TAPI-19)', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator, ANNA, {}, { quiet: 60, ping: 60 });
    simulator.faults.goSilent('online');
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage: 'online' } });
  });
});

describe('a request under way when the connection is cut', () => {
  it('stock: waits on, for half a minute', async () => {
    const simulator = await pbx(QUICK);
    const { xmpp, losses } = await stockOnline(simulator);
    simulator.faults.goSilent('online');
    let settled = false;
    const note = () => {
      settled = true;
    };
    xmpp.iqCaller.get(CLIENT_INFO, undefined, 5_000).then(note, note);
    simulator.faults.cut();
    expect(await soon(() => losses() > 0)).toBe(true);
    shows('a request outlives its connection', !(await soon(() => settled, 500)));
  });

  it('ours: fails at once', async () => {
    const simulator = await pbx();
    const { pbx: adapter } = await oursOnline(simulator, ANNA, {}, { command: 60_000 });
    simulator.faults.goSilent('online');
    const pending = adapter.dial('Anna', '0897777', 1);
    simulator.faults.cut();
    expect(await pending).toMatchObject({ ok: false, code: 'unanswered' });
  });
});

describe('a command while there is no session', () => {
  it('stock: fails with an error about null (866)', async () => {
    const simulator = await pbx(QUICK);
    const { xmpp, losses } = await stockOnline(simulator);
    xmpp.reconnect.delay = 60_000;
    simulator.faults.cut();
    expect(await soon(() => losses() > 0)).toBe(true);
    const failure = await xmpp.send(xml('presence')).catch((error: unknown) => error);
    shows(
      'sending while offline fails obscurely',
      failure instanceof TypeError && /null/.test(failure.message),
    );
  });

  it('ours: says that nothing was sent', async () => {
    const simulator = await pbx();
    const { pbx: adapter } = await oursOnline(simulator, ANNA);
    await adapter.stop();
    expect(await adapter.dial('Anna', '0897777', 1)).toMatchObject({ ok: false, code: 'offline' });
  });
});

describe('a server that is away', () => {
  it('stock: is tried at the same pace for ever (1111)', async () => {
    const simulator = await pbx(QUICK);
    const { xmpp, losses } = await stockOnline(simulator);
    await simulator.close();
    const { delay } = xmpp.reconnect;
    expect(await soon(() => losses() > 6)).toBe(true);
    shows('the pause between attempts does not grow', xmpp.reconnect.delay === delay);
  });

  it('ours: is tried at a pause that grows', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator, ANNA, {}, { backOffFirst: 20, backOffLongest: 400 });
    await simulator.close();
    const delays = () =>
      told.states().flatMap((session) => (session.state === 'waiting' ? [session.delay] : []));
    await expect.poll(() => delays().length, { timeout: 4_000 }).toBeGreaterThan(4);
    const [first = 0, , , , fifth = 0] = delays();
    expect(fifth).toBeGreaterThan(4 * first);
  });
});

describe('another program with the same resource', () => {
  it('stock: two of them throw each other out for ever', async () => {
    const simulator = await pbx(QUICK);
    const first = await stockOnline(simulator);
    const second = await stockOnline(simulator);
    for (const { xmpp } of [first, second]) Object.assign(xmpp, SHORT);
    // Each has come back and was thrown out by the other.
    const fight = await soon(() => first.arrivals() > 2 && second.arrivals() > 2);
    shows('two clients fight over a resource', fight);
  });

  it('ours: leaves the field', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator, ANNA, {}, { afterConflict: 60_000 });
    const other = await oursOnline(simulator, ANNA);
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'replaced' } });
    expect(other.states().at(-1)).toMatchObject({ state: 'online' });
  });
});
