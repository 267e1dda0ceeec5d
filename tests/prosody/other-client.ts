import type { SimulatedUser } from '../../simulator/simulator.ts';
import { RawClient, sendPlain } from '../../simulator/testing/raw-client.ts';
import { DOMAIN } from './configuration.ts';
import type { Prosody } from './server.ts';

const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';

/** Signs another user in, by hand: a client that writes whatever it is told to. */
export async function signInByHand(
  server: Prosody,
  user: SimulatedUser,
  resource: string,
): Promise<RawClient> {
  const client = await RawClient.connect(server.port);
  client.openStream(DOMAIN);
  await client.expect(/<starttls [^>]*>/);
  await client.expect(/<\/stream:features>/);
  await client.startTls(server.certificate, DOMAIN);
  client.openStream(DOMAIN);
  await client.expect(/<\/stream:features>/);
  sendPlain(client, { user: user.name, password: user.password });
  await client.expect(/<success /);
  client.openStream(DOMAIN);
  await client.expect(/<\/stream:features>/);
  client.send(`<iq type='set' id='b'><bind xmlns='${BIND}'><resource>${resource}</resource></bind></iq>`);
  await client.expect(/<jid>/);
  return client;
}
