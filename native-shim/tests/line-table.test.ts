import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import type { HostLine } from './host.ts';
import { PLACE } from './place.ts';
import { type Scene, test } from './scene.ts';
import { CONNECTED, RESOURCEUNAVAIL } from './tapi-values.ts';

const IN_SERVICE = 0x40;
const OUT_OF_SERVICE = 0x80;
const guid = (fill: number): Uint8Array => new Uint8Array(16).fill(fill);

/** The state folder of a scene. */
async function stateFolder(scene: Scene): Promise<string> {
  const folder = join(scene.folder, 'state');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** One run of the provider with a companion that publishes these lines, until they are on disk. */
async function publish(scene: Scene, ...lines: ReturnType<typeof lineOf>[]): Promise<void> {
  const { companion } = scene;
  companion.snapshot = lines;
  await companion.listen(scene.socket);
  const host = scene.startHost({ stateFolder: await stateFolder(scene) });
  for (const _ of lines) await host.next('lineCreate');
  await scene.expectCleanEnd();
  await companion.die();
}

const counted = (scene: Scene): HostLine[] => scene.host.lines.all.filter(({ kind }) => kind === 'line');
const created = (scene: Scene): HostLine[] =>
  scene.host.lines.all.filter(({ kind }) => kind === 'lineCreate');
const services = (scene: Scene): unknown[] =>
  scene.host.lines.all
    .filter((line) => line['message'] === 'LINE_LINEDEVSTATE')
    .map((line) => line['p1'])
    .filter((p1) => p1 === IN_SERVICE || p1 === OUT_OF_SERVICE);

describe('lines of the table on disk', () => {
  test('are there before the companion, with their ids and features', async ({ bareScene: scene }) => {
    await publish(
      scene,
      lineOf(900, { name: 'Käthe 😀 (900)', guid: guid(9) }),
      lineOf(5, { name: 'Иван (5)', guid: guid(5) }),
    );
    const host = scene.startHost({ stateFolder: await stateFolder(scene) });
    expect(await host.run('open 10')).toMatchObject({ result: '0x0' });
    expect(counted(scene).map((line) => line['device'])).toEqual([10, 11]);
    expect(await host.run('devcaps 10')).toMatchObject({
      permanentLineId: 900,
      guid: '09'.repeat(16),
      lineName: 'Käthe 😀 (900)',
    });
    expect(await host.run('devcaps 11')).toMatchObject({ permanentLineId: 5, lineName: 'Иван (5)' });
    expect(await host.run('linestatus')).toMatchObject({ inService: true, lineFeatures: '0x8' });
    expect(created(scene)).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('place a call that was made before the companion is there', async ({ bareScene: scene }) => {
    await publish(scene, lineOf(831));
    const { companion } = scene;
    const host = scene.startHost({ stateFolder: await stateFolder(scene) });
    await host.run('open first');
    await host.run('makecall 1 832');
    await host.run('sleep 300');
    await companion.listen(scene.socket);
    const asked = await companion.next('makeCall');
    expect(asked.message).toEqual({ kind: 'makeCall', line: 831, target: '832' });
    companion.answer(asked.request, 0, 7);
    await host.next('completion', { request: 1, result: '0x0' });
    expect(services(scene)).toEqual([]);
    expect(created(scene)).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('fail that call with a reason, and go out of service, when no companion comes', async ({
    bareScene: scene,
  }) => {
    await publish(scene, lineOf(831));
    const host = scene.startHost({ stateFolder: await stateFolder(scene) });
    await host.run('open first');
    await host.run('makecall 1 832');
    await host.next('completion', { request: 1, result: RESOURCEUNAVAIL });
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: OUT_OF_SERVICE });
    expect(await host.run('linestatus')).toMatchObject({ inService: false, lineFeatures: '0x0' });
    expect(await host.run('makecall 2 832')).toMatchObject({ result: RESOURCEUNAVAIL });
    await scene.companion.listen(scene.socket);
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: IN_SERVICE });
    expect(services(scene)).toEqual([OUT_OF_SERVICE, IN_SERVICE]);
    await scene.expectCleanEnd();
  }, 40_000);

  test('keep their ids when they are renamed, reordered, joined by others', async ({ bareScene: scene }) => {
    await publish(scene, lineOf(900), lineOf(5));
    const { companion } = scene;
    companion.snapshot = [lineOf(77), lineOf(5, { name: 'Neu (5)' }), lineOf(900)];
    await companion.listen(scene.socket);
    const host = scene.startHost({ stateFolder: await stateFolder(scene) });
    await host.next('lineCreate');
    await expect.poll(async () => (await host.run('devcaps 11'))['lineName']).toBe('Neu (5)');
    expect(created(scene)).toHaveLength(1);
    await scene.expectCleanEnd();
    await companion.die();
    const next = scene.startHost({ stateFolder: await stateFolder(scene) });
    const caps = [];
    for (const device of [10, 11, 12]) caps.push(await next.run(`devcaps ${device}`));
    expect(caps.map((cap) => [cap['permanentLineId'], cap['lineName']])).toEqual([
      [900, 'Jan Lörenz 😀 (900)'],
      [5, 'Neu (5)'],
      [77, 'Jan Lörenz 😀 (77)'],
    ]);
    await scene.expectCleanEnd();
  });

  test('leave it when the companion says so, and only then', async ({ bareScene: scene }) => {
    await publish(scene, lineOf(900), lineOf(5));
    const { companion } = scene;
    companion.snapshot = [lineOf(5)];
    await companion.listen(scene.socket);
    const host = scene.startHost({ stateFolder: await stateFolder(scene) });
    await host.run('open 11');
    await companion.next('lineOpened');
    companion.say(callOf(1, CONNECTED, { line: 5, mode: 1 }));
    await host.state('CONNECTED');
    companion.say({ kind: 'lineGone', line: 5 });
    await host.next('lineRemove', { device: 11 });
    expect(await host.run('devcaps 11')).toMatchObject({ result: '0x80000002' });
    await scene.expectCleanEnd();
    await companion.die();
    const next = scene.startHost({ stateFolder: await stateFolder(scene) });
    expect(await next.run('devcaps 10')).toMatchObject({ permanentLineId: 900 });
    expect(counted(scene)).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('that TAPI did not count are announced', async ({ bareScene: scene }) => {
    await publish(scene, lineOf(900), lineOf(5));
    const host = scene.startHost({ stateFolder: await stateFolder(scene), words: ['0x00030001', '1'] });
    await host.next('lineCreate', { device: 100, result: '0x0' });
    expect(await host.run('devcaps 100')).toMatchObject({ permanentLineId: 5 });
    expect(counted(scene)).toHaveLength(1);
    await scene.expectCleanEnd();
  });

  test('are none when the file is damaged, until the companion publishes them', async ({
    bareScene: scene,
  }) => {
    await publish(scene, lineOf(900));
    const folder = await stateFolder(scene);
    const file = join(folder, 'lines.table');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 1));
    const { companion } = scene;
    companion.snapshot = [lineOf(900)];
    await companion.listen(scene.socket);
    const host = scene.startHost({ stateFolder: folder });
    await host.next('lineCreate');
    expect(counted(scene)).toEqual([]);
    if (PLACE === 'native') expect(host.traced.all.some((line) => line.includes('damaged'))).toBe(true);
    await scene.expectCleanEnd();
    expect(await readFile(file)).toEqual(bytes);
    expect(await readdir(folder)).toEqual(['lines.table']);
  });
});
