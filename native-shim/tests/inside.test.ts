/** What programs do from inside a callback, and while one is under way. */
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { test } from './scene.ts';
import { CONNECTED, DIALTONE, OFFERING, OPERATIONFAILED, outgoing } from './tapi-values.ts';

describe('inside a callback', () => {
  test.for([
    ['closecall', 'c1'],
    ['close', undefined],
  ])('of a completion, %s does not lock', async ([deed], { scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run(`inside completion ${deed}`);
    await host.run('makecall 1 832');
    companion.answer((await companion.next('makeCall')).request, 0, 5);
    await host.next('completion', { request: 1, result: '0x0' });
    expect(await host.next('inside')).toMatchObject({ did: deed, result: '0x0' });
    companion.say(callOf(5, DIALTONE, outgoing));
    await host.run('sleep 300');
    expect(host.statesOf('c1')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test.for(['closecall', 'close'])('of a call state, %s does not lock', async (deed, { scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    await host.state('OFFERING');
    await host.run('drop 4 c1');
    await companion.next('command');
    await host.run(`inside CONNECTED ${deed}`);
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    expect(await host.next('inside')).toMatchObject({ did: deed, result: '0x0' });
    expect(host.completions(4)).toEqual(['0x0']);
    await scene.expectCleanEnd();
  });

  test('of a new call, another thread may close it, and it is silent from then on', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('inside newcall closecallelsewhere');
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    expect(await host.next('inside')).toMatchObject({ did: 'closecallelsewhere', result: '0x0' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(host.statesOf('c1')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('that is held for five seconds, every other function goes on', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine({ maxActiveCalls: 8, callFeatures: 0x884 });
    companion.say(callOf(1, CONNECTED, { mode: 1, features: 0x880 }));
    await host.state('CONNECTED');
    await host.run('block 5000');
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('blocked');
    const started = Date.now();
    for (const question of ['devcaps first', 'addresscaps', 'linestatus', 'addressstatus']) {
      expect(await host.run(question)).toMatchObject({ result: '0x0' });
    }
    expect(await host.run('callinfo c1')).toMatchObject({ callId: 1 });
    expect(await host.run('callstatus c1')).toMatchObject({ state: 'CONNECTED' });
    expect(await host.run('makecall 1 832')).toMatchObject({ result: '0x1' });
    expect(await host.run('hold 2 c1')).toMatchObject({ result: '0x2' });
    expect(await host.run('setmediamode c1 4')).toMatchObject({ result: '0x0' });
    expect(await host.run('closecall c1')).toMatchObject({ result: '0x0' });
    expect(Date.now() - started).toBeLessThan(4500);
    expect(host.completions(2)).toEqual([]);
    await host.next('completion', { request: 2, result: OPERATIONFAILED });
    await companion.next('makeCall');
    await scene.expectCleanEnd();
  }, 30_000);

  test('that outlasts the provider’s end, the next start calls back only when it has returned', async ({
    scene,
  }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('block 5000');
    companion.say(callOf(1, OFFERING, { mode: 1 }));
    const held = await host.next('blocked');
    companion.snapshot = [lineOf(831), lineOf(832)];
    await host.run('shutdown');
    await host.run('start');
    const announced = await host.next('event', { message: 'LINE_CREATE' });
    expect(announced.us - held.us).toBeGreaterThan(4_900_000);
    await host.next('event', { message: 'LINE_CREATE' });
    await scene.expectCleanEnd();
  }, 30_000);
});
