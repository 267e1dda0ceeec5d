/**
 * What only shows after long, or after many times. Natively these run side by side, because they wait more than they
 * work; under Wine, where a round costs more, they are fewer.
 */
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { atPlace } from './place.ts';
import { test } from './scene.ts';
import { CONNECTED, DISCONNECTED, IDLE, OFFERING, RESOURCEUNAVAIL } from './tapi-values.ts';

/** How long the companion reads nothing, in ms: longer than the shim waits for it. */
const STALL_MS = atPlace(60_000, 15_000);
const UNLOADS = atPlace(1000, 100);
const CYCLES = atPlace(10_000, 2000);

/** Calls of which the host is told before it is asked again. */
const BATCH = 500;

/** Calls, and a line that changes without end. */
const flood = [
  ...Array.from({ length: 50 }, (_, at) => callOf(at + 1, OFFERING, { mode: 1 })),
  ...Array.from({ length: 50 }, (_, at) => lineOf(831, { name: `Eva ${at}` })),
];

atPlace(describe.concurrent, describe)('in the long run', () => {
  test('a companion that reads nothing delays nobody, and what waits is bounded', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine({ maxActiveCalls: 4000 });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    companion.stall();
    const stalled = Date.now();
    const number = '8'.repeat(500);
    let refused = 0;
    for (let request = 1; request <= 3000 && refused < 10; request += 1) {
      const { result } = (await host.run(`makecall ${request} ${number}`)) as { result?: string };
      if (result === RESOURCEUNAVAIL) refused += 1;
      else expect(result).toBe(`0x${request.toString(16)}`);
    }
    expect(refused).toBe(10);
    for (let request = 5000; Date.now() - stalled < STALL_MS; request += 1) {
      // Each answers, whatever it says; tsphost judges how soon.
      const words = [`drop ${request} c1`, 'callinfo c1', `makecall ${request + 1000} 832`, 'closecall last'];
      for (const command of words) await host.run(command);
      expect(await host.run('linestatus')).toMatchObject({ result: '0x0' });
      await host.run('sleep 500');
    }
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'DISCONNECTED', 'IDLE']);
    companion.readOn();
    await scene.expectCleanEnd();
  }, 90_000);

  test('the provider is unloaded again and again while its companion floods it', async ({ scene }) => {
    const { companion, host } = scene;
    await companion.next('hello');
    await host.run('stop');
    companion.flood(flood);
    const answer = await host.run(`unloads ${UNLOADS}`, 120_000);
    expect(answer).toMatchObject({ rounds: UNLOADS, moreThreads: 0, moreHandles: 0 });
    expect(Number(answer['callbacks'])).toBeGreaterThan(3 * UNLOADS);
    companion.calm();
    await scene.expectCleanEnd();
  }, 150_000);

  test('thousands of calls leave no memory, no handle and no thread behind', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('autoclose on');
    const play = async (from: number): Promise<void> => {
      for (let id = from; id < from + BATCH; id += 1) {
        companion.say(callOf(id, OFFERING, { mode: 1, features: 0x84 }));
        companion.say(callOf(id, CONNECTED, { mode: 1 }));
        companion.say(callOf(id, DISCONNECTED, { mode: 1, features: 0 }));
        companion.say(callOf(id, IDLE, { features: 0 }));
      }
      const last = `c${from + BATCH - 1}`;
      await host.next('event', { message: 'LINE_CALLSTATE', name: last, state: 'IDLE' });
    };
    for (let id = 1; id <= 2 * BATCH; id += BATCH) await play(id);
    await host.run('sleep 100');
    const early = await host.run('resources');
    for (let id = 2 * BATCH + 1; id <= CYCLES; id += BATCH) await play(id);
    await host.run('sleep 100');
    const late = await host.run('resources');
    expect(host.statesOf(`c${CYCLES}`)).toEqual(['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE']);
    expect(late).toMatchObject({ threads: early['threads'], handles: early['handles'] });
    expect(Math.abs(Number(late['heap']) - Number(early['heap']))).toBeLessThan(16 * 1024);
    await scene.expectCleanEnd();
  }, 120_000);
});
