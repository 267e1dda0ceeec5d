import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEADLINES } from '../../connection/deadlines.ts';
import type { SessionState } from '../../port.ts';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import { createSession, type Session } from './session.ts';

let clock: FakeClock;
let states: SessionState[];
let sockets: Socket[];
let password: () => Promise<string>;
let session: Session;

/** A network in which nothing answers: a connection is asked for, and that is all. */
beforeEach(() => {
  clock = fakeClock();
  states = [];
  sockets = [];
  password = async () => 'secret';
  session = createSession(
    {
      host: '192.0.2.1',
      port: 5222,
      domain: 'mobydick',
      user: 'anna',
      resource: 'r',
      password: () => password(),
    },
    { state: (state) => states.push(state), greet: async () => undefined, told: () => {}, trace: () => {} },
    {
      clock,
      random: () => 0.5,
      randomBytes: (count) => Buffer.alloc(count, 7),
      connect: () => {
        const socket = new Socket();
        sockets.push(socket);
        return socket;
      },
      identity: { os: '', osUser: '', version: '' },
    },
    DEADLINES,
  );
});
afterEach(() => session.stop());

/** How many attempts have begun. */
const attempts = () =>
  states.filter((state) => state.state === 'connecting' && state.stage === 'resolve').length;
const refuse = async () => {
  sockets.at(-1)?.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  await clock.pass(0);
};
const checkTenTimes = () => {
  for (let time = 0; time < 10; time += 1) session.check();
};

describe('the network that comes back', () => {
  it('ends a wait at once, and begins one attempt however often it is told', async () => {
    session.start();
    await clock.pass(5_000);
    await refuse();
    expect(states.at(-1)).toMatchObject({ state: 'waiting', problem: { code: 'unreachable' } });
    checkTenTimes();
    expect(attempts()).toBe(2);
    expect(states.at(-1)).toMatchObject({ state: 'connecting' });
  });

  it('does not bring about attempts faster than one a second', async () => {
    session.start();
    await clock.pass(0);
    for (let tenth = 0; tenth < 100; tenth += 1) {
      await refuse();
      checkTenTimes();
      await clock.pass(100);
    }
    expect(attempts()).toBeGreaterThan(8);
    expect(attempts()).toBeLessThanOrEqual(11);
  });

  it('begins an attempt anew that has hung without a connection', async () => {
    session.start();
    await clock.pass(900);
    checkTenTimes();
    expect(attempts()).toBe(1);
    await clock.pass(200);
    checkTenTimes();
    await clock.pass(0);
    expect(attempts()).toBe(2);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    expect(states.some(({ state }) => state === 'waiting')).toBe(false);
  });

  it('means nothing to a session that was stopped, failed, or never started', async () => {
    checkTenTimes();
    session.start();
    await clock.pass(0);
    await session.stop();
    checkTenTimes();
    password = () => Promise.reject(new Error('locked'));
    session.start();
    await clock.pass(0);
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    checkTenTimes();
    await clock.pass(60_000);
    expect(attempts()).toBe(2);
    expect(clock.waiting()).toBe(0);
  });
});

it('does not wait for ever for a password', async () => {
  password = () => new Promise(() => {});
  session.start();
  await clock.pass(DEADLINES.attempt);
  expect(states.at(-1)).toMatchObject({ state: 'waiting', problem: { code: 'passwordMissing' } });
  password = async () => 'secret';
  await clock.pass(DEADLINES.backOffFirst);
  expect(sockets).toHaveLength(1);
});

it('leaves no timer behind when an attempt is over, or the session', async () => {
  session.start();
  await clock.pass(DEADLINES.connect);
  expect(states.at(-1)).toMatchObject({ state: 'waiting' });
  expect(clock.waiting()).toBe(1);
  await session.stop();
  expect(clock.waiting()).toBe(0);
});
