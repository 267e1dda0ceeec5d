import { createServer, type Server as NetServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, BEN, signedIn, type Told } from './signed-in.ts';

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

const stagesOf = ({ states }: Told) =>
  states().flatMap((session) => (session.state === 'connecting' ? [session.stage] : []));

describe('a sign-in', () => {
  it('tells its stages, then the users, then that it is online', async () => {
    told = await signedIn(simulator, ANNA);
    expect(stagesOf(told)).toEqual(['resolve', 'connect', 'tls', 'signIn', 'bind', 'userInfo']);
    expect(told.events.slice(-2).map((event) => event.type)).toEqual(['users', 'session']);
    expect(told.events.at(-2)).toMatchObject({
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

  it.each(['anna', 'ANNA', ' Anna ', 'anna@mobydick', 'Anna@some-instance'])(
    'takes the user name written as "%s" (TAPI-27)',
    async (user) => {
      told = await signedIn(simulator, ANNA, { user });
      expect(simulator.sessions()).toMatchObject([{ fullJid: 'anna@mobydick/tapline' }]);
    },
  );

  it('finds the domain in the user name when none is set', async () => {
    await simulator.close();
    simulator = await startSimulator({ users: [ANNA], domain: 'stack7' });
    told = await signedIn(simulator, ANNA, { user: 'anna@Stack7', domain: '' });
    expect(simulator.sessions()).toMatchObject([{ fullJid: 'anna@stack7/tapline' }]);
  });

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

describe('trust', () => {
  it('stops at an unknown certificate and shows its fingerprint; the pin lets it in', async () => {
    told = adapterFor({ port: simulator.port }, ANNA);
    told.pbx.start();
    const failed = await told.untilState('failed');
    expect(failed).toMatchObject({ problem: { code: 'certificateUntrusted', stage: 'tls' } });
    expect(told.lines).toEqual([]);
    const fingerprint = failed.state === 'failed' ? (failed.problem.fingerprint ?? '') : '';
    expect(fingerprint).toBe(simulator.fingerprint);
    told = await signedIn(
      { port: simulator.port, fingerprint: fingerprint.replaceAll(':', '').toLowerCase() },
      ANNA,
    );
  });

  it('stops at a changed certificate', async () => {
    const { fingerprint } = simulator;
    await simulator.close();
    simulator = await startSimulator({ users: [ANNA] });
    told = adapterFor({ port: simulator.port, fingerprint }, ANNA);
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'certificateChanged', stage: 'tls', fingerprint: simulator.fingerprint },
    });
  });
});

describe('a server that is not there', () => {
  let listener: NetServer | undefined;
  afterEach(() => listener?.close());

  it('is unreachable where the port is shut, and tried again', async () => {
    const { port } = simulator;
    await simulator.close();
    told = adapterFor({ port }, ANNA);
    told.pbx.start();
    expect(await told.untilState('waiting', 2)).toMatchObject({
      problem: { code: 'unreachable', stage: 'connect' },
    });
    simulator = await startSimulator({ users: [ANNA] });
  });

  it('is unknown where the name is', async () => {
    told = adapterFor(simulator, ANNA, { host: 'no-such-host.invalid' });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({
      problem: { code: 'hostUnknown', stage: 'resolve' },
    });
  });

  it.each([
    ['header', 'tls'],
    ['features', 'tls'],
    ['auth', 'signIn'],
    ['bind', 'bind'],
  ] as const)('is silent from its %s on: the failure names the stage %s', async (silence, stage) => {
    simulator.faults.goSilent(silence);
    told = adapterFor(simulator, ANNA, {}, { attempt: 400 });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage } });
    simulator.faults.clear();
    await told.untilState('online');
  });

  it.each([
    ['<stream:stream xmlns:stream="http://etherx.jabber.org/streams"><stream:features/>', 'noEncryption'],
    ['SSH-2.0-OpenSSH_9.2\r\n<<<\r\n', 'wrongServer'],
    ['', 'silent'],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:features>' +
        '<starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"/></s:features>' +
        '<proceed xmlns="urn:ietf:params:xml:ns:xmpp-tls"/>',
      'silent',
    ],
    ['</a><b></c>', 'wrongServer'],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:error>' +
        '<host-unknown xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></s:error>',
      'wrongServer',
    ],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:features>' +
        '<starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"/></s:features>' +
        '<proceed xmlns="urn:ietf:params:xml:ns:xmpp-tls"/><iq',
      'wrongServer',
    ],
  ])('is the wrong one or hides its encryption when it says %j', async (said, code) => {
    listener = createServer((socket) => socket.on('error', () => {}).write(said));
    const listening = listener;
    const port = await new Promise<number>((resolve) => {
      listening.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    told = adapterFor({ port }, ANNA, {}, { attempt: 400 });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code, stage: 'tls' } });
    expect(told.lines).toEqual([]);
  });
});
