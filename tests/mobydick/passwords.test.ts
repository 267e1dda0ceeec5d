import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, signedIn, type Told } from './signed-in.ts';

let server: Simulator;
let told: Told;
let password: string;
const QUICK = { afterRefusal: [60, 60], betweenAttempts: 0 };

beforeEach(async () => {
  server = await startSimulator({ users: [ANNA] });
  password = ANNA.password;
});
afterEach(async () => {
  await told.pbx.stop();
  await server.close();
});

const start = async (deadlines: Parameters<typeof signedIn>[3]) => {
  told = await signedIn(server, ANNA, { password: async () => password }, deadlines);
};
/** How often a sign-in was tried since the first that worked. */
const tries = () => told.lines.filter(({ label }) => label.startsWith('auth ')).length - 1;
const refusals = () =>
  told.states().filter((session) => 'problem' in session && session.problem.code === 'wrongPassword');

describe('a password that had worked (TAPI-6)', () => {
  it('is tried three times with pauses, and then waits for the user', async () => {
    await start(QUICK);
    server.setPassword('Anna', 'another');
    server.faults.cut();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'wrongPassword', stage: 'signIn' },
    });
    expect(refusals().map(({ state }) => state)).toEqual(['waiting', 'waiting', 'failed']);
    expect(tries()).toBe(3);
  });

  it('is not tried sooner because the network comes back', async () => {
    await start({ afterRefusal: [60_000], betweenAttempts: 0 });
    server.setPassword('Anna', 'another');
    server.faults.cut();
    await expect.poll(refusals).toHaveLength(1);
    for (let time = 0; time < 10; time += 1) told.pbx.check();
    expect(told.states().at(-1)).toMatchObject({ state: 'waiting', delay: 60_000 });
    expect(tries()).toBe(1);
  });

  it('goes on as if nothing had been when the server comes to its senses', async () => {
    await start(QUICK);
    server.faults.refuseLogins();
    server.faults.cut();
    await expect.poll(refusals).toHaveLength(1);
    server.faults.clear();
    await told.untilState('online', 2);
    server.faults.refuseLogins();
    server.faults.cut();
    await told.untilState('failed');
    expect(refusals()).toHaveLength(4);
  });

  it('has its three chances anew when the user says so', async () => {
    await start(QUICK);
    server.setPassword('Anna', 'another');
    server.faults.cut();
    await told.untilState('failed');
    told.pbx.start();
    await told.untilState('failed', 2);
    expect(tries()).toBe(6);
    password = 'another';
    told.pbx.start();
    await told.untilState('online', 2);
  });

  it('says nothing for another one: that is tried once', async () => {
    await start(QUICK);
    password = 'mistyped';
    server.faults.cut();
    await told.untilState('failed');
    expect(tries()).toBe(1);
  });

  it('is not counted against for troubles of the server', async () => {
    await start(QUICK);
    server.faults.refuseLogins('temporary-auth-failure');
    server.faults.cut();
    await expect.poll(() => tries(), { timeout: 4_000 }).toBeGreaterThan(3);
    expect(told.states().some(({ state }) => state === 'failed')).toBe(false);
    server.faults.clear();
    await told.untilState('online', 2);
  });
});
