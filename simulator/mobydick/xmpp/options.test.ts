import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator.ts';
import { bind, connectSecurely, RawClient, scram, sendPlain, signIn } from '../../testing/raw-client.ts';
import { ANNA, BEN, credentials } from '../../testing/users.ts';

let simulator: Simulator;
afterEach(() => simulator.close());

async function start(options: Partial<SimulatorOptions>): Promise<void> {
  simulator = await startSimulator({ users: [ANNA, BEN], ...options });
}
async function openedFor(domain: string): Promise<[client: RawClient, header: string]> {
  const client = await RawClient.connect(simulator.port);
  client.openStream(domain);
  return [client, (await client.expect(/<stream:stream [^>]*>/))[0]];
}

it('takes SCRAM-SHA-256 where it is offered', async () => {
  await start({ xmpp: { mechanisms: ['SCRAM-SHA-256'] } });
  const client = await connectSecurely(simulator);
  await scram(client, credentials(ANNA), 'SCRAM-SHA-256');
  await bind(client, 'mobydick', 'desk');
  expect(simulator.sessions()).toMatchObject([{ mechanism: 'SCRAM-SHA-256' }]);
});

it('refuses a mechanism that is not offered', async () => {
  await start({ xmpp: { mechanisms: ['SCRAM-SHA-1'] } });
  const client = await connectSecurely(simulator);
  sendPlain(client, credentials(BEN));
  await client.expect(/<failure [^>]*><invalid-mechanism\/>/);
});

it('answers a wrong password with the condition of choice, and a right one with success', async () => {
  await start({ xmpp: { wrongPassword: 'account-disabled' } });
  const client = await connectSecurely(simulator);
  sendPlain(client, { user: 'ben', password: 'wrong' });
  await client.expect(/<failure [^>]*><account-disabled\/><\/failure>/);
  await scram(client, credentials(BEN));
});

describe('TLS', () => {
  it('comes first on a port of its own, with the same users behind it', async () => {
    await start({ directTlsPort: 0 });
    const { directTlsPort, certificate } = simulator;
    if (directTlsPort === undefined) throw new Error('no port for direct TLS');
    const client = await RawClient.connectTls(directTlsPort, certificate.certPem, 'mobydick');
    client.openStream('mobydick');
    await client.expect(/<stream:features><mechanisms /);
    await scram(client, credentials(BEN));
    await bind(client, 'mobydick', 'desk');
    await signIn(simulator, credentials(ANNA));
    expect(simulator.sessions()).toMatchObject([{ user: 'ben', secure: true }, { user: 'anna' }]);
  });

  it('has no port of its own unless asked for', async () => {
    await start({});
    expect(simulator.directTlsPort).toBeUndefined();
  });

  it('leaves nothing behind when its own port cannot be had', async () => {
    await start({});
    const other = startSimulator({ users: [BEN], directTlsPort: simulator.port });
    await expect(other).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('may be left out where it is only offered', async () => {
    await start({ xmpp: { startTls: 'offered' } });
    const [client] = await openedFor('mobydick');
    await client.expect(/<starttls [^>]*\/><mechanisms .*<\/stream:features>/);
    await scram(client, credentials(BEN));
    await bind(client, 'mobydick', 'desk');
    expect(simulator.sessions()).toMatchObject([{ secure: false }]);
    const secure = await RawClient.connect(simulator.port);
    secure.openStream('mobydick');
    await secure.expect(/<\/stream:features>/);
    await secure.startTls(simulator.certificate.certPem, 'mobydick');
    secure.openStream('mobydick');
    await secure.expect(/<stream:features><mechanisms /);
  });

  it('may be absent', async () => {
    await start({ xmpp: { startTls: 'absent' } });
    const [client] = await openedFor('mobydick');
    await client.expect(/<stream:features><mechanisms /);
    client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await client.expect(/<not-authorized /);
  });

  it('shows another certificate to the next connection once it was changed', async () => {
    await start({});
    const { certificate: before, fingerprint } = simulator;
    const client = await signIn(simulator, credentials(BEN));
    simulator.changeCertificate();
    expect(simulator.fingerprint).not.toBe(fingerprint);
    await signIn(simulator, credentials(ANNA));
    client.send("<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
    await client.expect(/id="p"/);
    simulator.changeCertificate(before);
    expect(simulator.fingerprint).toBe(fingerprint);
  });
});

describe('a stream to another domain', () => {
  it.each([
    ['own', "from='mobydick' "],
    ['asked', "from='pbx.example' "],
    ['nothing', ''],
  ] as const)('is refused; the header announces %s', async (announces, from) => {
    await start({ xmpp: { announces } });
    const [client, header] = await openedFor('pbx.example');
    expect(header).toContain(`xmlns:stream='http://etherx.jabber.org/streams' ${from}id=`);
    await client.expect(/<stream:error><host-unknown /);
  });

  it('is served where the server does not mind, and gives addresses of the own domain', async () => {
    await start({ xmpp: { otherDomains: 'served' } });
    const [client, header] = await openedFor('pbx.example');
    expect(header).toContain("from='mobydick'");
    await client.expect(/<\/stream:features>/);
    await client.startTls(simulator.certificate.certPem, 'mobydick');
    client.openStream('pbx.example');
    await client.expect(/<\/stream:features>/);
    await scram(client, credentials(BEN));
    expect(await bind(client, 'pbx.example', 'desk')).toBe('ben@mobydick/desk');
  });

  it('cannot put markup into the header', async () => {
    await start({ xmpp: { announces: 'asked' } });
    const [, header] = await openedFor('a&apos; b=&apos;&lt;c');
    expect(header).toContain("from='a b=c' id=");
  });
});

it('takes another password from one moment on', async () => {
  await start({});
  simulator.setPassword('BEN', 'new-secret');
  const client = await connectSecurely(simulator);
  sendPlain(client, credentials(BEN));
  await client.expect(/<not-authorized\/>/);
  await scram(client, { user: 'ben', password: 'new-secret' });
  expect(() => simulator.setPassword('ben', '')).toThrow('A password is not empty');
  expect(() => simulator.setPassword('nobody', 'x')).toThrow('No user nobody');
});
