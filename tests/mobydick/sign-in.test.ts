import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, BEN, signedIn, type Told } from './signed-in.ts';
import { stagesOf } from './way-rig.ts';

let simulator: Simulator;
let told: Told | undefined;

beforeEach(async () => {
  simulator = await startSimulator({ users: [ANNA, BEN] });
});
afterEach(async () => {
  await told?.pbx.stop();
  told = undefined;
  await simulator.close();
});

describe('a sign-in', () => {
  it('tells its stages, then the users, then that it is online', async () => {
    told = await signedIn(simulator, ANNA);
    expect(stagesOf(told)).toEqual(['resolve', 'connect', 'tls', 'signIn', 'bind', 'userInfo']);
    const online = told.events.findIndex(
      (event) => event.type === 'session' && event.session.state === 'online',
    );
    expect(told.events[online - 1]).toMatchObject({
      type: 'users',
      users: [{ user: 'Anna', name: 'Anna Müller', extension: '340' }],
    });
    expect(simulator.sessions()).toMatchObject([
      { fullJid: 'anna@mobydick/tapline', mechanism: 'SCRAM-SHA-1', secure: true, available: true },
    ]);
  });

  it('knows what the phone can do', async () => {
    await simulator.close();
    simulator = await startSimulator({ users: [{ ...ANNA, capabilities: ['dial'] }] });
    told = await signedIn(simulator, ANNA);
    const users = await told.until((event) => event.type === 'users');
    expect(users.users[0]?.abilities).toEqual(new Set(['dial', 'hangup', 'pickup', 'transfer']));
  });

  it('takes PLAIN where the server knows nothing better, with any password (TAPI-24)', async () => {
    await simulator.close();
    simulator = await startSimulator({ users: [ANNA], xmpp: { mechanisms: ['PLAIN'] } });
    told = await signedIn(simulator, ANNA);
    expect(simulator.sessions()).toMatchObject([{ mechanism: 'PLAIN' }]);
  });

  it.each([
    ' spaces at the ends ',
    'a:b@c',
    `it's "quoted" \\`,
    'e\u0301\u00a0x',
    '密码🔑',
    '=2C,=3D',
    'ab'.repeat(200),
  ])('takes the password %j with every mechanism (TAPI-24)', async (password) => {
    const user = { ...ANNA, password };
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const) {
      await simulator.close();
      simulator = await startSimulator({ users: [user], xmpp: { mechanisms: [mechanism] } });
      told = await signedIn(simulator, user);
      expect(simulator.sessions()).toMatchObject([{ mechanism }]);
      await told.pbx.stop();
    }
  });

  it.each(['anna', 'ANNA', ' Anna ', 'anna@mobydick', 'Anna@some-instance'])(
    'takes the user name written as "%s", with the domain set or not (TAPI-27)',
    async (user) => {
      for (const domain of ['mobydick', '']) {
        told = await signedIn(simulator, ANNA, { user, domain });
        expect(simulator.sessions()).toMatchObject([{ fullJid: 'anna@mobydick/tapline' }]);
        await told.pbx.stop();
        await expect.poll(() => simulator.sessions()).toEqual([]);
      }
    },
  );

  it('keeps the password out of the trace', async () => {
    await simulator.close();
    simulator = await startSimulator({ users: [BEN], xmpp: { mechanisms: ['PLAIN'] } });
    told = await signedIn(simulator, BEN);
    const written = JSON.stringify(told.lines);
    expect(told.lines.map(({ label }) => label)).toContain('auth PLAIN');
    expect(written).not.toContain(BEN.password);
    expect(written).not.toContain(Buffer.from(`\0ben\0${BEN.password}`).toString('base64'));
  });

  it('leaves nothing open when it signs out', async () => {
    told = await signedIn(simulator, ANNA);
    await told.pbx.stop();
    await expect.poll(() => simulator.sessions()).toEqual([]);
    expect(told.states().at(-1)).toEqual({ state: 'stopped' });
    expect(await told.pbx.dial('Anna', '341', 1)).toMatchObject({ ok: false, code: 'offline' });
  });
});

describe('signing out', () => {
  it.each(['resolve', 'connect', 'tls', 'signIn', 'bind', 'userInfo'])(
    'in the middle of the sign-in (%s) leaves nothing open and tells nothing more',
    async (stage) => {
      told = adapterFor(simulator, ANNA);
      const { pbx } = told;
      const stopped = new Promise<void>((resolve) => {
        if (told)
          told.onEvent = (event) => {
            if (event.type !== 'session' || event.session.state !== 'connecting') return;
            if (event.session.stage === stage) queueMicrotask(() => resolve(pbx.stop()));
          };
      });
      pbx.start();
      await stopped;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(told.states().at(-1)).toEqual({ state: 'stopped' });
      expect(simulator.sessions()).toEqual([]);
    },
  );

  it('ends a wait for the next attempt', async () => {
    const { port } = simulator;
    await simulator.close();
    told = adapterFor({ port }, ANNA);
    told.pbx.start();
    await told.untilState('waiting');
    await told.pbx.stop();
    simulator = await startSimulator({ users: [ANNA], port });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(simulator.sessions()).toEqual([]);
  });

  it('while the password is being fetched sends nothing', async () => {
    let give = (_password: string) => {};
    const password = () => new Promise<string>((resolve) => (give = resolve));
    told = adapterFor(simulator, ANNA, { password });
    told.pbx.start();
    await told.pbx.stop();
    give(ANNA.password);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told.states().map(({ state }) => state)).toEqual(['connecting', 'stopped']);
  });

  it('can be followed by a new start, and two starts are one session', async () => {
    told = await signedIn(simulator, ANNA);
    await told.pbx.stop();
    told.pbx.start();
    told.pbx.start();
    await told.untilState('online', 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(simulator.sessions()).toHaveLength(1);
    expect(told.states().filter(({ state }) => state === 'online')).toHaveLength(2);
  });
});

describe('a refused password', () => {
  it('is tried exactly once (TAPI-6)', async () => {
    let asked = 0;
    const password = async () => {
      asked += 1;
      return 'wrong';
    };
    told = adapterFor(simulator, ANNA, { password });
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'wrongPassword', stage: 'signIn' },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).toBe(1);
    expect(told.lines.filter(({ label }) => label.startsWith('auth'))).toHaveLength(1);
    expect(told.states().at(-1)).toMatchObject({ state: 'failed' });
  });

  it('is tried again when the user says so', async () => {
    let password = 'wrong';
    told = adapterFor(simulator, ANNA, { password: async () => password });
    told.pbx.start();
    await told.untilState('failed');
    password = ANNA.password;
    told.pbx.start();
    await told.untilState('online');
  });

  it('is not tried at all when there is none', async () => {
    told = adapterFor(simulator, ANNA, { password: () => Promise.reject(new Error('the vault is shut')) });
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({ problem: { code: 'passwordMissing' } });
    expect(told.lines).toEqual([]);
  });

  it('is not confused with a disabled account or a passing trouble', async () => {
    simulator.faults.refuseLogins('account-disabled');
    told = adapterFor(simulator, ANNA);
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({ problem: { code: 'accountRefused' } });
    simulator.faults.refuseLogins('temporary-auth-failure');
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'accountRefused' } });
    simulator.faults.clear();
    await told.untilState('online');
  });
});
