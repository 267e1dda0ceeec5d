import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SessionState, SignInStage } from '../../app/pbx/port.ts';
import { ANNA, adapterFor, isReport, signedIn, type Told } from '../mobydick/signed-in.ts';
import { PATIENCE, reads } from './person.ts';
import { type Direction, type FaultProxy, startProxy } from './proxy.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
const proxies: FaultProxy[] = [];
const adapters: Told[] = [];

beforeAll(async () => {
  server = await startProsody({ users: [ANNA] });
});
afterEach(async () => {
  await Promise.all(adapters.splice(0).map(({ pbx }) => pbx.stop()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(() => server.close());

async function proxied(): Promise<FaultProxy> {
  const proxy = await startProxy(server);
  proxies.push(proxy);
  return proxy;
}
const through = (proxy: FaultProxy) => ({ port: proxy.port, fingerprint: server.fingerprint });

/** A sign-in takes fewer chunks than this in each direction. */
const CHUNKS = Array.from({ length: 16 }, (_, chunks) => chunks);

const STAGES = ['tls', 'signIn', 'bind', 'userInfo'] as const;

describe.each(['toClient', 'toServer'] as const)('a connection that stalls on the way "%s"', (direction) => {
  it('is told with the stage of the sign-in, and the next attempt works when it is healed', async () => {
    const told = await Promise.all(STAGES.map((stage) => stalledAt(stage, direction)));
    expect(told.map(({ problem: { code, stage } }) => [code, stage])).toEqual(
      STAGES.map((stage) => ['silent', stage]),
    );
    expect(told.map(reads).join('\n\n')).toMatchInlineSnapshot(`
      "The server does not answer.
      The connection stands, but nothing arrives any more (while setting up the encryption).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (beim Aufbau der Verschlüsselung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.

      The server does not answer.
      The connection stands, but nothing arrives any more (while signing in).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (bei der Anmeldung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.

      The server does not answer.
      The connection stands, but nothing arrives any more (while opening the session).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (beim Öffnen der Sitzung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.

      The server does not answer.
      The connection stands, but nothing arrives any more (while reading the user information).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (beim Lesen der Benutzerdaten).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage."
    `);
  });

  it('ends each attempt by its deadline, after whatever chunk of it', async () => {
    const outcomes = await Promise.all(CHUNKS.map((chunks) => stalledAfter(chunks, direction)));
    expect(outcomes.at(-1)).toBe('got through');
    const stalled = outcomes.flatMap((outcome) => (typeof outcome === 'string' ? [] : [outcome]));
    expect(stalled.length).toBeGreaterThan(STAGES.length);
    expect(new Set(stalled.map(({ problem }) => problem.code))).toEqual(new Set(['silent']));
  });
});

type Waiting = SessionState & { readonly state: 'waiting' };

/** Time enough for a slow machine to sign in sixteen sessions at once. */
const ATTEMPT = 4_000;

async function stalledAfter(chunks: number, direction: Direction): Promise<Waiting | 'got through'> {
  const proxy = await proxied();
  proxy.swallow(direction, chunks);
  const told = adapterFor(through(proxy), ANNA, { resource: `tapline-${chunks}` }, { attempt: ATTEMPT });
  return outcomeOf(told, proxy);
}

async function stalledAt(stage: SignInStage, direction: Direction): Promise<Waiting> {
  const proxy = await proxied();
  const told = adapterFor(through(proxy), ANNA, { resource: `tapline-${stage}` }, { attempt: ATTEMPT });
  told.onEvent = (event) => {
    if (event.type !== 'session' || event.session.state !== 'connecting') return;
    if (event.session.stage === stage && told.states().every(({ state }) => state !== 'waiting'))
      proxy.swallow(direction);
  };
  const outcome = await outcomeOf(told, proxy);
  if (outcome === 'got through') throw new Error(`nothing stalled at ${stage}`);
  return outcome;
}

/** How the first attempt ends; afterwards the next one has worked. */
async function outcomeOf(told: Told, proxy: FaultProxy): Promise<Waiting | 'got through'> {
  adapters.push(told);
  const settled = () => told.states().find(({ state }) => state === 'waiting' || state === 'online');
  const began = performance.now();
  told.pbx.start();
  await expect.poll(settled, PATIENCE).toBeDefined();
  const lasted = performance.now() - began;
  const outcome = settled();
  if (outcome?.state !== 'waiting') return 'got through';
  expect(lasted).toBeGreaterThan(ATTEMPT - 100);
  expect(lasted).toBeLessThan(3 * ATTEMPT);
  proxy.heal();
  await expect.poll(() => told.states().at(-1)?.state, PATIENCE).toBe('online');
  return outcome;
}

describe('a connection that is open at one end only', () => {
  it.each([
    ['idle', false],
    ['with a command under way', true],
  ])('is noticed when %s, and attempts through the same hole end by their deadline', async (_what, busy) => {
    const proxy = await proxied();
    const told = await signedIn(
      through(proxy),
      ANNA,
      {},
      { quiet: 150, ping: 600, attempt: 2_000, command: 60_000 },
    );
    adapters.push(told);
    proxy.swallow('toServer');
    proxy.swallow('toClient');
    const pending = busy ? told.pbx.dial('Anna', '0891', 1) : undefined;
    const waiting = await told.untilState('waiting');
    expect(waiting).toMatchObject({ problem: { code: 'silent', stage: 'online' } });
    expect(reads(waiting)).toMatchInlineSnapshot(`
      "The server does not answer.
      The connection stands, but nothing arrives any more (during the session).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (während der Sitzung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage."
    `);
    if (pending) expect(await pending).toMatchObject({ ok: false, code: 'unanswered' });

    expect(await told.untilState('waiting', 2)).toMatchObject({ problem: { code: 'silent', stage: 'tls' } });
    proxy.heal();
    await told.untilState('online', 2);
    await server.pbx.event('anna', { eventType: 'ringing', eventId: 'SIP/1', outbound: 'false' });
    await told.until(isReport('ringing'));
    expect((await server.pbx.heard()).some(({ name }) => name === 'Dial')).toBe(false);
  });
});
