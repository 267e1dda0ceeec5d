import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatedUser } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, BEN, isReport, signedIn, type Told } from '../mobydick/signed-in.ts';
import type { Mechanism } from './configuration.ts';
import { PATIENCE, reads } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

const KAETHE: SimulatedUser = {
  name: 'Käthe',
  fullName: 'Käthe Müller-Lüdenscheidt',
  extension: '342',
  device: 'SIP käthe [Büro]',
  password: ' geheim ß€ 😀:"\'<&> ',
};

let server: Prosody;
let told: Told | undefined;

async function start(mechanisms?: readonly Mechanism[]) {
  server = await startProsody({ users: [ANNA, BEN, KAETHE], ...(mechanisms ? { mechanisms } : {}) });
}
afterEach(async () => {
  await told?.pbx.stop();
  told = undefined;
  await server.close();
});

const mechanismUsed = ({ lines }: Told) =>
  lines.flatMap(({ label }) => (label.startsWith('auth ') ? [label.slice('auth '.length)] : []));

describe('a sign-in at a real server', () => {
  it.each([
    [['SCRAM-SHA-256', 'SCRAM-SHA-1'], 'SCRAM-SHA-256'],
    [['SCRAM-SHA-1'], 'SCRAM-SHA-1'],
    [[], 'PLAIN'],
  ] as const)(
    'where it offers %j and PLAIN goes by %s, with any user name and password (TAPI-24)',
    async (offered, used) => {
      await start([...offered, 'PLAIN']);
      for (const user of [ANNA, BEN, KAETHE]) {
        told = await signedIn(server, user);
        expect(mechanismUsed(told)).toEqual([used]);
        const { users } = await told.until((event) => event.type === 'users');
        expect(users).toMatchObject([{ user: user.name, name: user.fullName, extension: user.extension }]);
        await told.pbx.stop();
      }
      await expect.poll(server.pbx.sessions, PATIENCE).toEqual([]);
    },
  );

  it.each(['anna', 'ANNA', ' Anna ', 'anna@mobydick'])(
    'takes the user name written as "%s" (TAPI-27)',
    async (user) => {
      await start();
      told = await signedIn(server, ANNA, { user });
      expect(await server.pbx.sessions()).toMatchObject([
        { user: 'anna', resource: 'tapline', secure: true },
      ]);
    },
  );

  it('dials, is told of the call, and hangs up', async () => {
    await start();
    told = await signedIn(server, ANNA);
    expect(await told.pbx.dial('Anna', '0897777', 1)).toEqual({ ok: true });
    const { report } = await told.until(isReport('ringing'));
    expect(report).toMatchObject({ direction: 'outbound', called: { number: '0897777' } });
    expect(await told.pbx.hangup('Anna', report.channel)).toEqual({ ok: true });
    await told.until(isReport('gone', report.channel));
    const heard = await server.pbx.heard();
    expect(heard.map(({ name }) => name)).toEqual(['ClientInfo', 'Dial', 'Hangup']);
  });

  it('with a wrong password is tried once (TAPI-6)', async () => {
    await start();
    told = adapterFor(server, ANNA, { password: async () => `${ANNA.password} ` });
    told.pbx.start();
    const failed = await told.untilState('failed');
    expect(failed).toMatchObject({ problem: { code: 'wrongPassword', stage: 'signIn' } });
    expect(reads(failed)).toMatchInlineSnapshot(`
      "The user name or the password is wrong.
      The sign-in was refused; it is repeated a few times at most, so that the server does not lock the account.
      Enter the user name and the password again.
      Benutzername oder Passwort stimmen nicht.
      Die Anmeldung wurde abgelehnt; sie wird höchstens wenige Male wiederholt, damit der Server das Konto nicht sperrt.
      Geben Sie Benutzername und Passwort neu ein."
    `);
    expect(mechanismUsed(told)).toHaveLength(1);
    expect(await server.pbx.heard()).toEqual([]);
  });

  it('at a domain that it does not serve is tried again: the server may not have come up whole', async () => {
    await start();
    told = adapterFor(server, ANNA, { domain: 'elsewhere' });
    told.pbx.start();
    const waiting = await told.untilState('waiting');
    expect(waiting).toMatchObject({ problem: { code: 'domainUnknown', stage: 'tls' } });
    expect(reads(waiting)).toMatchInlineSnapshot(`
      "The phone system's XMPP domain is not known.
      The server serves none that follows from what was entered, and tells no other.
      Ask who runs the phone system for its XMPP domain and enter it when you sign in.
      Die XMPP-Domäne der Telefonanlage ist nicht bekannt.
      Der Server bedient keine, die sich aus Ihren Angaben ergibt, und nennt keine andere.
      Fragen Sie die Verwaltung der Telefonanlage nach der XMPP-Domäne und geben Sie sie bei der Anmeldung ein."
    `);
  });

  it('asks for the domain where nothing tells it, and works with the answer', async () => {
    server = await startProsody({ users: [ANNA], domain: 'stack7.example' });
    told = adapterFor(server, ANNA, { domain: '' });
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({ problem: { code: 'domainUnknown' } });
    expect(mechanismUsed(told)).toEqual([]);
    told = await signedIn(server, ANNA, { domain: 'Stack7.example' });
  });

  it('finds the domain when the server refuses the one in the user name', async () => {
    await start();
    told = await signedIn(server, ANNA, { user: 'anna@instance7', domain: '' });
    expect(await server.pbx.sessions()).toMatchObject([{ user: 'anna', secure: true }]);
  });
});

describe('trust in a real server', () => {
  it('is asked for, pinned, and asked for again when the certificate changes', async () => {
    await start();
    told = adapterFor({ port: server.port }, ANNA);
    told.pbx.start();
    const unknown = await told.untilState('failed');
    const shown = server.fingerprint;
    expect(unknown).toMatchObject({
      problem: { code: 'certificateUntrusted', stage: 'tls', certificate: { fingerprint: shown } },
    });
    expect(reads(unknown)).toMatchInlineSnapshot(`
      "The server's certificate is not known.
      No certificate authority confirms it for this server; many phone systems make theirs themselves, and your password was not sent.
      Compare the fingerprint with that of the phone system, and trust the certificate only if it is the same.
      Das Zertifikat des Servers ist nicht bekannt.
      Keine Zertifizierungsstelle bestätigt es für diesen Server; viele Telefonanlagen stellen ihres selbst aus, und Ihr Passwort wurde nicht gesendet.
      Vergleichen Sie den Fingerabdruck mit dem der Telefonanlage und vertrauen Sie dem Zertifikat nur, wenn er stimmt."
    `);
    expect(mechanismUsed(told)).toEqual([]);

    told = await signedIn({ port: server.port, fingerprint: shown }, ANNA);
    server.changeCertificate();
    await server.stop();
    await server.start();
    const changed = await told.untilState('failed');
    expect(changed).toMatchObject({
      problem: { code: 'certificateChanged', stage: 'tls', certificate: { fingerprint: server.fingerprint } },
    });
    expect(server.fingerprint).not.toBe(shown);
    expect(reads(changed)).toMatchInlineSnapshot(`
      "The server shows another certificate than before.
      It was renewed, or somebody poses as the server; no certificate authority confirms the new one, and your password was not sent.
      Ask who runs the phone system whether the certificate was renewed before you trust it.
      Der Server zeigt ein anderes Zertifikat als bisher.
      Es wurde erneuert, oder jemand gibt sich als der Server aus; keine Zertifizierungsstelle bestätigt das neue, und Ihr Passwort wurde nicht gesendet.
      Fragen Sie die Verwaltung der Telefonanlage, ob das Zertifikat erneuert wurde, bevor Sie ihm vertrauen."
    `);
    expect(mechanismUsed(told)).toHaveLength(1);

    told = await signedIn(server, ANNA);
  });
});
