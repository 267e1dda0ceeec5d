import { describe, expect } from 'vitest';
import { callOf } from './fake-companion.ts';
import { test } from './scene.ts';
import {
  CONNECTED,
  DISCONNECTED,
  IDLE,
  INVALCALLHANDLE,
  INVALCALLSTATE,
  OFFERING,
  ONHOLD,
} from './tapi-values.ts';

describe('incoming calls', () => {
  test('are answered and dropped by TAPI', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    await host.state('OFFERING');
    expect(await host.run('callinfo last')).toMatchObject({
      callId: 1,
      origin: 4,
      callerNumber: '0405551234',
      callerName: 'Grüße AG',
      calledNumber: '831',
    });
    await host.run('answer 11 last');
    const answered = await companion.next('command');
    expect(answered.message).toEqual({ kind: 'command', call: 1, verb: 'answer' });
    companion.answer(answered.request);
    await host.next('completion', { request: 11, result: '0x0' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(await host.run('callstatus last')).toMatchObject({
      state: 'CONNECTED',
      mode: '0x1',
      features: '0x2080',
    });
    await host.run('drop 12 last');
    const dropped = await companion.next('command');
    expect(dropped.message).toEqual({ kind: 'command', call: 1, verb: 'drop' });
    companion.answer(dropped.request);
    await host.next('completion', { request: 12, result: '0x0' });
    companion.say(callOf(1, DISCONNECTED, { mode: 1, features: 0 }));
    companion.say(callOf(1, IDLE, { features: 0 }));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE']);
    expect(await host.run('callstatus c1')).toMatchObject({ state: 'IDLE' });
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(await host.run('callstatus c1')).toMatchObject({ result: INVALCALLHANDLE });
    await scene.expectCleanEnd();
  });

  test('ring the line and count on the address', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    const ringing = await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 2 });
    expect(ringing).toMatchObject({ p2: 1, p3: 0 });
    expect(await host.run('addressstatus')).toMatchObject({ inUse: 1, activeCalls: 1 });
    companion.say(callOf(1, DISCONNECTED, { mode: 8 }));
    companion.say(callOf(1, IDLE));
    await host.next('event', { message: 'LINE_ADDRESSSTATE', p2: 0x24 });
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'DISCONNECTED', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('are offered again after a refusal when the line is opened again', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('refuse on');
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.next('refused', { callId: 1 });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.run('refuse off');
    await host.run('close');
    expect((await companion.next('lineClosed')).message.line).toBe(831);
    await host.run('open first');
    await host.state('CONNECTED');
    expect(host.statesOf('c1')).toEqual(['CONNECTED']);
    await scene.expectCleanEnd();
  });

  test('refused and over are not offered again', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('refuse on');
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.next('refused', { callId: 1 });
    companion.say(callOf(1, IDLE));
    await host.run('refuse off');
    await host.run('close');
    await host.run('open first');
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    expect(await host.run('callinfo last')).toMatchObject({ callId: 2 });
    expect(host.lines.all.filter((line) => line['message'] === 'LINE_NEWCALL')).toHaveLength(2);
    await scene.expectCleanEnd();
  });

  test('go on at the PBX when TAPI closes its handle', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(host.statesOf('c1')).toEqual(['OFFERING']);
    expect(companion.received.all.some(({ message }) => message.kind === 'command')).toBe(false);
    await scene.expectCleanEnd();
  });

  test('report a state again only when its features changed', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x80 }));
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'OFFERING', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('stay over when a frame comes late', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    companion.say(callOf(1, IDLE));
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('cannot be answered twice', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(await host.run('answer 5 last')).toMatchObject({ result: INVALCALLSTATE });
    await scene.expectCleanEnd();
  });

  test('dropped while they ring are rejected', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    await host.state('OFFERING');
    await host.run('drop 5 last');
    const asked = await companion.next('command');
    expect(asked.message).toEqual({ kind: 'command', call: 1, verb: 'drop' });
    companion.answer(asked.request);
    await host.next('completion', { request: 5, result: '0x0' });
    companion.say(callOf(1, DISCONNECTED, { mode: 4, features: 0 }));
    companion.say(callOf(1, IDLE, { features: 0 }));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'DISCONNECTED', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('found when a line is opened are offered on a thread of the provider', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('close');
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    const opened = await host.run('open first');
    const offered = await host.next('event', { message: 'LINE_NEWCALL' });
    expect(offered.thread).not.toBe(opened.thread);
    await host.state('CONNECTED');
    await scene.expectCleanEnd();
  });

  test('tell who hides and who is unknown', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, caller: { flags: 1, number: '', name: '' } }));
    await host.state('OFFERING');
    const hidden = await host.run('callinfo c1');
    expect(hidden).toMatchObject({ callerFlags: '0x1', calledNumber: '831' });
    expect([hidden['callerNumber'], hidden['callerName']]).toEqual([undefined, undefined]);
    companion.say(callOf(2, OFFERING, { mode: 1, caller: { flags: 0x20, number: '', name: '' } }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(await host.run('callinfo c2')).toMatchObject({ callerFlags: '0x20' });
    await scene.expectCleanEnd();
  });

  test('show by whom and to whom they were forwarded', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const redirecting = { flags: 12, number: '840', name: 'Zentrale' };
    companion.say(callOf(1, OFFERING, { mode: 1, reason: 0x40, redirecting }));
    await host.state('OFFERING');
    expect(await host.run('callinfo c1')).toMatchObject({ reason: 0x40, redirectingName: 'Zentrale' });
    const redirection = { flags: 8, number: '850', name: '' };
    companion.say(callOf(1, OFFERING, { mode: 1, reason: 0x40, redirecting, redirection }));
    await host.next('event', { message: 'LINE_CALLINFO', p1: 0x40000 });
    expect(await host.run('callinfo c1')).toMatchObject({ redirectionNumber: '850' });
    await scene.expectCleanEnd();
  });

  test('the caller gives up are over within a second', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    companion.say(callOf(1, DISCONNECTED, { mode: 0x80000, features: 0 }));
    companion.say(callOf(1, IDLE, { features: 0 }));
    const disconnected = await host.state('DISCONNECTED');
    const idle = await host.state('IDLE');
    expect(idle.us - disconnected.us).toBeLessThan(1_000_000);
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'DISCONNECTED', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('tell when they came into their state', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const entered: number[] = [];
    for (const [state, mode] of [
      [OFFERING, 1],
      [CONNECTED, 1],
    ] as const) {
      companion.say(callOf(1, state, { mode }));
      const told = await host.next('event', { message: 'LINE_CALLSTATE', p1: state });
      const status = await host.run('callstatus c1');
      expect(status).toMatchObject({ state: told['state'], mode: '0x1' });
      const apart = Date.parse(String(status['entered'])) - Number(told['unixUs']) / 1000;
      expect(Math.abs(apart)).toBeLessThan(2000);
      await host.run('sleep 50');
      companion.say(callOf(1, state, { mode, features: 0x84 })); // no new state
      await host.next('event', { message: 'LINE_CALLSTATE', p1: state });
      expect((await host.run('callstatus c1'))['entered']).toBe(status['entered']);
      entered.push(Date.parse(String(status['entered'])));
    }
    expect(Number(entered[1]) - Number(entered[0])).toBeGreaterThanOrEqual(50);
    await scene.expectCleanEnd();
  });

  test('closed by TAPI are silent, whatever becomes of them', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    await host.run('closecall c1');
    const closed = host.lines.all.length;
    for (let turn = 0; turn < 50; turn += 1) {
      companion.say(callOf(1, CONNECTED, { mode: 1, features: turn }));
      companion.say(callOf(1, ONHOLD, { features: turn }));
    }
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    await host.run('sleep 500');
    const later = host.lines.all.slice(closed).filter((line) => line.kind === 'event');
    expect(later.filter((line) => line['name'] === 'c1')).toEqual([]);
    expect(later.filter((line) => line['message'] === 'LINE_NEWCALL')).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('of fifty at once are each told from first to last', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const ids = Array.from({ length: 50 }, (_, at) => at + 1);
    for (const id of ids) companion.say(callOf(id, OFFERING, { mode: 1 }));
    for (const id of ids) companion.say(callOf(id, IDLE));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c50', state: 'IDLE' });
    const infos = [];
    for (const id of ids) {
      expect(host.statesOf(`c${id}`)).toEqual(['OFFERING', 'IDLE']);
      infos.push((await host.run(`callinfo c${id}`))['callId']);
    }
    expect(new Set(infos).size).toBe(50);
    await scene.expectCleanEnd();
  });
});
