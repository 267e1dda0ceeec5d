import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildNative, type NativeBuild } from '../../tools/native/build.ts';
import { callOf, FakeCompanion, lineOf } from './fake-companion.ts';
import { Host } from './host.ts';

const IDLE = 0x1;
const OFFERING = 0x2;
const DIALTONE = 0x8;
const DIALING = 0x10;
const RINGBACK = 0x20;
const CONNECTED = 0x100;
const PROCEEDING = 0x200;
const DISCONNECTED = 0x4000;

const OPERATIONFAILED = '0x80000048';
const RESOURCEUNAVAIL = '0x8000004b';
const INVALCALLHANDLE = '0x80000018';
const INVALCALLSTATE = '0x8000001c';
const NUMBERBLOCKED = 0x80000053;

let build: NativeBuild;
let folder: string;
let socket: string;
let companion: FakeCompanion;
let host: Host;

beforeAll(async () => {
  build = await buildNative();
}, 120_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-shim-'));
  socket = join(folder, 'link');
  companion = new FakeCompanion();
  await companion.listen(socket);
  host = new Host(build, socket);
});

afterEach(async () => {
  host.kill();
  await companion.die();
  await rm(folder, { recursive: true });
});

/** Ends the host; it must have found no broken rule. */
async function expectCleanEnd(): Promise<void> {
  const code = await host.quit();
  expect(host.violations()).toEqual([]);
  expect(code).toBe(0);
}

/** Opens the line and waits until the companion knows, so that the link is in use. */
async function openLine(): Promise<void> {
  expect(await host.openLine()).toMatchObject({ result: '0x0' });
  await companion.next('lineOpened');
}

/** Makes a call the companion accepts under this id. */
async function makeCall(request: number, id: number): Promise<void> {
  expect(await host.run(`makecall ${request} 832`)).toMatchObject({ result: `0x${request.toString(16)}` });
  const asked = await companion.next('makeCall');
  companion.answer(asked.request, 0, id);
  await host.next('completion', { request });
}

const outgoing = { origin: 1, called: { flags: 8, number: '832', name: '' } };

describe('incoming calls', () => {
  test('are answered and dropped by TAPI', async () => {
    await openLine();
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
      features: '0x80',
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
    await expectCleanEnd();
  });

  test('ring the line and count on the address', async () => {
    await openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    const ringing = await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 2 });
    expect(ringing).toMatchObject({ p2: 1, p3: 0 });
    expect(await host.run('addressstatus')).toMatchObject({ inUse: 1, activeCalls: 1 });
    companion.say(callOf(1, DISCONNECTED, { mode: 8 }));
    companion.say(callOf(1, IDLE));
    await host.next('event', { message: 'LINE_ADDRESSSTATE', p2: 0x24 });
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'DISCONNECTED', 'IDLE']);
    await expectCleanEnd();
  });

  test('are offered again after a refusal when the line is opened again', async () => {
    await openLine();
    await host.run('refuse on');
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_NEWCALL' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.run('refuse off');
    await host.run('close');
    expect((await companion.next('lineClosed')).message.line).toBe(831);
    await host.run('open first');
    await host.state('CONNECTED');
    expect(host.statesOf('c1')).toEqual(['CONNECTED']);
    await expectCleanEnd();
  });

  test('go on at the PBX when TAPI closes its handle', async () => {
    await openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(host.statesOf('c1')).toEqual(['OFFERING']);
    expect(companion.received.all.some(({ message }) => message.kind === 'command')).toBe(false);
    await expectCleanEnd();
  });

  test('report a state again only when its features changed', async () => {
    await openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x80 }));
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'OFFERING', 'IDLE']);
    await expectCleanEnd();
  });

  test('stay over when a frame comes late', async () => {
    await openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    companion.say(callOf(1, IDLE));
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(host.statesOf('c1')).toEqual(['OFFERING', 'IDLE']);
    await expectCleanEnd();
  });

  test('cannot be answered twice', async () => {
    await openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(await host.run('answer 5 last')).toMatchObject({ result: INVALCALLSTATE });
    await expectCleanEnd();
  });
});

describe('outgoing calls', () => {
  test('report every state, each information before or after its state as TAPI wants it', async () => {
    await openLine();
    await makeCall(21, 7);
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
    await expectCleanEnd();
  });

  test('that the PBX refuses complete with its reason and send no event', async () => {
    await openLine();
    await host.run('makecall 22 110');
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, NUMBERBLOCKED);
    await host.next('completion', { request: 22, result: '0x80000053' });
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(host.lines.all.filter((line) => line.kind === 'event' && line['name'] === 'c1')).toEqual([]);
    await expectCleanEnd();
  });

  test('are scanned for control characters before anything happens', async () => {
    await openLine();
    expect(await host.run('makecall 23 832W')).toMatchObject({ result: '0x80000009' });
    expect(await host.run('makecall 24 abc-')).toMatchObject({ result: '0x80000010' });
    await makeCall(25, 3);
    expect(companion.received.all.filter(({ message }) => message.kind === 'makeCall')).toHaveLength(1);
    await expectCleanEnd();
  });

  test('of two requests at once bind to their own answers', async () => {
    await openLine();
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
    await expectCleanEnd();
  });

  test('closed while pending complete at once, and are hung up', async () => {
    await openLine();
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
    await expectCleanEnd();
  });

  test('dropped while pending fail, and the drop succeeds', async () => {
    await openLine();
    await host.run('makecall 42 832');
    const asked = await companion.next('makeCall');
    await host.run('drop 43 c1');
    await host.next('completion', { request: 43, result: '0x0' });
    await host.next('completion', { request: 42, result: OPERATIONFAILED });
    expect((await companion.next('cancel')).message.pending).toBe(asked.request);
    companion.answer(asked.request, 0x80000048);
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    await expectCleanEnd();
  });

  test('dropped twice complete both drops with one hang-up', async () => {
    await openLine();
    await makeCall(44, 9);
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
    await expectCleanEnd();
  });

  test('may be picked up from a colleague', async () => {
    await openLine();
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
    await expectCleanEnd();
  });
});

describe('the link', () => {
  test('survives a garbage frame without losing a call', async () => {
    await openLine();
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
    await expectCleanEnd();
  });

  test.each([
    ['an unfinished body', [4, 0, 0, 0, 65, 0, 0, 0, 0, 1, 2, 3, 4]],
    ['a type only the shim sends', [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['a second welcome', [4, 0, 0, 0, 64, 0, 0, 0, 0, 1, 0, 0, 0]],
    ['a result without a request', [8, 0, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('closes on %s and connects again', async (_what, bytes) => {
    await openLine();
    companion.write(new Uint8Array(bytes));
    await companion.next('hello');
    await companion.next('lineOpened');
    expect(companion.connections).toBe(2);
    await expectCleanEnd();
  });

  test('skips messages of a newer companion', async () => {
    await openLine();
    companion.write(new Uint8Array([2, 0, 0, 0, 200, 0, 0, 0, 0, 1, 2]));
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    expect(companion.connections).toBe(1);
    await expectCleanEnd();
  });

  test('lost for long ends calls and service, and both come back with the companion', async () => {
    await openLine();
    const call = callOf(1, CONNECTED, { mode: 1 });
    companion.say(call);
    await host.state('CONNECTED');
    await companion.die();
    const ended = await host.state('DISCONNECTED');
    expect(ended).toMatchObject({ p2: 0x8000 });
    await host.state('IDLE');
    expect(await host.run('linestatus')).toMatchObject({ inService: true, lineFeatures: '0x8' });
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(await host.run('linestatus')).toMatchObject({ inService: false, lineFeatures: '0x0' });
    expect(await host.run('makecall 61 832')).toMatchObject({ result: RESOURCEUNAVAIL });
    companion.snapshot = [lineOf(831), call];
    await companion.listen(socket);
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x40 });
    await host.run('sleep 100');
    expect(host.statesOf('c3')).toEqual(['CONNECTED']);
    expect(await host.run('callinfo c3')).toMatchObject({ callId: 1 });
    await expectCleanEnd();
  }, 20_000);

  test('back in time places a call that was made meanwhile', async () => {
    await openLine();
    await companion.die();
    await host.linkClosed();
    await host.run('makecall 62 832');
    await host.run('sleep 300');
    await companion.listen(socket);
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, 0, 81);
    await host.next('completion', { request: 62, result: '0x0' });
    await expectCleanEnd();
  });

  test('back before its account keeps the line, and a call waits for it', async () => {
    await openLine();
    companion.snapshot = [];
    await companion.die();
    await host.linkClosed();
    await companion.listen(socket);
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
    await expectCleanEnd();
  });

  test('back without the line takes it out of service after its grace and never removes it', async () => {
    await openLine();
    companion.snapshot = [];
    await companion.die();
    await companion.listen(socket);
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(host.lines.all.filter((line) => line.kind === 'lineRemove')).toEqual([]);
    await expectCleanEnd();
  }, 20_000);

  test('not back in time fails a call that waited, with a reason', async () => {
    await openLine();
    await companion.die();
    await host.linkClosed();
    await host.run('makecall 63 832');
    await host.next('completion', { request: 63, result: RESOURCEUNAVAIL });
    await expectCleanEnd();
  }, 20_000);

  test('lost after a dial was sent never sends it again', async () => {
    await openLine();
    await host.run('makecall 64 832');
    await companion.next('makeCall');
    companion.hangUp();
    await host.next('completion', { request: 64, result: OPERATIONFAILED });
    await companion.next('lineOpened');
    await host.run('sleep 100');
    expect(companion.received.all.filter(({ message }) => message.kind === 'makeCall')).toHaveLength(1);
    await expectCleanEnd();
  });

  test('that does not finish its handshake is given up', async () => {
    companion.answersHello = false;
    await companion.next('hello');
    companion.answersHello = true;
    await companion.next('hello');
    await openLine();
    await expectCleanEnd();
  }, 20_000);

  test('reports what passed, without numbers', async () => {
    await openLine();
    await makeCall(65, 91);
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
    await expectCleanEnd();
  });
});

describe('lines', () => {
  test('show their properties', async () => {
    await openLine();
    expect(await host.run('devcaps')).toMatchObject({
      permanentLineId: 831,
      lineName: 'Jan Lörenz 😀 (831)',
      switchInfo: 'Test exchange',
      maxActiveCalls: 2,
      lineFeatures: '0x8',
    });
    expect(await host.run('addresscaps')).toMatchObject({ address: '831', callFeatures: '0x84' });
    await expectCleanEnd();
  });

  test('that go away end their calls and are removed', async () => {
    await openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    companion.say({ kind: 'lineGone', line: 831 });
    await host.state('IDLE');
    await host.next('lineRemove', { device: 0 });
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'DISCONNECTED', 'IDLE']);
    await expectCleanEnd();
  });

  test('go out of service and back when the PBX says so', async () => {
    await openLine();
    companion.say(lineOf(831, { inService: false, lineFeatures: 0, addressFeatures: 0 }));
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(await host.run('addressstatus')).toMatchObject({ addressFeatures: '0x0' });
    companion.say(lineOf(831));
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x40 });
    expect(await host.run('addressstatus')).toMatchObject({ addressFeatures: '0x406' });
    await expectCleanEnd();
  });

  test('refuse a new call at their limit', async () => {
    await openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, CONNECTED, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(await host.run('makecall 71 832')).toMatchObject({ result: '0x80000005' });
    await expectCleanEnd();
  });
});
