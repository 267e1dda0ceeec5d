import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../simulator.ts';
import {
  bind,
  connectSecurely,
  introduce,
  RawClient,
  scram,
  sendCommand,
  sendPlain,
  signIn,
} from '../testing/raw-client.ts';
import { ANNA, BEN, credentials } from '../testing/users.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ users: [ANNA, BEN] });
});
afterEach(() => simulator.close());

const ping = (id: string) => `<iq type='get' id='${id}'><ping xmlns='urn:xmpp:ping'/></iq>`;

describe('silence', () => {
  let witness: RawClient;
  beforeEach(async () => {
    witness = await signIn(simulator, credentials(ANNA));
  });
  /** Two round trips of another client: what was sent before them has been handled. */
  const settle = async () => {
    for (const id of ['w1', 'w2']) {
      witness.send(ping(id));
      await witness.expect(new RegExp(`id="${id}"`));
    }
  };

  it('before the header', async () => {
    simulator.faults.goSilent('header');
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('after the header', async () => {
    simulator.faults.goSilent('features');
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await client.expect(/<stream:stream [^>]*>/);
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
    expect(simulator.faults.silenced).toBe(1);
  });

  it('at STARTTLS', async () => {
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('starttls');
    client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('after proceed', async () => {
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('proceed');
    client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await client.expect(/<proceed [^>]*>/);
    // As a TLS handshake begins: bytes that no XML parser takes.
    client.send(Buffer.from('16030102000100 3c00 26ff 3c2f 0001fcfd'.replace(/\s/g, ''), 'hex'));
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('in the TLS handshake of the port where TLS comes first', async () => {
    const other = await startSimulator({ users: [BEN], directTlsPort: 0 });
    other.faults.goSilent('proceed');
    const client = await RawClient.connect(other.directTlsPort ?? 0);
    client.send(Buffer.from('16030100050100000100', 'hex'));
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
    await other.close();
  });

  it('where the mechanisms would be offered', async () => {
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('mechanisms');
    await client.startTls(simulator.certificate.certPem, 'mobydick');
    client.openStream('mobydick');
    await client.expect(/<stream:stream [^>]*>/);
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('at the login', async () => {
    const client = await connectSecurely(simulator);
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('auth');
    sendPlain(client, credentials(BEN));
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('at the answer to the challenge', async () => {
    const client = await connectSecurely(simulator);
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('challenge');
    client.send(
      `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>${btoa('n,,n=ben,r=abc')}</auth>`,
    );
    await client.expect(/<challenge [^>]*>[^<]+<\/challenge>/);
    client.send(`<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${btoa('c=biws')}</response>`);
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('after the success', async () => {
    const client = await connectSecurely(simulator);
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('success');
    await scram(client, credentials(BEN));
    client.openStream('mobydick');
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('where the binding would be offered', async () => {
    const client = await connectSecurely(simulator);
    await scram(client, credentials(BEN));
    simulator.faults.goSilent('bindFeatures');
    client.openStream('mobydick');
    await client.expect(/<stream:stream [^>]*>/);
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('at ClientInfo, on that connection for good', async () => {
    const client = await signIn(simulator, credentials(BEN));
    simulator.faults.goSilent('clientInfo');
    sendCommand(client, 'c', 'xmppuser', '<ClientInfo/>');
    await settle();
    simulator.faults.clear();
    client.send(ping('after'));
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('at the binding of a resource', async () => {
    const client = await connectSecurely(simulator);
    await scram(client, credentials(BEN));
    client.openStream('mobydick');
    await client.expect(/<\/stream:features>/);
    simulator.faults.goSilent('bind');
    client.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
    await settle();
    expect([client.unread, client.closed]).toEqual(['', false]);
  });

  it('of sessions that are online: no answers, no events, and all is well again after it', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'base * user');
    simulator.faults.goSilent('online');
    client.send(ping('lost'));
    simulator.exchange.outside.call('0891234', '', '341');
    (await connectSecurely(simulator)).destroy();
    simulator.faults.clear();
    client.send(ping('answered'));
    await client.expect(/^<iq type="result" id="answered"/);
    simulator.exchange.outside.hangUp('0891234');
    await client.expect(/<eventType>hangup<\/eventType>/);
  });
});

it('refuses a right password with the condition of choice, until cleared', async () => {
  simulator.faults.refuseLogins('temporary-auth-failure');
  const client = await connectSecurely(simulator);
  sendPlain(client, credentials(BEN));
  await client.expect(/<failure [^>]*><temporary-auth-failure\/>/);
  simulator.faults.clear();
  await scram(client, credentials(BEN));
  await bind(client, 'mobydick', 'desk');
});

it('lets in with a signature that proves nothing, until cleared', async () => {
  simulator.faults.forgeSignatures();
  const client = await connectSecurely(simulator);
  await expect(scram(client, credentials(BEN))).rejects.toThrow('The server does not know the password');
  simulator.faults.clear();
  await scram(await connectSecurely(simulator), credentials(BEN));
});

it('cuts the connections of one user without a word', async () => {
  const anna = await signIn(simulator, credentials(ANNA));
  const ben = await signIn(simulator, credentials(BEN));
  expect(simulator.faults.cut('ANNA')).toBe(1);
  expect(simulator.sessions().map(({ user }) => user)).toEqual(['ben']);
  await anna.expectClose();
  expect(anna.unread).toBe('');
  ben.send(ping('alive'));
  await ben.expect(/id="alive"/);
  expect(simulator.faults.cut()).toBe(1);
  await ben.expectClose();
});

it('ends the streams of one user with the condition of choice', async () => {
  const anna = await signIn(simulator, credentials(ANNA));
  const ben = await signIn(simulator, credentials(BEN));
  expect(simulator.faults.endStreams('conflict', 'ben')).toBe(1);
  await ben.expect(/<stream:error><conflict [^>]*\/><\/stream:error><\/stream:stream>/);
  await ben.expectClose();
  anna.send(ping('alive'));
  await anna.expect(/id="alive"/);
});

it('says what no honest server says', async () => {
  const client = await signIn(simulator, credentials(BEN));
  expect(simulator.faults.say('BEN', '<a>K', Buffer.from([0xc3]), Buffer.from([0xa4]), '</b>')).toBe(1);
  expect(simulator.faults.say('anna', '<a/>')).toBe(0);
  await client.expect(/<a>Kä<\/b>/);
});

it('delays replies and not events', async () => {
  const client = await signIn(simulator, credentials(BEN));
  await introduce(client, 'base * user');
  simulator.faults.delayReplies(150);
  sendCommand(client, 'd', 'base', "<Dial target='0891234' prefix='auto'/>");
  await client.expect(/<eventType>ringing<\/eventType>.*<iq type="result" id="d" /);
});

it('ends at once although a client stopped in its TLS handshake', async () => {
  const other = await startSimulator({ users: [ANNA] });
  const client = await RawClient.connect(other.port);
  client.openStream('mobydick');
  await client.expect(/<\/stream:features>/);
  client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  await client.expect(/<proceed [^>]*>/);
  client.send(Buffer.from('16030100050100000100', 'hex'));
  await expect(other.close()).resolves.toBeUndefined();
});
