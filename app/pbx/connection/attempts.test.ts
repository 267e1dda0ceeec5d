import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../port.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { type Attempts, createAttempts, type RunHooks } from './attempts.ts';
import { DEADLINES } from './deadlines.ts';
import { type Retry, SessionFailure } from './failure.ts';

/** A protocol that does nothing by itself: a test tells what happens in it. */
type FakeRun = { readonly password: string; readonly hooks: RunHooks; checks: number; signedOut: boolean };

let clock: FakeClock;
let states: SessionState[];
let runs: FakeRun[];
let password: () => Promise<string>;
let refusal: Error | undefined;
let attempts: Attempts;

beforeEach(() => {
  clock = fakeClock();
  states = [];
  runs = [];
  password = async () => 'secret';
  refusal = undefined;
  const open = (given: string, hooks: RunHooks) => {
    if (refusal) throw refusal;
    const run: FakeRun = { password: given, hooks, checks: 0, signedOut: false };
    runs.push(run);
    return {
      fail: hooks.ended,
      check: () => {
        run.checks += 1;
      },
      signOut: async () => {
        run.signedOut = true;
      },
    };
  };
  const ports = { clock, random: () => 1, randomBytes: (count: number) => Buffer.alloc(count, 7) };
  attempts = createAttempts(
    () => password(),
    open,
    (state) => states.push(state),
    ports,
    DEADLINES,
  );
});

const begun = async () => {
  attempts.start();
  await clock.pass(0);
  return runs.at(-1) as FakeRun;
};
const failure = (retry: Retry) => new SessionFailure({ code: 'lost', stage: 'online', detail: 'x' }, retry);

describe('a sign-in', () => {
  it('tells each stage once, and that nothing is encrypted', async () => {
    const { hooks } = await begun();
    for (const stage of ['connect', 'connect', 'signIn'] as const) hooks.stage(stage, stage === 'signIn');
    hooks.online(false);
    expect(states).toEqual([
      { state: 'connecting', stage: 'resolve' },
      { state: 'connecting', stage: 'connect' },
      { state: 'connecting', stage: 'signIn', plainText: true },
      { state: 'online', resumed: false },
    ]);
  });

  it('that takes too long is ended, and tried again', async () => {
    await begun();
    await clock.pass(DEADLINES.attempt);
    expect(states.at(-1)).toMatchObject({ state: 'waiting', problem: { code: 'silent' } });
    await clock.pass(DEADLINES.backOffFirst);
    expect(runs).toHaveLength(2);
  });

  it('has no deadline any more once it is online', async () => {
    (await begun()).hooks.online(true);
    await clock.pass(DEADLINES.attempt * 2);
    expect(states.at(-1)).toEqual({ state: 'online', resumed: true });
    expect(clock.waiting()).toBe(0);
  });

  it('that cannot even begin says why', async () => {
    refusal = new SessionFailure({ code: 'wrongPassword', stage: 'signIn', detail: 'x' }, 'otherPassword');
    attempts.start();
    await clock.pass(0);
    expect(states.at(-1)).toMatchObject({ state: 'failed', problem: { code: 'wrongPassword' } });
  });

  it('waits for the user where the password cannot be read', async () => {
    password = () => Promise.reject(new Error('locked'));
    attempts.start();
    await clock.pass(60_000);
    expect(states.at(-1)).toMatchObject({
      state: 'failed',
      problem: { code: 'passwordMissing', detail: expect.stringContaining('locked') },
    });
    expect(runs).toHaveLength(0);
  });
});

describe('a refused password', () => {
  it('is sent once', async () => {
    (await begun()).hooks.ended(failure('otherPassword'));
    await clock.pass(600_000);
    expect(runs).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
  });

  it('that had worked is sent three times more at most', async () => {
    const { hooks } = await begun();
    hooks.passwordWorked();
    hooks.online(false);
    hooks.ended(failure('backOff'));
    for (const wait of [DEADLINES.backOffFirst, ...DEADLINES.afterRefusal]) {
      await clock.pass(wait);
      runs.at(-1)?.hooks.ended(failure('otherPassword'));
    }
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    expect(runs).toHaveLength(4);
  });
});

describe('check', () => {
  it('asks a session that is online, and begins none', async () => {
    const run = await begun();
    run.hooks.stage('signIn', false);
    attempts.check();
    expect(run.checks).toBe(0);
    run.hooks.online(false);
    attempts.check();
    expect(run.checks).toBe(1);
    expect(runs).toHaveLength(1);
  });

  it('ends a wait at once, and starts one attempt however often it is called', async () => {
    const { hooks } = await begun();
    await clock.pass(5_000);
    hooks.ended(failure('backOff'));
    for (let time = 0; time < 10; time += 1) attempts.check();
    await clock.pass(0);
    expect(runs).toHaveLength(2);
  });

  it('leaves a wait that must not end early', async () => {
    (await begun()).hooks.ended(failure('longWait'));
    attempts.check();
    await clock.pass(DEADLINES.afterConflict / 4);
    expect(runs).toHaveLength(1);
  });
});

it('hears nothing of an attempt that is over, and leaves no timer behind', async () => {
  const run = await begun();
  await attempts.stop();
  expect(run.signedOut).toBe(true);
  run.hooks.stage('signIn', false);
  run.hooks.online(false);
  run.hooks.ended(failure('backOff'));
  expect(states.at(-1)).toEqual({ state: 'stopped' });
  expect(clock.waiting()).toBe(0);
});
