import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { DEADLINES } from './deadlines.ts';
import { type KeepAlive, startKeepAlive } from './keep-alive.ts';

let clock: FakeClock;
let pings: number;
let deaths: number;
/** How often the watch itself woke the machine. */
let wakes: number;
let answers: boolean;
let keepAlive: KeepAlive;

function start() {
  clock = fakeClock();
  pings = 0;
  deaths = 0;
  wakes = 0;
  answers = false;
  const ping = () => {
    pings += 1;
    if (answers) clock.after(30, () => keepAlive.heard());
  };
  const after: FakeClock['after'] = (ms, act) =>
    clock.after(ms, () => {
      wakes += 1;
      act();
    });
  keepAlive = startKeepAlive(ping, { ...clock, after }, DEADLINES, () => {
    deaths += 1;
  });
}
beforeEach(start);

describe('keep-alive', () => {
  it('notices a peer that died in silence within 15 s, once (TAPI-19)', async () => {
    await clock.pass(15_000);
    expect([pings, deaths]).toEqual([1, 1]);
    await clock.pass(60_000);
    expect([pings, deaths]).toEqual([1, 1]);
  });

  it('notices it within 15 s of the last thing heard, whenever that was (TAPI-19)', async () => {
    const longest = DEADLINES.quiet + DEADLINES.ping - 1;
    const pauses = fc.array(fc.integer({ min: 0, max: longest }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pauses, async (given) => {
        start();
        for (const pause of given) {
          await clock.pass(pause);
          keepAlive.heard();
        }
        expect(deaths).toBe(0);
        await clock.pass(15_000);
        expect(deaths).toBe(1);
      }),
      { numRuns: 50 },
    );
  });

  it('asks nothing while something arrives', async () => {
    for (let second = 0; second < 60; second += 1) {
      await clock.pass(1_000);
      keepAlive.heard();
    }
    expect(pings).toBe(0);
  });

  it('stays with a peer that answers, for an hour, and wakes once for each ping', async () => {
    answers = true;
    await clock.pass(3_600_000);
    expect(deaths).toBe(0);
    expect(pings).toBeGreaterThan(350);
    expect(wakes).toBe(pings);
  });

  it('holds one timer, whatever happens', async () => {
    for (const pause of [0, 5_000, 9_999, 10_001, 20, 14_000]) {
      await clock.pass(pause);
      expect(clock.waiting()).toBe(1);
      keepAlive.check();
      expect(clock.waiting()).toBe(1);
      keepAlive.heard();
      expect(clock.waiting()).toBe(1);
    }
  });

  it('asks at once when it is told to, and waits no longer than after any ping', async () => {
    keepAlive.check();
    expect(pings).toBe(1);
    await clock.pass(DEADLINES.ping);
    expect(deaths).toBe(1);
  });

  it('asks once, however often it is told to', async () => {
    await clock.pass(DEADLINES.quiet + 1);
    for (let time = 0; time < 10; time += 1) keepAlive.check();
    expect(pings).toBe(1);
    keepAlive.heard();
    for (let time = 0; time < 10; time += 1) keepAlive.check();
    expect(pings).toBe(2);
  });

  it('takes anything that arrives for life', async () => {
    await clock.pass(DEADLINES.quiet + 1);
    keepAlive.heard();
    await clock.pass(DEADLINES.ping);
    expect([pings, deaths]).toEqual([1, 0]);
  });

  it('is over when stopped, also with a ping under way', async () => {
    await clock.pass(DEADLINES.quiet + 1);
    keepAlive.stop();
    keepAlive.heard();
    keepAlive.check();
    await clock.pass(60_000);
    expect([pings, deaths, clock.waiting()]).toEqual([1, 0, 0]);
  });
});
