import { beforeEach, describe, expect, it } from 'vitest';
import { DEADLINES } from '../deadlines.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { type KeepAlive, startKeepAlive } from './keep-alive.ts';
import type { Answer } from './requests.ts';

let clock: FakeClock;
let pings: number;
let deaths: number;
let keepAlive: KeepAlive;
let answer: Answer | 'never';

beforeEach(() => {
  clock = fakeClock();
  pings = 0;
  deaths = 0;
  answer = 'never';
  const ask = async (_child: unknown, deadline: number): Promise<Answer> => {
    pings += 1;
    if (answer !== 'never') {
      keepAlive.heard();
      return answer;
    }
    return new Promise((resolve) => {
      clock.after(deadline, () => resolve({ kind: 'unanswered', why: 'late' }));
    });
  };
  keepAlive = startKeepAlive({ ask }, clock, DEADLINES, () => {
    deaths += 1;
  });
});

describe('keep-alive', () => {
  it('notices a peer that died in silence within 15 s, once', async () => {
    await clock.pass(15_000);
    expect([pings, deaths]).toEqual([1, 1]);
    await clock.pass(60_000);
    expect([pings, deaths]).toEqual([1, 1]);
  });

  it('asks nothing while something arrives', async () => {
    for (let second = 0; second < 60; second += 1) {
      await clock.pass(1_000);
      keepAlive.heard();
    }
    expect(pings).toBe(0);
  });

  it.each([
    { kind: 'error', condition: 'service-unavailable', text: '' },
    { kind: 'result', stanza: undefined as never },
  ] as const)('takes a $kind for life, for hours', async (given) => {
    answer = given;
    await clock.pass(4 * 3_600_000);
    expect(deaths).toBe(0);
    expect(pings).toBe((4 * 3_600_000) / DEADLINES.quiet);
  });

  it('takes anything else that arrives for life, too', async () => {
    await clock.pass(DEADLINES.quiet + 1);
    keepAlive.heard();
    await clock.pass(DEADLINES.ping);
    expect([pings, deaths]).toEqual([1, 0]);
  });

  it('is over when stopped, also with a ping under way', async () => {
    await clock.pass(DEADLINES.quiet + 1);
    keepAlive.stop();
    await clock.pass(60_000);
    expect([pings, deaths]).toEqual([1, 0]);
  });
});
