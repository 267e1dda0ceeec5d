import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { type Scene, test } from './scene.ts';
import { CONNECTED, EVERYTHING, FEATURE, IDLE, INVALDIGITMODE, OPERATIONUNAVAIL } from './tapi-values.ts';

async function talk(scene: Scene): Promise<void> {
  await scene.openLine({ callFeatures: EVERYTHING });
  scene.companion.say(callOf(1, CONNECTED, { mode: 1, features: FEATURE.drop | FEATURE.generateDigits }));
  await scene.host.state('CONNECTED');
}

const DONE = 1;
const CANCEL = 2;

describe('digits', () => {
  test('are sent, and TAPI hears when they are through', async ({ scene }) => {
    const { companion, host } = scene;
    await talk(scene);
    expect(await host.run('digits last 9 2 12#x')).toMatchObject({ result: '0x0' });
    const asked = await companion.next('generateDigits');
    expect(asked.message).toEqual({ kind: 'generateDigits', call: 1, digits: '12#', duration: 100 });
    companion.answer(asked.request);
    const done = await host.next('event', { message: 'LINE_GENERATE' });
    expect(done).toMatchObject({ p1: DONE, p2: 9 });
    expect(Number(done['p3'])).toBeGreaterThan(0); // when: the tick count
    await scene.expectCleanEnd();
  });

  test('are cancelled by the next ones, and by none', async ({ scene }) => {
    const { companion, host } = scene;
    await talk(scene);
    await host.run('digits last 9 2 1');
    const first = await companion.next('generateDigits');
    await host.run('digits last 10 2 2');
    expect(await host.next('event', { message: 'LINE_GENERATE' })).toMatchObject({ p1: CANCEL, p2: 9 });
    const second = await companion.next('generateDigits');
    expect((await companion.next('cancel')).message.pending).toBe(first.request);
    companion.answer(first.request, 0x80000048);
    companion.answer(second.request);
    expect(await host.next('event', { message: 'LINE_GENERATE' })).toMatchObject({ p1: DONE, p2: 10 });
    await host.run('digits last 11 2 3');
    expect(await host.run('stopdigits last')).toMatchObject({ result: '0x0' });
    expect(await host.next('event', { message: 'LINE_GENERATE' })).toMatchObject({ p1: CANCEL, p2: 11 });
    expect(await host.run('digits last 12 1 3')).toMatchObject({ result: INVALDIGITMODE });
    await scene.expectCleanEnd();
  });

  test('of a lost link are cancelled, and none is reported after IDLE', async ({ scene }) => {
    const { companion, host } = scene;
    await talk(scene);
    companion.snapshot = [
      lineOf(831, { callFeatures: EVERYTHING }),
      callOf(1, CONNECTED, { mode: 1, features: FEATURE.drop | FEATURE.generateDigits }),
    ];
    await host.run('digits last 9 2 1');
    await companion.next('generateDigits');
    companion.hangUp();
    expect(await host.next('event', { message: 'LINE_GENERATE' })).toMatchObject({ p1: CANCEL, p2: 9 });
    await companion.next('lineOpened');
    await host.run('digits last 10 2 1');
    const asked = await companion.next('generateDigits');
    companion.say(callOf(1, IDLE));
    companion.answer(asked.request);
    await host.state('IDLE');
    await host.run('sleep 50');
    expect(host.lines.all.filter((line) => line['message'] === 'LINE_GENERATE')).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('the PBX cannot send are refused', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(await host.run('digits last 9 2 1')).toMatchObject({ result: OPERATIONUNAVAIL });
    await scene.expectCleanEnd();
  });
});

describe('notes of programs', () => {
  test('are kept, and all programs are told', async ({ scene }) => {
    const { host } = scene;
    await talk(scene);
    expect(await host.run('appspecific last 77')).toMatchObject({ result: '0x0' });
    await host.next('event', { message: 'LINE_CALLINFO', p1: 0x20 });
    expect(await host.run('setmediamode last 4')).toMatchObject({ result: '0x0' });
    await host.next('event', { message: 'LINE_CALLINFO', p1: 0x10 });
    expect(await host.run('callinfo last')).toMatchObject({ appSpecific: '0x4d', mediaMode: 4 });
    expect(await host.run('setmediamode last 0x8000')).toMatchObject({ result: '0x8000002f' });
    expect(await host.run('monitormedia last 4')).toMatchObject({ result: '0x0' });
    expect(await host.run('monitormedia last 0x10')).toMatchObject({ result: '0x8000002f' });
    await scene.expectCleanEnd();
  });
});
