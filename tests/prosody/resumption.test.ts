import { afterEach, describe, expect, it } from 'vitest';
import type { MobydickAccount } from '../../app/pbx/mobydick/account.ts';
import { ANNA, isReport, signedIn, type Told } from '../mobydick/signed-in.ts';
import type { ProsodyOptions } from './configuration.ts';
import { PATIENCE, reads } from './person.ts';
import { type FaultProxy, startProxy } from './proxy.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
let proxy: FaultProxy;
let told: Told;

async function start(options: Partial<ProsodyOptions> = {}, account: Partial<MobydickAccount> = {}) {
  server = await startProsody({ users: [ANNA], ...options });
  proxy = await startProxy(server);
  told = await signedIn({ port: proxy.port, fingerprint: server.fingerprint }, ANNA, account, {
    command: 60_000,
  });
}
afterEach(async () => {
  await told.pbx.stop();
  await proxy.close();
  await server.close();
});

/** The server's side of the only session there should be. */
const session = async () => {
  const sessions = await server.pbx.sessions();
  expect(sessions).toHaveLength(1);
  return sessions[0];
};
const ringing = (number: number) =>
  server.pbx.event('anna', { eventType: 'ringing', eventId: `SIP/${number}`, outbound: 'false' });
const channels = () => told.reports().map(({ channel }) => channel);
const heard = async (name: string) => (await server.pbx.heard()).filter((command) => command.name === name);
const usersTold = () => told.events.filter(({ type }) => type === 'users').length;

/** Nothing gets through, and the server knows that the connection is gone. */
async function away() {
  proxy.swallow('toClient');
  proxy.swallow('toServer');
  proxy.cut();
  await expect.poll(session, PATIENCE).toMatchObject({ asleep: true });
}

async function back() {
  proxy.heal();
  // The attempt that hangs in the hole is given up at its deadline.
  await expect.poll(() => told.states().at(-1), PATIENCE).toMatchObject({ state: 'online' });
}

/** An event that comes after everything before it. */
async function lastEvent(number: number) {
  await ringing(number);
  await told.until(isReport('ringing', `SIP/${number}`));
}

describe('a connection that is cut', () => {
  it('is resumed, and nothing is said twice', async () => {
    await start();
    proxy.cut();
    const waiting = await told.untilState('waiting');
    expect(waiting).toMatchObject({ problem: { code: 'lost', stage: 'online' } });
    expect(reads(waiting)).toMatchInlineSnapshot(`
      "The connection to the server was lost.
      The network or the server ended it (during the session).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Die Verbindung zum Server ist abgerissen.
      Das Netz oder der Server hat sie beendet (während der Sitzung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage."
    `);
    expect(await told.untilState('online', 2)).toEqual({ state: 'online', resumed: true });
    expect(await session()).toMatchObject({ asleep: false, resumed: 1 });
    expect(usersTold()).toBe(1);
    expect(await heard('ClientInfo')).toHaveLength(1);
  });

  it('is resumed again and again', async () => {
    await start();
    for (let round = 1; round <= 5; round += 1) {
      await ringing(round);
      proxy.cut();
      expect(await told.untilState('online', round + 1)).toEqual({ state: 'online', resumed: true });
    }
    await lastEvent(6);
    expect(channels()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `SIP/${number}`));
    expect(await session()).toMatchObject({ resumed: 5 });
  });

  it('has lost no event that came while nobody was there', async () => {
    await start();
    await ringing(1);
    await told.until(isReport('ringing', 'SIP/1'));
    await away();
    for (const number of [2, 3, 4]) await ringing(number);
    await back();
    await lastEvent(5);
    expect(channels()).toEqual([1, 2, 3, 4, 5].map((number) => `SIP/${number}`));
    expect(told.states().at(-1)).toEqual({ state: 'online', resumed: true });
  });

  it('has lost no event that was on the way', async () => {
    await start();
    proxy.swallow('toClient');
    for (const number of [1, 2, 3]) await ringing(number);
    proxy.heal();
    proxy.cut();
    await told.untilState('online', 2);
    await lastEvent(4);
    expect(channels()).toEqual([1, 2, 3, 4].map((number) => `SIP/${number}`));
  });

  it('tells no event twice whose receipt got lost', async () => {
    await start();
    proxy.swallow('toServer');
    for (const number of [1, 2, 3]) await ringing(number);
    await told.until(isReport('ringing', 'SIP/3'));
    proxy.heal();
    proxy.cut();
    await told.untilState('online', 2);
    await lastEvent(4);
    expect(channels()).toEqual([1, 2, 3, 4].map((number) => `SIP/${number}`));
  });

  it('has lost nothing of a burst that was longer than the server keeps', async () => {
    await start();
    const count = 1_000;
    await server.pbx.burst('anna', count);
    await expect.poll(() => told.reports().length, PATIENCE).toBe(count);
    proxy.cut();
    expect(await told.untilState('online', 2)).toEqual({ state: 'online', resumed: true });
    await lastEvent(1);
    expect(new Set(channels()).size).toBe(count + 1);
    expect(channels()).toHaveLength(count + 1);
  });

  it.each([
    ['the server has', 'toClient', 1],
    ['the server has never', 'toServer', 0],
  ] as const)(
    'ends a Dial at once that %s heard, and never sends it again',
    async (_what, direction, times) => {
      await start();
      proxy.swallow(direction);
      const pending = told.pbx.dial('Anna', '0891', 1);
      await expect.poll(async () => (await heard('Dial')).length, PATIENCE).toBe(times);
      proxy.heal();
      proxy.cut();
      expect(await pending).toMatchObject({ ok: false, code: 'unanswered' });
      await told.untilState('online', 2);
      expect(await told.pbx.dial('Anna', '0892', 2)).toEqual({ ok: true });
      const targets = (await heard('Dial')).map(({ target }) => target);
      expect(targets).toEqual([...Array.from({ length: times }, () => '0891'), '0892']);
    },
  );
});

describe('a session that cannot be resumed begins anew in the same attempt', () => {
  const beginsAnew = async () => {
    await told.untilState('online', 2);
    expect(told.states().at(-1)).toEqual({ state: 'online', resumed: false });
    expect(usersTold()).toBe(2);
    await lastEvent(1);
  };

  it('because the server knows no stream management', async () => {
    await start({ streamManagement: false });
    proxy.cut();
    await beginsAnew();
  });

  it('because the administrator switched stream management off', async () => {
    await start({}, { streamManagement: false });
    proxy.cut();
    await beginsAnew();
    expect(await session()).toMatchObject({ resumed: 0 });
  });

  it('because the server has forgotten it', async () => {
    await start();
    await away();
    await server.pbx.forgetSleepers();
    await back();
    await beginsAnew();
    // Refused and bound, with no connection between.
    const labels = told.lines.map(({ label }) => label);
    const refused = labels.lastIndexOf('failed');
    expect(labels.slice(refused).filter((label) => label === 'iq set bind')).toHaveLength(1);
    expect(labels.slice(refused).some((label) => label.startsWith('auth'))).toBe(false);
  });

  it('because the server was started anew', async () => {
    await start();
    await server.kill();
    await server.start();
    await beginsAnew();
  });
});
