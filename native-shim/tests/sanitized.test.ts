import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSanitized } from '../../tools/native/sanitized.ts';
import { callOf, FakeCompanion, lineOf } from './fake-companion.ts';
import { Host } from './host.ts';
import { CONNECTED, DIALTONE, EVERYTHING, IDLE, OFFERING, ONHOLD, outgoing } from './tapi-values.ts';

/** A day in the life of a line: calls, lost links, lines that go, starts and ends. */
async function play(host: Host, companion: FakeCompanion, socket: string): Promise<void> {
  await host.openLine();
  await companion.next('lineOpened');
  companion.say(lineOf(831, { maxActiveCalls: 50, callFeatures: EVERYTHING }));
  for (let id = 1; id <= 20; id += 1) {
    companion.say(callOf(id, OFFERING, { mode: 1, features: EVERYTHING }));
    companion.say(callOf(id, CONNECTED, { mode: 1, features: EVERYTHING }));
    companion.say(callOf(id, ONHOLD, { features: EVERYTHING }));
    if (id % 2 === 0) companion.say(callOf(id, IDLE));
  }
  await host.next('event', { message: 'LINE_CALLSTATE', name: 'c20', state: 'IDLE' });
  for (const question of ['devcaps first', 'addresscaps', 'linestatus', 'callinfo c1', 'callstatus c1']) {
    await host.run(question);
  }
  await host.run('makecall 1 832');
  companion.answer((await companion.next('makeCall')).request, 0, 99);
  companion.say(callOf(99, DIALTONE, outgoing));
  await host.state('DIALTONE');
  await host.run('drop 2 c21');
  await host.run('unhold 3 c1');
  await host.run('digits c3 9 2 12#');
  await host.run('closecall c5');
  await companion.die();
  await host.linkClosed();
  await host.run('makecall 4 833');
  companion.snapshot = [lineOf(831), lineOf(832)];
  await companion.listen(socket);
  await companion.next('makeCall');
  await host.next('lineCreate');
  companion.say({ kind: 'lineGone', line: 832 });
  await host.next('lineRemove');
  await host.run('shutdown');
  await host.run('start');
  await host.next('lineCreate');
}

test('the provider and its host hold under the sanitizers, with nothing leaked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapline-sanitized-'));
  const socket = join(folder, 'link');
  const companion = new FakeCompanion();
  await companion.listen(socket);
  const host = new Host(await buildSanitized(), socket);
  await play(host, companion, socket);
  const code = await host.quit();
  await companion.die();
  await rm(folder, { recursive: true });
  expect(host.traced.all.filter((line) => /Sanitizer|runtime error/.test(line))).toEqual([]);
  expect(host.violations()).toEqual([]);
  expect(code).toBe(0);
}, 120_000);
