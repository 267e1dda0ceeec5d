/** A companion that floods or lies; endurance.test.ts has the one that stalls. */
import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { atPlace } from './place.ts';
import { test } from './scene.ts';
import { CONNECTED, IDLE, OFFERING } from './tapi-values.ts';

/** More than the shim's inbox holds. */
const CALLS = atPlace(3000, 1200);

const ALL_STATES = Array.from({ length: 16 }, (_, bit) => 1 << bit);

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let at = seed;
  return (sides) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return (at >>> 8) % sides;
  };
}

describe('a companion', () => {
  test('that floods is read as fast as TAPI listens, and loses nothing', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    await host.run('block 300');
    for (let id = 1; id <= CALLS; id += 1) {
      companion.say(callOf(id, OFFERING, { mode: 1 }));
      companion.say(callOf(id, IDLE));
    }
    const last = `c${CALLS}`;
    await host.next('event', { message: 'LINE_CALLSTATE', name: last, state: 'IDLE' });
    for (const name of ['c1', `c${CALLS / 2}`, last])
      expect(host.statesOf(name)).toEqual(['OFFERING', 'IDLE']);
    await scene.expectCleanEnd();
  }, 60_000);

  test.for([1, 2, 3, 4])(
    'that lies breaks nothing but the order of states (%i)',
    { timeout: 60_000 },
    async (seed, { scene }) => {
      const { companion, host } = scene;
      const roll = dice(seed);
      await scene.openLine({ maxActiveCalls: 100 });
      for (let lie = 0; lie < 3000; lie += 1) {
        const id = 1 + roll(40);
        const line = roll(6) === 0 ? roll(2000) : 831;
        const long = roll(30) === 0 ? 'ü'.repeat(128) : 'Eva';
        switch (roll(12)) {
          case 0:
            companion.say({ kind: 'lineGone', line: 900 + roll(10) });
            break;
          case 1:
            companion.say(lineOf(900 + roll(10), { name: long, inService: roll(2) === 0 }));
            break;
          default:
            companion.say(
              callOf(id, ALL_STATES[roll(16)] ?? IDLE, {
                line,
                mode: roll(9),
                features: roll(0x1000_0000),
                relatedCall: roll(40),
                caller: { flags: roll(64), number: '8'.repeat(roll(129)), name: long },
              }),
            );
        }
      }
      companion.say(callOf(9999, OFFERING, { mode: 1 }));
      await companion.told(
        ({ message }) => message.kind === 'report' && message.call === 9999,
        'the last call',
      );
      expect(companion.connections).toBe(1);
      const code = await host.quit();
      expect(host.violations().filter(({ statement }) => statement !== 58 && statement !== 80)).toEqual([]);
      expect(code).toBeLessThan(2);
    },
  );

  test('that answers what nobody asked is left, and comes back', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    companion.snapshot = [lineOf(831), callOf(1, CONNECTED, { mode: 1 })];
    companion.answer(77_777, 0, 1);
    await host.run('makecall 1 832');
    const asked = await companion.next('makeCall');
    companion.answer(asked.request, 0, 1);
    await host.next('completion', { request: 1 });
    expect(host.completions(1)).not.toContain('0x0');
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'IDLE']);
    await scene.expectCleanEnd();
  });
});
