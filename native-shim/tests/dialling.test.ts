import { describe, expect } from 'vitest';
import { callOf } from './fake-companion.ts';
import { type Scene, test } from './scene.ts';
import {
  DIALING,
  DIALTONE,
  EVERYTHING,
  FEATURE,
  IDLE,
  INVALADDRESS,
  INVALCALLSTATE,
  OFFERING,
  OPERATIONFAILED,
  OPERATIONUNAVAIL,
  PROCEEDING,
} from './tapi-values.ts';

/** A line of a PBX that takes parts of numbers and has pickup groups. */
const able = { callFeatures: EVERYTHING, addressFeatures: 0x606 };

/** Has the companion take the part of a number, and returns what it got. */
async function dialled(scene: Scene, request: number) {
  const asked = await scene.companion.next('commandNumber');
  scene.companion.answer(asked.request);
  await scene.host.next('completion', { request, result: '0x0' });
  return [asked.message.verb, asked.message.target];
}

const dialtone = { origin: 1, mode: 4, features: FEATURE.drop | FEATURE.dial };
const dialing = { origin: 1, features: FEATURE.drop | FEATURE.dial };

describe('a number', () => {
  test('may come after the dial tone', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    await host.run('maketone 1');
    const asked = await companion.next('makeCallPart');
    expect(asked.message).toEqual({ kind: 'makeCallPart', line: 831, target: '' });
    companion.answer(asked.request, 0, 5);
    await host.next('completion', { request: 1, result: '0x0' });
    companion.say(callOf(5, DIALTONE, dialtone));
    await host.state('DIALTONE');
    await host.run('dial 2 c1 832');
    expect(await dialled(scene, 2)).toEqual(['dial', '832']);
    companion.say(callOf(5, DIALING, dialing));
    companion.say(callOf(5, PROCEEDING, { origin: 1 }));
    companion.say(callOf(5, IDLE, { origin: 1 }));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['DIALTONE', 'DIALING', 'PROCEEDING', 'IDLE']);
    expect(await host.run('dial 3 c1 832')).toMatchObject({ result: INVALCALLSTATE });
    await scene.expectCleanEnd();
  });

  test('may come in parts', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    await host.run('makecall 1 8;');
    const asked = await companion.next('makeCallPart');
    expect(asked.message.target).toBe('8');
    companion.answer(asked.request, 0, 5);
    await host.next('completion', { request: 1, result: '0x0' });
    companion.say(callOf(5, DIALING, dialing));
    await host.state('DIALING');
    await host.run('dial 2 c1 3;');
    expect(await dialled(scene, 2)).toEqual(['dialPart', '3']);
    await host.run('dial 3 c1 2;');
    expect(await dialled(scene, 3)).toEqual(['dialPart', '2']);
    await host.run('dial 4 c1 end');
    expect(await dialled(scene, 4)).toEqual(['dial', '']);
    expect(await host.run('dial 5 c1 2W')).toMatchObject({ result: '0x80000009' });
    await scene.expectCleanEnd();
  });

  test('longer than TAPI is shown is cut between two characters', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const wide = '\uff18'.repeat(100);
    await host.run(`makecall 1 ${wide}`);
    expect((await companion.next('makeCall')).message.target).toBe(wide);
    expect(await host.run('callinfo c1')).toMatchObject({
      calledFlags: '0x10',
      calledNumber: wide.slice(0, 42),
    });
    await scene.expectCleanEnd();
  });

  test('must be whole where the PBX takes no parts', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    expect(await host.run('maketone 1')).toMatchObject({ result: INVALADDRESS });
    expect(await host.run('makecall 2 83;')).toMatchObject({ result: INVALADDRESS });
    await scene.makeCall(3, 5);
    expect(companion.received.all.some(({ message }) => message.kind === 'makeCallPart')).toBe(false);
    await scene.expectCleanEnd();
  });

  test('may be dropped before it is whole', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    await host.run('maketone 1');
    const asked = await companion.next('makeCallPart');
    await host.run('drop 2 c1');
    await host.next('completion', { request: 2, result: '0x0' });
    await host.next('completion', { request: 1, result: OPERATIONFAILED });
    expect((await companion.next('cancel')).message.pending).toBe(asked.request);
    await scene.expectCleanEnd();
  });
});

describe('a pickup', () => {
  test.for([
    ['own', ''],
    ['sales', 'sales'],
  ] as const)('in the group %s', async ([word, group], { scene }) => {
    const { companion, host } = scene;
    await scene.openLine(able);
    await host.run(`pickupgroup 1 ${word}`);
    const asked = await companion.next('pickupGroup');
    expect(asked.message).toEqual({ kind: 'pickupGroup', line: 831, group });
    companion.answer(asked.request, 0, 5);
    await host.next('completion', { request: 1, result: '0x0' });
    companion.say(callOf(5, OFFERING, { mode: 1, reason: 0x10 }));
    await host.state('OFFERING');
    expect(await host.run('callinfo c1')).toMatchObject({ reason: 0x10 });
    await scene.expectCleanEnd();
  });

  test('in a group is refused where the PBX has none, and fails when nothing rings', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    expect(await host.run('pickupgroup 1 own')).toMatchObject({ result: OPERATIONUNAVAIL });
    await host.run('pickup 2 833');
    companion.answer((await companion.next('pickup')).request, 0x80000048);
    await host.next('completion', { request: 2, result: OPERATIONFAILED });
    expect(host.lines.all.filter((line) => line.kind === 'event' && line['name'] !== undefined)).toEqual([]);
    await scene.expectCleanEnd();
  });
});
