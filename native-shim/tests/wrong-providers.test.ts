/** The host must find the fault of each wrong provider, by the number of the statement it breaks. */
import { beforeAll, describe, expect, test as plainTest } from 'vitest';
import { CAUGHT, placesOf } from '../../tools/conformance/statements/wrong.ts';
import { buildWrong, faults } from '../../tools/native/wrong.ts';
import { callOf } from './fake-companion.ts';
import { PLACE } from './place.ts';
import { BUILD_MS, type Scene, test } from './scene.ts';
import { CONNECTED, DIALTONE, DISCONNECTED, IDLE, NUMBERBLOCKED, OFFERING, outgoing } from './tapi-values.ts';

type Play = (scene: Scene) => Promise<void>;

/** Nothing but the start: the host ends by itself. */
const startOnly: Play = async ({ host }) => {
  await host.ended();
};

const askCaps: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('devcaps first');
};

const openOnly: Play = (scene) => scene.openLine();

const ring = (scene: Scene): void => scene.companion.say(callOf(1, OFFERING, { mode: 1 }));

const receiveCall: Play = async (scene) => {
  await scene.openLine();
  ring(scene);
  scene.companion.say(callOf(1, CONNECTED, { mode: 1 }));
  await scene.host.next('event', { p1: CONNECTED });
};

const receiveWrongState: Play = async (scene) => {
  await scene.openLine();
  ring(scene);
  scene.companion.say(callOf(1, CONNECTED, { mode: 1 }));
  await scene.host.state('RINGBACK');
};

/** A call that ends and stays for longer than IDLE may take; then it is closed. */
const endCall: Play = async (scene) => {
  await receiveCall(scene);
  scene.companion.say(callOf(1, DISCONNECTED, { mode: 1 }));
  scene.companion.say(callOf(1, IDLE));
  await scene.host.next('event', { message: 'LINE_ADDRESSSTATE', p2: 0x24 });
  await scene.host.run('sleep 1200');
};

const endAndCloseCall: Play = async (scene) => {
  await endCall(scene);
  await scene.host.run('closecall c1');
  await scene.host.run('sleep 600');
};

const makeCall =
  (status = 0): Play =>
  async (scene) => {
    await scene.openLine();
    scene.host.send('makecall 1 832');
    const asked = await scene.companion.next('makeCall');
    scene.companion.answer(asked.request, status, status === 0 ? 5 : 0);
    if (status === 0) scene.companion.say(callOf(5, DIALTONE, outgoing));
    await scene.host.next('return', { command: 'makecall' });
    await scene.host.run('sleep 100');
  };

const makeCallRefused: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('makecall 1 832');
};

const makeTwoCalls: Play = async (scene) => {
  await scene.openLine({ maxActiveCalls: 4 });
  await scene.host.run('makecall 1 832');
  await scene.host.run('makecall 2 833');
};

const refuseCall: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('refuse on');
  ring(scene);
  await scene.host.next('refused');
  await scene.host.run('sleep 50');
};

const closeLine: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('close');
  await scene.host.run('sleep 600');
};

const endProvider: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('shutdown');
  await scene.host.run('sleep 600');
};

const endWithRequest: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('makecall 1 832');
  await scene.host.run('shutdown');
};

const holdCallback: Play = async (scene) => {
  await scene.openLine();
  await scene.host.run('block 1500');
  ring(scene);
  await scene.host.next('blocked');
  await scene.host.run('devcaps first');
};

/** Holds a callback once those of before have all returned. */
const holdState: Play = async (scene) => {
  await receiveCall(scene);
  await scene.host.run('sleep 200');
  await scene.host.run('block 300');
  scene.companion.say(callOf(1, CONNECTED, { mode: 1, features: 0x880 }));
  await scene.host.next('blocked');
  await scene.host.run('sleep 400');
};

/** What shows each fault of wrong/faults.h. */
const plays: Readonly<Record<string, Play>> = {
  EXPORT_MISSING: startOnly,
  EXPORT_DECORATED: startOnly,
  CALLBACK_AFTER_END: endProvider,
  NEVER_COMPLETED: endWithRequest,
  NEEDED_SIZE: askCaps,
  UNTERMINATED_TEXT: askCaps,
  TOTAL_SIZE: askCaps,
  BEYOND_TOTAL_SIZE: askCaps,
  INLINE_EVENT: openOnly,
  LINE_EVENT_LATE: closeLine,
  INLINE_CALL: openOnly,
  NO_HANDLE: makeCallRefused,
  EARLY_EVENT: makeCall(),
  HANDLE_LATE: makeCall(),
  COMPLETED_TWICE: makeCall(),
  TRANSITION: receiveWrongState,
  NO_MEDIA_MODE: receiveCall,
  FAILED_CALL_EVENT: makeCall(NUMBERBLOCKED),
  CELL: receiveCall,
  TRUNCATED_HANDLE: receiveCall,
  REFUSED_AGAIN: refuseCall,
  NO_IDLE: endCall,
  STATUS: receiveCall,
  COMPLETED_AND_ERROR: makeCallRefused,
  RETURNS_ZERO: makeCallRefused,
  IDLE_TWICE: endCall,
  OVERLAP: holdState,
  LOCKED_CALLBACK: holdCallback,
  IDLE_LATE: endAndCloseCall,
  HANDLE_REUSED: makeTwoCalls,
};

plainTest('every fault has its play and its statement', async () => {
  expect(Object.keys(plays).sort()).toEqual((await faults()).sort());
  expect(Object.keys(CAUGHT).sort()).toEqual(Object.keys(plays).sort());
});

const builtHere = Object.entries(plays).filter(([fault]) => placesOf(fault).includes(PLACE));

// What all of them have in common takes long.
beforeAll(async () => {
  await buildWrong('NONE', PLACE);
}, BUILD_MS);

describe('a wrong provider is caught', () => {
  test.for(builtHere)('%s', { timeout: 120_000 }, async ([fault, play], { bareScene: scene }) => {
    const library = await buildWrong(fault, PLACE);
    await scene.companion.listen(scene.socket);
    scene.startHost({ library });
    await play(scene);
    expect(await scene.host.quit()).toBe(1);
    expect(scene.host.violations()[0]?.['statement']).toBe(CAUGHT[fault]);
  });

  test('and the same one without a fault is not', async ({ bareScene: scene }) => {
    await scene.companion.listen(scene.socket);
    scene.startHost({ library: await buildWrong('NONE', PLACE) });
    await endCall(scene);
    await scene.host.run('closecall c1');
    await scene.host.run('makecall 1 832');
    await scene.expectCleanEnd();
  });
});
