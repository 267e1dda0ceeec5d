import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { type Scene, test } from './scene.ts';
import {
  ACCEPTED,
  CONNECTED,
  DIALING,
  DIALTONE,
  DISCONNECTED,
  EVERYTHING,
  FEATURE,
  IDLE,
  INVALADDRESS,
  INVALCALLSTATE,
  OFFERING,
  ONHOLD,
  ONHOLDPENDTRANSFER,
  OPERATIONFAILED,
  OPERATIONUNAVAIL,
  outgoing,
  PROCEEDING,
  RINGBACK,
} from './tapi-values.ts';

/** What a PBX that can do everything says of a line. */
const able = { callFeatures: EVERYTHING };

/** Has the companion answer the next request, and waits for its completion. */
async function complete(scene: Scene, kind: 'command' | 'commandNumber' | 'commandPair', request: number) {
  const asked = await scene.companion.next(kind);
  scene.companion.answer(asked.request);
  await scene.host.next('completion', { request, result: '0x0' });
  return asked.message;
}

const talking = { mode: 1, features: FEATURE.drop | FEATURE.hold | FEATURE.setupTransfer | FEATURE.swapHold };
const held = { features: FEATURE.drop | FEATURE.unhold };
const waiting = { features: FEATURE.drop | FEATURE.unhold | FEATURE.completeTransfer, relatedCall: 2 };

describe('a held call', () => {
  test('goes on hold and comes back', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    await host.run('hold 11 last');
    expect(await complete(scene, 'command', 11)).toEqual({ kind: 'command', call: 1, verb: 'hold' });
    companion.say(callOf(1, ONHOLD, held));
    await host.state('ONHOLD');
    expect(await host.run('addressstatus')).toMatchObject({ activeCalls: 0, heldCalls: 1 });
    expect(await host.run('hold 12 last')).toMatchObject({ result: INVALCALLSTATE });
    await host.run('unhold 13 last');
    expect(await complete(scene, 'command', 13)).toEqual({ kind: 'command', call: 1, verb: 'unhold' });
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    expect(await host.run('addressstatus')).toMatchObject({ activeCalls: 1, heldCalls: 0 });
    await scene.expectCleanEnd();
  });

  test('changes places with the active one', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    companion.say(callOf(1, ONHOLD, held));
    companion.say(callOf(2, CONNECTED, talking));
    await host.state('CONNECTED');
    expect(await host.run('swaphold 21 c1 c2')).toMatchObject({ result: INVALCALLSTATE });
    await host.run('swaphold 22 c2 c1');
    expect(await complete(scene, 'commandPair', 22)).toEqual({
      kind: 'commandPair',
      call: 2,
      verb: 'swapHold',
      other: 1,
    });
    companion.say(callOf(2, ONHOLD, held));
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'ONHOLD', 'CONNECTED']);
    expect(host.statesOf('c2')).toEqual(['CONNECTED', 'ONHOLD']);
    expect(host.completions(22)).toEqual(['0x0']);
    await scene.expectCleanEnd();
  });
});

describe('a transfer', () => {
  /** Sets up a consultation, call 2, beside call 1. */
  async function consult(scene: Scene): Promise<void> {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    expect(await host.run('setuptransfer 31 c1')).toMatchObject({ result: '0x1f', call: 'c2' });
    const asked = await companion.next('setupTransfer');
    expect(asked.message).toEqual({ kind: 'setupTransfer', call: 1, target: '' });
    companion.answer(asked.request, 0, 2);
    await host.next('completion', { request: 31, result: '0x0' });
    companion.say(callOf(1, ONHOLDPENDTRANSFER, waiting));
    companion.say(callOf(2, DIALTONE, { origin: 1, relatedCall: 1, mode: 4, features: 0xc0 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2', state: 'DIALTONE' });
  }

  test('is set up, dialled and completed', async ({ scene }) => {
    const { companion, host } = scene;
    await consult(scene);
    expect(await host.run('callinfo c1')).toMatchObject({ callId: 1, relatedCallId: 2 });
    expect(await host.run('callinfo c2')).toMatchObject({ callId: 2, relatedCallId: 1 });
    await host.run('dial 32 c2 832');
    expect(await complete(scene, 'commandNumber', 32)).toEqual({
      kind: 'commandNumber',
      call: 2,
      verb: 'dial',
      target: '832',
    });
    const consultation = { ...outgoing, relatedCall: 1 };
    for (const state of [DIALING, PROCEEDING, RINGBACK]) companion.say(callOf(2, state, consultation));
    companion.say(callOf(2, CONNECTED, { ...consultation, mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2', state: 'CONNECTED' });
    await host.run('completetransfer 33 c1 c2 1');
    expect(await complete(scene, 'commandPair', 33)).toEqual({
      kind: 'commandPair',
      call: 1,
      verb: 'completeTransfer',
      other: 2,
    });
    companion.say(callOf(1, IDLE, { relatedCall: 2 }));
    companion.say(callOf(2, IDLE, consultation));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2', state: 'IDLE' });
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'ONHOLDPENDTRANSFER', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('whose consultation is dropped gives the call back', async ({ scene }) => {
    const { companion, host } = scene;
    await consult(scene);
    await host.run('drop 34 c2');
    await complete(scene, 'command', 34);
    companion.say(callOf(2, IDLE, { origin: 1, relatedCall: 1 }));
    companion.say(callOf(1, CONNECTED, talking));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c1', state: 'CONNECTED' });
    expect(host.statesOf('c2')).toEqual(['DIALTONE', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('whose call is taken back drops the consultation', async ({ scene }) => {
    const { companion, host } = scene;
    await consult(scene);
    await host.run('unhold 38 c1');
    expect(await complete(scene, 'command', 38)).toEqual({ kind: 'command', call: 1, verb: 'unhold' });
    companion.say(callOf(2, IDLE, { origin: 1, relatedCall: 1 }));
    companion.say(callOf(1, CONNECTED, talking));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c1', state: 'CONNECTED' });
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'ONHOLDPENDTRANSFER', 'CONNECTED']);
    await scene.expectCleanEnd();
  });

  test('in one step carries the number', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    await host.run('onesteptransfer 35 c1 832');
    const asked = await companion.next('setupTransfer');
    expect(asked.message).toEqual({ kind: 'setupTransfer', call: 1, target: '832' });
    companion.answer(asked.request, 0, 2);
    await host.next('completion', { request: 35, result: '0x0' });
    expect(await host.run('callinfo c2')).toMatchObject({ calledNumber: '832', paramFlags: '0x80' });
    await scene.expectCleanEnd();
  });

  test('that the PBX refuses leaves no consultation behind', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    await host.run('setuptransfer 36 c1');
    companion.answer((await companion.next('setupTransfer')).request, 0x80000048);
    await host.next('completion', { request: 36, result: OPERATIONFAILED });
    expect(await host.run('closecall c2')).toMatchObject({ result: '0x0' });
    expect(host.statesOf('c2')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('given up before the PBX answered is cancelled, and what came of it is hung up', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, talking));
    await host.state('CONNECTED');
    await host.run('setuptransfer 37 c1');
    const asked = await companion.next('setupTransfer');
    expect(await host.run('closecall c2')).toMatchObject({ result: '0x0' });
    expect(host.completions(37)).toEqual([OPERATIONFAILED]);
    expect((await companion.next('cancel')).message.pending).toBe(asked.request);
    companion.answer(asked.request, 0, 2);
    expect((await companion.next('command')).message).toEqual({ kind: 'command', call: 2, verb: 'drop' });
    await scene.expectCleanEnd();
  });

  test('blind: sends the call away, or leaves it when the PBX says no', async ({ scene }) => {
    const { companion, host } = scene;
    const features = FEATURE.drop | FEATURE.blindTransfer;
    await scene.openLine(able);
    companion.say(callOf(1, CONNECTED, { mode: 1, features }));
    await host.state('CONNECTED');
    expect(await host.run('blindtransfer 41 c1 abc')).toMatchObject({ result: INVALADDRESS });
    await host.run('blindtransfer 42 c1 840');
    companion.answer((await companion.next('commandNumber')).request, 0x80000048);
    await host.next('completion', { request: 42, result: OPERATIONFAILED });
    expect(await host.run('callstatus c1')).toMatchObject({ state: 'CONNECTED' });
    await host.run('blindtransfer 43 c1 840');
    expect(await complete(scene, 'commandNumber', 43)).toEqual({
      kind: 'commandNumber',
      call: 1,
      verb: 'blindTransfer',
      target: '840',
    });
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    expect(await host.run('callinfo c1')).toMatchObject({ callId: 1 });
    await scene.expectCleanEnd();
  });
});

describe('a ringing call', () => {
  const ringing = { mode: 1, features: FEATURE.drop | FEATURE.accept | FEATURE.redirect };

  test('is accepted', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, OFFERING, ringing));
    await host.state('OFFERING');
    await host.run('accept 51 last');
    expect(await complete(scene, 'command', 51)).toEqual({ kind: 'command', call: 1, verb: 'accept' });
    companion.say(callOf(1, ACCEPTED, { features: FEATURE.drop }));
    await host.state('ACCEPTED');
    await scene.expectCleanEnd();
  });

  test('is redirected, and not to nowhere', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    companion.say(callOf(1, OFFERING, ringing));
    await host.state('OFFERING');
    expect(await host.run('redirect 52 last  -')).toMatchObject({ result: INVALADDRESS });
    expect(await host.run('callstatus last')).toMatchObject({ state: 'OFFERING' });
    await host.run('redirect 53 last 840');
    expect(await complete(scene, 'commandNumber', 53)).toEqual({
      kind: 'commandNumber',
      call: 1,
      verb: 'redirect',
      target: '840',
    });
    const redirection = { flags: 8, number: '840', name: '' };
    companion.say(callOf(1, DISCONNECTED, { mode: 0x10, redirection }));
    companion.say(callOf(1, IDLE, { redirection }));
    await host.state('IDLE');
    expect(await host.run('callinfo last')).toMatchObject({ redirectionNumber: '840' });
    await scene.expectCleanEnd();
  });
});

describe('what the PBX cannot do', () => {
  test('is absent and refused', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1, features: EVERYTHING & ~FEATURE.hold }));
    await host.state('CONNECTED');
    expect(await host.run('addresscaps')).toMatchObject({
      callFeatures: '0x2084',
      callFeatures2: '0x0',
      transferModes: '0x0',
      maxHeldCalls: 0,
      maxPendingCalls: 0,
      flags: '0x0',
    });
    expect(await host.run('devcaps first')).toMatchObject({ digitModes: '0x0' });
    expect(await host.run('hold 61 last')).toMatchObject({ result: OPERATIONUNAVAIL });
    companion.say(lineOf(831, { callFeatures: EVERYTHING }));
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x100000 });
    expect(await host.run('addresscaps')).toMatchObject({
      callFeatures: `0x${(EVERYTHING | FEATURE.monitorMedia).toString(16)}`,
      callFeatures2: '0x42',
      transferModes: '0x1',
      maxHeldCalls: 8,
      maxPendingCalls: 1,
      flags: '0x10020',
    });
    expect(await host.run('devcaps first')).toMatchObject({ digitModes: '0x2' });
    expect(await host.run('hold 62 last')).toMatchObject({ result: INVALCALLSTATE });
    await scene.expectCleanEnd();
  });
});
