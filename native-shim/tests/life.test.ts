import { describe, expect } from 'vitest';
import { callOf } from './fake-companion.ts';
import { test } from './scene.ts';
import { CONNECTED, OFFERING, OPERATIONFAILED } from './tapi-values.ts';

/** Nothing may stay behind: the second round already has all that the first one left for good. */
const nothingMore = { moreThreads: 0, moreHandles: 0 };

/** Bytes that come and go with threads; 50 rounds that forget the least piece of memory each leave more. */
const HEAP_NOISE = 1536;

describe('the provider', () => {
  test('is loaded and unloaded without a trace', async ({ scene }) => {
    const { companion, host } = scene;
    await companion.next('hello');
    await host.run('stop');
    const connections = companion.connections;
    expect(await host.run('loads 100')).toMatchObject({ rounds: 100, ...nothingMore });
    expect(companion.connections).toBe(connections);
    await scene.expectCleanEnd();
  });

  test('starts and ends fifty times in one image', async ({ scene }) => {
    const { host } = scene;
    await host.run('stop');
    await host.run('sessions 2');
    // What a round leaves behind shows each time; what the system keeps for its threads does not.
    let leastHeap = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 4 && leastHeap >= HEAP_NOISE; tries += 1) {
      const answer = await host.run('sessions 50', 30_000);
      expect(answer).toMatchObject({ rounds: 50, ...nothingMore });
      leastHeap = Math.min(leastHeap, Number(answer['moreHeap']));
    }
    expect(leastHeap).toBeLessThan(HEAP_NOISE);
    host.lines.passOver(); // the lines of the sessions before
    await host.run('start');
    await scene.openLine();
    await scene.expectCleanEnd();
  }, 150_000);

  test('leaves no thread, and a second start adds none', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    const running = await host.run('resources');
    expect(await host.run('init')).toMatchObject({ result: '0x0' });
    expect(await host.run('resources')).toMatchObject({
      threads: running['threads'],
      handles: running['handles'],
    });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    await host.run('stop');
    expect((await host.run('resources'))['threads']).toBe(Number(running['threads']) - 2);
    const last = host.lines.all.length;
    await host.run('sleep 300');
    expect(host.lines.all.slice(last).filter(({ kind }) => kind !== 'return')).toEqual([]);
    await scene.expectCleanEnd();
  });

  test('ended with a line, two calls and a request completes the request', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine({ maxActiveCalls: 4 });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, OFFERING, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    await host.run('makecall 7 832');
    await companion.next('makeCall');
    await host.run('shutdown');
    expect(host.completions(7)).toEqual([OPERATIONFAILED]);
    const ended = host.lines.all.find((line) => line['command'] === 'providerShutdown');
    const completed = host.lines.all.find((line) => line.kind === 'completion');
    expect(ended).toMatchObject({ result: '0x0' });
    expect(completed?.seq).toBeLessThan(ended?.seq ?? 0);
    await scene.expectCleanEnd();
  });

  test('ends in time when the companion hangs in the middle of a frame', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.write(new Uint8Array([200, 0, 0, 0, 67, 0, 0, 0, 0, 1, 2, 3]));
    await host.run('sleep 50');
    await host.run('stop');
    await scene.expectCleanEnd();
  });
});
