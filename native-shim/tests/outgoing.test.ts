import { describe, expect } from 'vitest';
import { callOf } from './fake-companion.ts';
import { test } from './scene.ts';
import {
  BUSY,
  CONNECTED,
  DIALING,
  DIALTONE,
  DISCONNECTED,
  IDLE,
  NUMBERBLOCKED,
  OFFERING,
  OPERATIONFAILED,
  outgoing,
  PROCEEDING,
  RINGBACK,
} from './tapi-values.ts';

describe('outgoing calls', () => {
  test('report every state, each information before or after its state as TAPI wants it', async ({
    scene,
  }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await scene.makeCall(21, 7);
    for (const [state, mode] of [
      [DIALTONE, 0x10],
      [DIALING, 0],
      [PROCEEDING, 0],
      [RINGBACK, 0],
    ] as const) {
      companion.say(callOf(7, state, { ...outgoing, mode }));
    }
    const answered = { ...outgoing, connected: { flags: 12, number: '832', name: 'Eva' } };
    companion.say(callOf(7, CONNECTED, { ...answered, mode: 1 }));
    companion.say(callOf(7, DISCONNECTED, { ...answered, mode: 1 }));
    companion.say(callOf(7, IDLE, answered));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual([
      'DIALTONE',
      'DIALING',
      'PROCEEDING',
      'RINGBACK',
      'CONNECTED',
      'DISCONNECTED',
      'IDLE',
    ]);
    const events = host.lines.all.filter((line) => line.kind === 'completion' || line['name'] === 'c1');
    expect(events[0]).toMatchObject({ kind: 'completion', request: 21, result: '0x0' });
    expect(events[1]).toMatchObject({ message: 'LINE_CALLINFO' });
    expect(Number(events[1]?.['p1']) & 0x10300).toBe(0x10300);
    expect(events[2]).toMatchObject({ state: 'DIALTONE', p3: 4 });
    const connected = events.findIndex((line) => line['state'] === 'CONNECTED');
    expect(events[connected + 1]).toMatchObject({ message: 'LINE_CALLINFO', p1: 0x20000 });
    expect(await host.run('callinfo c1')).toMatchObject({
      callId: 7,
      calledNumber: '832',
      connectedName: 'Eva',
    });
    await scene.expectCleanEnd();
  });

  test('that the PBX refuses complete with its reason and send no event', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 22 110');
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, NUMBERBLOCKED);
    await host.next('completion', { request: 22, result: '0x80000053' });
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(host.lines.all.filter((line) => line.kind === 'event' && line['name'] === 'c1')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('are scanned for control characters before anything happens', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    expect(await host.run('makecall 23 832W')).toMatchObject({ result: '0x80000009' });
    expect(await host.run('makecall 24 abc-')).toMatchObject({ result: '0x80000010' });
    await scene.makeCall(25, 3);
    expect(companion.received.all.filter(({ message }) => message.kind === 'makeCall')).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('of two requests at once bind to their own answers', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 31 832');
    await host.run('makecall 32 833');
    const first = await companion.next('makeCall');
    const second = await companion.next('makeCall');
    expect([first.message.target, second.message.target]).toEqual(['832', '833']);
    companion.answer(second.request, 0, 52);
    companion.answer(first.request, 0, 51);
    await host.next('completion', { request: 32, result: '0x0' });
    await host.next('completion', { request: 31, result: '0x0' });
    companion.say(callOf(51, DIALTONE, outgoing));
    companion.say(callOf(52, DIALTONE, outgoing));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c1' });
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(await host.run('callinfo c1')).toMatchObject({ callId: 51 });
    expect(await host.run('callinfo c2')).toMatchObject({ callId: 52 });
    await scene.expectCleanEnd();
  });

  test('closed while pending complete at once, and are hung up', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 41 832');
    const asked = await companion.next('makeCall');
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(host.completions(41)).toEqual([OPERATIONFAILED]);
    expect((await companion.next('cancel')).message.pending).toBe(asked.request);
    companion.answer(asked.request, 0, 61);
    companion.say(callOf(61, DIALTONE, outgoing));
    expect((await companion.next('command')).message).toEqual({ kind: 'command', call: 61, verb: 'drop' });
    expect(host.completions(41)).toHaveLength(1);
    expect(host.statesOf('c1')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('dropped while pending fail, and the drop succeeds', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 42 832');
    const asked = await companion.next('makeCall');
    await host.run('drop 43 c1');
    await host.next('completion', { request: 43, result: '0x0' });
    await host.next('completion', { request: 42, result: OPERATIONFAILED });
    expect((await companion.next('cancel')).message.pending).toBe(asked.request);
    companion.answer(asked.request, 0x80000048);
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    await scene.expectCleanEnd();
  });

  test('dropped twice complete both drops with one hang-up', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await scene.makeCall(44, 9);
    companion.say(callOf(9, DIALTONE, outgoing));
    await host.state('DIALTONE');
    await host.run('drop 45 c1');
    await host.run('drop 46 c1');
    companion.answer((await companion.next('command')).request);
    await host.next('completion', { request: 45, result: '0x0' });
    await host.next('completion', { request: 46, result: '0x0' });
    companion.say(callOf(9, IDLE, outgoing));
    await host.state('IDLE');
    expect(companion.received.all.filter(({ message }) => message.kind === 'command')).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('may be picked up from a colleague', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('pickup 51 833');
    const asked = await companion.next('pickup');
    expect(asked.message).toEqual({ kind: 'pickup', line: 831, target: '833' });
    companion.answer(asked.request, 0, 71);
    await host.next('completion', { request: 51, result: '0x0' });
    companion.say(callOf(71, OFFERING, { mode: 1, reason: 0x10 }));
    companion.say(callOf(71, CONNECTED, { mode: 1, reason: 0x10 }));
    await host.state('CONNECTED');
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'CONNECTED']);
    expect(await host.run('callinfo c1')).toMatchObject({ reason: 0x10, callerNumber: '0405551234' });
    await scene.expectCleanEnd();
  });

  test('that find the other end busy say so, without a DISCONNECTED', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await scene.makeCall(61, 7);
    companion.say(callOf(7, DIALTONE, { ...outgoing, mode: 4 }));
    for (const state of [DIALING, PROCEEDING, RINGBACK]) companion.say(callOf(7, state, outgoing));
    companion.say(callOf(7, BUSY, { ...outgoing, mode: 1 }));
    expect(await host.state('BUSY')).toMatchObject({ p2: 1, p3: 4 });
    companion.say(callOf(7, IDLE, outgoing));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['DIALTONE', 'DIALING', 'PROCEEDING', 'RINGBACK', 'BUSY', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('pending when the line is closed complete before that returns', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 62 832');
    await companion.next('makeCall');
    expect(await host.run('close')).toMatchObject({ result: '0x0' });
    expect(host.completions(62)).toEqual([OPERATIONFAILED]);
    await companion.next('cancel');
    await scene.expectCleanEnd();
  });

  test('survive the closing of the line and are offered when it is opened again', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await scene.makeCall(63, 7);
    companion.say(callOf(7, CONNECTED, { ...outgoing, mode: 1 }));
    await host.state('CONNECTED');
    await host.run('close');
    await host.run('open first');
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2', state: 'CONNECTED' });
    expect(await host.run('callinfo c2')).toMatchObject({ callId: 7, origin: 1 });
    await scene.expectCleanEnd();
  });

  test('dropped and closed at once: the drop completes before the close returns', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await scene.makeCall(64, 7);
    companion.say(callOf(7, CONNECTED, { ...outgoing, mode: 1 }));
    await host.state('CONNECTED');
    host.send('drop 65 c1');
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(host.completions(65)).toEqual(['0x0']);
    expect((await companion.next('command')).message).toEqual({ kind: 'command', call: 7, verb: 'drop' });
    await scene.expectCleanEnd();
  });
});
