import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, isReport, signedIn, type Told } from '../mobydick/signed-in.ts';
import { inTrouble, PATIENCE, reads } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
let told: Told;

beforeEach(async () => {
  server = await startProsody({ users: [ANNA] });
});
afterEach(async () => {
  await told.pbx.stop();
  await server.close();
});

/** A command that the PBX has heard and never answers. */
async function pendingDial(target: string) {
  await server.pbx.mute('Dial', true);
  const result = told.pbx.dial('Anna', target, 1);
  await expect.poll(server.pbx.heard, PATIENCE).toContainEqual({ user: 'anna', name: 'Dial', target });
  return { result };
}

/** The value of a promise that has settled; `late` for one that has not. */
const settled = <T>(promise: Promise<T>) =>
  Promise.race([promise, Promise.resolve().then(() => 'late' as const)]);

const RINGING = { eventType: 'ringing', outbound: 'false', sourceNumber: '0991234', targetNumber: '340' };

/** Calls, and is told of the call: the session is whole. */
async function worksAgain() {
  await server.pbx.event('anna', { ...RINGING, eventId: 'SIP/after' });
  await told.until(isReport('ringing', 'SIP/after'));
  expect(await told.pbx.dial('Anna', '0892', 2)).toEqual({ ok: true });
  await told.until(isReport('ringing', 'SIP/anna-00000001'));
}

describe.each([
  ['ends in good order', 'stop'],
  ['is killed', 'kill'],
] as const)('a server that %s', (_what, how) => {
  it('is told to the user; a pending command ends at once; all works again when it is back', async () => {
    told = await signedIn(server, ANNA, {}, { command: 60_000 });
    const { result } = await pendingDial('0891');
    await server[how]();
    const waiting = await told.untilState('waiting');
    expect(await settled(result)).toMatchObject({ ok: false, code: 'unanswered' });
    expect(waiting).toMatchObject({ problem: { code: 'lost', stage: 'online' } });
    expect(reads(waiting)).toMatchInlineSnapshot(`
      "The connection to the server was lost.
      The network or the server ended it (during the session).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Die Verbindung zum Server ist abgerissen.
      Das Netz oder der Server hat sie beendet (während der Sitzung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage."
    `);

    const { session: away } = await told.until(inTrouble('unreachable'));
    expect(away).toMatchObject({ state: 'waiting', problem: { stage: 'connect' } });
    expect(reads(away)).toMatchInlineSnapshot(`
      "The server cannot be reached.
      The connection did not come about, or nobody took it (while connecting).
      Check server and port, the network connection and the firewall.
      Der Server ist nicht erreichbar.
      Die Verbindung kam nicht zustande, oder niemand nahm sie an (beim Verbinden).
      Prüfen Sie Server und Port, die Netzwerkverbindung und die Firewall."
    `);
    expect(await told.pbx.dial('Anna', '0891', 1)).toMatchObject({ ok: false, code: 'offline' });

    await server.start();
    await told.untilState('online', 2);
    expect((await server.pbx.heard()).map(({ name }) => name)).toEqual(['ClientInfo']);
    await worksAgain();
  });
});

describe('a server that is frozen', () => {
  it('is noticed although its connection stands, and works again when it thaws', async () => {
    told = await signedIn(server, ANNA, {}, { quiet: 150, ping: 600, attempt: 2_000 });
    server.freeze();
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
    // The kernel still takes connections for it.
    expect(await told.untilState('waiting', 2)).toMatchObject({ problem: { code: 'silent', stage: 'tls' } });
    server.thaw();
    await told.untilState('online', 2);
    await worksAgain();
  });
});
