/** A terminal server's companion: thousands of lines, more than the shim's inbox holds. */
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { atPlace } from './place.ts';
import { type Scene, test } from './scene.ts';
import { CONNECTED } from './tapi-values.ts';

const LINES = atPlace(5000, 1500);
const FIRST = 1000;
const LAST = FIRST + LINES - 1;

/** Longer than the shim waits for a snapshot, in ms. */
const HELD_MS = 6000;

const everyone = Array.from({ length: LINES }, (_, at) => lineOf(FIRST + at));

const created = ({ host }: Scene): number =>
  host.lines.all.filter(({ kind }) => kind === 'lineCreate').length;

describe('thousands of lines', () => {
  test('are all announced, and the last one can be used', async ({ bareScene: scene }) => {
    const { companion } = scene;
    companion.snapshot = everyone;
    await companion.listen(scene.socket);
    const host = scene.startHost();
    await expect.poll(() => created(scene), { timeout: 60_000 }).toBe(LINES);
    const devices = host.lines.all.filter(({ kind }) => kind === 'lineCreate').map(({ device }) => device);
    expect(new Set(devices).size).toBe(LINES);
    const last = Math.max(...devices.map(Number));
    expect(await host.run(`open ${last}`)).toMatchObject({ result: '0x0' });
    const { line } = (await companion.next('lineOpened')).message;
    companion.say(callOf(1, CONNECTED, { line, mode: 1 }));
    await host.state('CONNECTED');
    expect(companion.connections).toBe(1);
    await scene.expectCleanEnd();
  }, 120_000);

  test('are waited for while TAPI takes its time', async ({ bareScene: scene }) => {
    const { companion } = scene;
    companion.snapshot = everyone;
    const host = scene.startHost();
    await host.run(`block ${HELD_MS}`);
    await companion.listen(scene.socket);
    await host.next('blocked');
    await host.run(`sleep ${HELD_MS}`);
    await expect.poll(() => created(scene), { timeout: 60_000 }).toBe(LINES);
    expect(companion.connections).toBe(1);
    companion.say({ kind: 'lineGone', line: LAST });
    await host.next('lineRemove');
    await scene.expectCleanEnd();
  }, 120_000);
});
