import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { listenAtPlace } from './place.ts';
import { test } from './scene.ts';
import {
  CONNECTED,
  DIALTONE,
  IDLE,
  OFFERING,
  OPERATIONFAILED,
  outgoing,
  RESOURCEUNAVAIL,
} from './tapi-values.ts';

describe('the link', () => {
  test('survives a garbage frame without losing a call', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const call = callOf(1, CONNECTED, { mode: 1 });
    companion.say(call);
    await host.state('CONNECTED');
    companion.snapshot = [lineOf(831), call];
    companion.write(new Uint8Array([0, 0, 1, 0, 200, 0, 0, 0, 0, 7]).fill(0xff));
    await companion.next('lineOpened');
    expect(companion.connections).toBe(2);
    await host.run('sleep 1800');
    expect(host.statesOf('c1')).toEqual(['CONNECTED']);
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    await scene.expectCleanEnd();
  });

  test.for<[string, number[]]>([
    ['an unfinished body', [4, 0, 0, 0, 65, 0, 0, 0, 0, 1, 2, 3, 4]],
    ['a type only the shim sends', [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['a second welcome', [4, 0, 0, 0, 64, 0, 0, 0, 0, 1, 0, 0, 0]],
    ['a result without a request', [8, 0, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('closes on %s and connects again', async ([_what, bytes], { scene }) => {
    const { companion } = scene;
    await scene.openLine();
    companion.write(new Uint8Array(bytes));
    await companion.next('hello');
    await companion.next('lineOpened');
    expect(companion.connections).toBe(2);
    await scene.expectCleanEnd();
  });

  test('skips messages of a newer companion', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.write(new Uint8Array([2, 0, 0, 0, 200, 0, 0, 0, 0, 1, 2]));
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    expect(companion.connections).toBe(1);
    await scene.expectCleanEnd();
  });

  test('lost for long ends calls and service, and both come back with the companion', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const call = callOf(1, CONNECTED, { mode: 1 });
    companion.say(call);
    await host.state('CONNECTED');
    const lost = host.lines.all.length;
    await companion.die();
    const ended = await host.state('DISCONNECTED');
    expect(ended).toMatchObject({ p2: 0x8000 });
    await host.state('IDLE');
    expect(await host.run('linestatus')).toMatchObject({ inService: true, lineFeatures: '0x8' });
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(await host.run('linestatus')).toMatchObject({ inService: false, lineFeatures: '0x0' });
    expect(await host.run('makecall 61 832')).toMatchObject({ result: RESOURCEUNAVAIL });
    companion.snapshot = [lineOf(831), call];
    await companion.listen(scene.socket);
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x40 });
    await host.run('sleep 100');
    expect(host.statesOf('c3')).toEqual(['CONNECTED']);
    expect(await host.run('callinfo c3')).toMatchObject({ callId: 1 });
    const services = host.lines.all
      .slice(lost)
      .filter((line) => line['message'] === 'LINE_LINEDEVSTATE')
      .map((line) => line['p1']);
    expect(services).toEqual([0x80, 0x40]);
    await scene.expectCleanEnd();
  }, 20_000);

  test('back in time places a call that was made meanwhile', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await companion.die();
    await host.linkClosed();
    await host.run('makecall 62 832');
    await host.run('sleep 300');
    await companion.listen(scene.socket);
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, 0, 81);
    await host.next('completion', { request: 62, result: '0x0' });
    await scene.expectCleanEnd();
  });

  test('back before its account keeps the line, and a call waits for it', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.snapshot = [];
    await companion.die();
    await host.linkClosed();
    await companion.listen(scene.socket);
    await companion.next('hello');
    await host.run('makecall 65 832');
    await host.run('sleep 200');
    expect(companion.received.all.filter(({ message }) => message.kind === 'makeCall')).toEqual([]);
    companion.say(lineOf(831));
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, 0, 82);
    await host.next('completion', { request: 65, result: '0x0' });
    expect(host.lines.all.filter((line) => line.kind === 'lineRemove')).toEqual([]);
    expect(host.lines.all.filter((line) => line['p1'] === 0x80)).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('back without the line takes it out of service after its grace and never removes it', async ({
    scene,
  }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.snapshot = [];
    await companion.die();
    await companion.listen(scene.socket);
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(host.lines.all.filter((line) => line.kind === 'lineRemove')).toEqual([]);
    await scene.expectCleanEnd();
  }, 20_000);

  test('not back in time fails a call that waited, with a reason', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await companion.die();
    await host.linkClosed();
    await host.run('makecall 63 832');
    await host.next('completion', { request: 63, result: RESOURCEUNAVAIL });
    await scene.expectCleanEnd();
  }, 20_000);

  test('lost after a dial was sent never sends it again', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('makecall 64 832');
    await companion.next('makeCall');
    companion.hangUp();
    await host.next('completion', { request: 64, result: OPERATIONFAILED });
    await companion.next('lineOpened');
    await host.run('sleep 100');
    expect(companion.received.all.filter(({ message }) => message.kind === 'makeCall')).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('closed at once again and again is tried at longer and longer intervals', async ({
    bareScene: scene,
  }) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      socket.destroy();
    });
    const endpoint = await listenAtPlace(server, scene.socket);
    const host = scene.startHost();
    await host.run('sleep 2500');
    await endpoint.close();
    // 20 ms, doubled each time up to a second, and a quarter of jitter at most: some eight.
    expect(connections).toBeGreaterThan(1);
    expect(connections).toBeLessThan(15);
    await scene.expectCleanEnd();
  });

  test('that does not finish its handshake is given up', async ({ scene }) => {
    const { companion } = scene;
    companion.answersHello = false;
    await companion.next('hello');
    companion.answersHello = true;
    await companion.next('hello');
    await scene.openLine();
    await scene.expectCleanEnd();
  }, 20_000);

  test('reports what passed, without numbers', async ({ scene }) => {
    const { companion } = scene;
    await scene.openLine();
    await scene.makeCall(65, 91);
    companion.say(callOf(91, DIALTONE, outgoing));
    const request = await companion.received.take(
      ({ message }) => message.kind === 'report' && message.what === 'request',
      'a report of the request',
    );
    expect(request.message).toMatchObject({ line: 831, message: 4, param1: 65n });
    const state = await companion.received.take(
      ({ message }) => message.kind === 'report' && message.what === 'event' && message.message === 2,
      'a report of LINE_CALLSTATE',
    );
    expect(state.message).toMatchObject({ line: 831, call: 91, param1: 8n, param3: 4n });
    await scene.expectCleanEnd();
  });
});
