/** The connection test at real servers: every step fails once, and what a person reads in that moment. */
import { describe, expect, it } from 'vitest';
import { cmd, type Script } from './scripted-server.ts';
import {
  type How,
  read,
  results,
  saying,
  scriptedServer,
  simulated,
  stoppedAt,
  test,
} from './tested-account.ts';

/** Does `act` while the test waits for word about the phone. */
const onceOnline = (act: () => Promise<void>): How => ({
  options: { phoneWait: 10_000 },
  tell: ({ step }) => {
    if (step === 'role') void act();
  },
});

/** What the scripted server says of a user with a phone. */
const WITH_PHONE: Script = {
  userInfo: (id) =>
    `<iq type='result' id='${id}'>${cmd(
      'xmppuser',
      '<UserInfo name="Anna"><Identity><db_009ext_extension>340</db_009ext_extension></Identity>' +
        '<LocationList><Location name="desk" isstatic="true"><DeviceEntry><Phonedevice name="SIP anna"/>' +
        '</DeviceEntry></Location></LocationList></UserInfo>',
    )}</iq>`,
};

describe('the step', () => {
  it('name fails where nobody knows the name', async () => {
    const result = await test({ port: 5222 }, { account: { host: 'no-such-host.invalid' } });
    expect(results(result)).toEqual(stoppedAt('name'));
    expect(read(result, 'name')).toEqual({
      de: [
        'Der Server wurde nicht gefunden. Sein Name ist im Netz nicht bekannt.',
        'Prüfen Sie den Namen des Servers und die Netzwerkverbindung.',
      ],
      en: [
        'The server was not found. Its name is not known in the network.',
        'Check the name of the server and the network connection.',
      ],
    });
  });

  it('tcp fails where the port is shut', async () => {
    const server = await simulated();
    await server.close();
    const result = await test({ port: server.port });
    expect(results(result)).toEqual(stoppedAt('tcp'));
    expect(read(result, 'tcp')).toEqual({
      de: [
        'Der Server ist nicht erreichbar. Die Verbindung kam nicht zustande, oder niemand nahm sie an (beim Verbinden).',
        'Prüfen Sie Server und Port, die Netzwerkverbindung und die Firewall.',
      ],
      en: [
        'The server cannot be reached. The connection did not come about, or nobody took it (while connecting).',
        'Check server and port, the network connection and the firewall.',
      ],
    });
  });

  it('tls fails at a certificate that nobody vouches for, and shows it', async () => {
    const { port, fingerprint } = await simulated();
    const result = await test({ port });
    expect(results(result)).toEqual(stoppedAt('tls'));
    const [, , tls] = result.steps;
    expect(tls?.certificate).toMatchObject({ fingerprint, subject: 'CN=mobydick', issuer: 'CN=mobydick' });
    expect(tls?.certificate?.validTo).toBeGreaterThan(Date.now());
    expect(read(result, 'tls')).toEqual({
      de: [
        'Das Zertifikat des Servers ist nicht bekannt. Keine Zertifizierungsstelle bestätigt es für diesen Server; viele Telefonanlagen stellen ihres selbst aus, und Ihr Passwort wurde nicht gesendet.',
        'Vergleichen Sie den Fingerabdruck mit dem der Telefonanlage und vertrauen Sie dem Zertifikat nur, wenn er stimmt.',
      ],
      en: [
        "The server's certificate is not known. No certificate authority confirms it for this server; many phone systems make theirs themselves, and your password was not sent.",
        'Compare the fingerprint with that of the phone system, and trust the certificate only if it is the same.',
      ],
    });
  });

  it('tls fails at a certificate that is another than before, and shows the new one', async () => {
    const server = await simulated();
    const before = server.fingerprint;
    server.changeCertificate();
    const result = await test({ port: server.port, fingerprint: before });
    expect(results(result)).toEqual(stoppedAt('tls'));
    expect(result.steps[2]?.certificate?.fingerprint).toBe(server.fingerprint);
    expect(read(result, 'tls')).toEqual({
      de: [
        'Der Server zeigt ein anderes Zertifikat als bisher. Es wurde erneuert, oder jemand gibt sich als der Server aus; keine Zertifizierungsstelle bestätigt das neue, und Ihr Passwort wurde nicht gesendet.',
        'Fragen Sie die Verwaltung der Telefonanlage, ob das Zertifikat erneuert wurde, bevor Sie ihm vertrauen.',
      ],
      en: [
        'The server shows another certificate than before. It was renewed, or somebody poses as the server; no certificate authority confirms the new one, and your password was not sent.',
        'Ask who runs the phone system whether the certificate was renewed before you trust it.',
      ],
    });
  });

  it('tls fails where nothing is encrypted and nobody allowed that', async () => {
    const result = await test(await simulated({ xmpp: { startTls: 'absent' } }));
    expect(results(result)).toEqual(stoppedAt('tls'));
    expect(read(result, 'tls')).toEqual({
      de: [
        'Die Verbindung zum Server lässt sich nicht verschlüsseln. Der Server bietet keine Verschlüsselung an, oder keine, die Tapline annimmt; Ihr Passwort wurde nicht gesendet.',
        'Fragen Sie die Verwaltung der Telefonanlage nach der Verschlüsselung (STARTTLS oder TLS) am XMPP-Port.',
      ],
      en: [
        'The connection to the server cannot be encrypted. The server offers no encryption, or none that Tapline accepts; your password was not sent.',
        'Ask who runs the phone system about the encryption (STARTTLS or TLS) on the XMPP port.',
      ],
    });
  });

  it('tls fails at a server of another kind', async () => {
    const result = await test(await saying('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(results(result)).toEqual(stoppedAt('tls'));
    expect(result.problem?.code).toBe('wrongServer');
    expect(read(result, 'tls').en[1]).toBe('Check server and port.');
  });

  it('tls fails where nobody but the user can tell the domain', async () => {
    const server = await simulated({ domain: 'stack7', xmpp: { announces: 'nothing' } });
    const result = await test(server);
    expect(results(result)).toEqual(stoppedAt('tls'));
    expect(read(result, 'tls')).toEqual({
      de: [
        'Die XMPP-Domäne der Telefonanlage ist nicht bekannt. Der Server bedient keine, die sich aus Ihren Angaben ergibt, und nennt keine andere.',
        'Fragen Sie die Verwaltung der Telefonanlage nach der XMPP-Domäne und geben Sie sie bei der Anmeldung ein.',
      ],
      en: [
        "The phone system's XMPP domain is not known. The server serves none that follows from what was entered, and tells no other.",
        'Ask who runs the phone system for its XMPP domain and enter it when you sign in.',
      ],
    });
    expect((await test(server, { account: { domain: 'stack7' } })).passed).toBe(true);
  });

  it('signIn fails at a wrong password, which is tried once', async () => {
    let asked = 0;
    const password = async () => {
      asked += 1;
      return 'wrong';
    };
    const result = await test(await simulated(), { account: { password } });
    expect(results(result)).toEqual(stoppedAt('signIn'));
    expect(asked).toBe(1);
    expect(read(result, 'signIn')).toEqual({
      de: [
        'Benutzername oder Passwort stimmen nicht. Die Anmeldung wurde abgelehnt; sie wird höchstens wenige Male wiederholt, damit der Server das Konto nicht sperrt.',
        'Geben Sie Benutzername und Passwort neu ein.',
      ],
      en: [
        'The user name or the password is wrong. The sign-in was refused; it is repeated a few times at most, so that the server does not lock the account.',
        'Enter the user name and the password again.',
      ],
    });
  });

  it('signIn fails where the account is disabled', async () => {
    const server = await simulated();
    server.faults.refuseLogins('account-disabled');
    const result = await test(server);
    expect(results(result)).toEqual(stoppedAt('signIn'));
    expect(read(result, 'signIn').de).toEqual([
      'Der Server lässt dieses Konto nicht zu. Es ist gesperrt oder darf sich auf diesem Weg nicht anmelden (bei der Anmeldung).',
      'Fragen Sie die Verwaltung der Telefonanlage, ob das Konto freigegeben ist.',
    ]);
  });

  it('signIn fails at a passing trouble too: a test does not try again', async () => {
    const server = await simulated();
    server.faults.refuseLogins('temporary-auth-failure');
    expect(results(await test(server))).toEqual(stoppedAt('signIn'));
  });

  it('userInfo fails at a server that is no phone system', async () => {
    const server = await scriptedServer({
      userInfo: (id) =>
        `<iq type='error' id='${id}'><error type='cancel'><service-unavailable ` +
        "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
    });
    const result = await test(server);
    expect(results(result)).toEqual(stoppedAt('userInfo'));
    expect(read(result, 'userInfo')).toEqual({
      de: [
        'Der Server kennt die Telefonfunktionen nicht. Die Anmeldung gelang, aber die Benutzerdaten der Telefonanlage kamen nicht.',
        'Wiederholen Sie den Test später; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
      ],
      en: [
        "The server does not know the phone functions. The sign-in succeeded, but the phone system's user information did not come.",
        'Run the test again later; if it stays like this, ask who runs the phone system.',
      ],
    });
  });

  it('phone has a note where the phone system names none', async () => {
    const result = await test(await scriptedServer());
    expect(result.passed).toBe(true);
    expect(results(result).slice(-2)).toEqual(['role passed', 'phone warned']);
    expect(read(result, 'phone')).toEqual({
      de: [
        'Die Telefonanlage nennt kein Telefon für diesen Benutzer.',
        'Fragen Sie die Verwaltung der Telefonanlage nach einem Telefon für diesen Benutzer.',
      ],
      en: [
        'The phone system names no phone for this user.',
        'Ask who runs the phone system for a phone for this user.',
      ],
    });
  });

  it('phone has a note where the phone system does not say how it stands', async () => {
    const result = await test(await scriptedServer(WITH_PHONE), { options: { phoneWait: 50 } });
    expect(result.passed).toBe(true);
    expect(read(result, 'phone')).toEqual({
      de: [
        'Das Telefon heißt „SIP anna“; ob es angemeldet ist, sagt die Telefonanlage nicht.',
        'Führen Sie ein Probegespräch; gelingt es, ist nichts zu tun.',
      ],
      en: [
        'The phone is named "SIP anna"; whether it is registered, the phone system does not say.',
        'Make a test call; if it works, there is nothing to do.',
      ],
    });
  });

  it('phone has a note where the phone is not registered', async () => {
    const server = await scriptedServer(WITH_PHONE);
    const result = await test(
      server,
      onceOnline(() => server.say("<presence from='anna@mobydick/phone' type='unavailable'/>")),
    );
    expect(result.passed).toBe(true);
    expect(read(result, 'phone').de).toEqual([
      'Das Telefon „SIP anna“ ist nicht an der Telefonanlage angemeldet.',
      'Schalten Sie das Telefon ein und prüfen Sie sein Netzwerkkabel.',
    ]);
  });

  it('phone fails when the connection is lost meanwhile', async () => {
    const server = await scriptedServer(WITH_PHONE);
    const result = await test(
      server,
      onceOnline(() => server.say('</stream:stream>')),
    );
    expect(results(result)).toEqual(stoppedAt('phone'));
    expect(read(result, 'phone').de).toEqual([
      'Die Verbindung zum Server ist abgerissen. Das Netz oder der Server hat sie beendet (während der Sitzung).',
      'Wiederholen Sie den Test später; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
    ]);
  });
});
