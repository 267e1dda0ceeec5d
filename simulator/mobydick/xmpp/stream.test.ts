import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator.ts';
import { bind, connectSecurely, RawClient, scram, sendPlain, signIn } from '../../testing/raw-client.ts';
import { ANNA, BEN, credentials } from '../../testing/users.ts';
import { LIMITS } from './limits.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ users: [ANNA, BEN] });
});
afterEach(() => simulator.close());

const PING = "<iq type='get' id='p1'><ping xmlns='urn:xmpp:ping'/></iq>";

describe('login', () => {
  it('by SCRAM-SHA-1 over STARTTLS binds the wanted resource', async () => {
    const client = await connectSecurely(simulator);
    await scram(client, credentials(ANNA));
    expect(await bind(client, 'mobydick', 'desk')).toBe('anna@mobydick/desk');
    expect(simulator.sessions()).toEqual([
      {
        user: 'anna',
        fullJid: 'anna@mobydick/desk',
        secure: true,
        mechanism: 'SCRAM-SHA-1',
        available: false,
        resumable: false,
        connected: true,
        resumptions: 0,
      },
    ]);
  });

  it('by PLAIN binds a resource of the server’s choice', async () => {
    const client = await connectSecurely(simulator);
    sendPlain(client, credentials(ANNA));
    await client.expect(/<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"\/>/);
    expect(await bind(client, 'mobydick', '')).toMatch(/^anna@mobydick\/[0-9a-f]{12}$/);
    expect(simulator.sessions()[0]?.mechanism).toBe('PLAIN');
  });

  it('with a wrong password is refused and may be tried again, five times in all', async () => {
    const client = await connectSecurely(simulator);
    for (let attempt = 1; attempt <= LIMITS.failedLogins; attempt++) {
      sendPlain(client, { user: 'anna', password: 'wrong' });
      await client.expect(/<failure [^>]*><not-authorized\/><\/failure>/);
    }
    await client.expect(/<stream:error><policy-violation [^>]*\/><\/stream:error><\/stream:stream>/);
    await client.expectClose();
    expect(simulator.sessions()).toEqual([]);
  });

  it('succeeds after a refused attempt', async () => {
    const client = await connectSecurely(simulator);
    sendPlain(client, { user: 'anna', password: 'wrong' });
    await client.expect(/<not-authorized\/>/);
    await scram(client, credentials(ANNA));
    await bind(client, 'mobydick', 'desk');
  });

  it.each([
    ['an unknown mechanism', "mechanism='DIGEST-MD5'>AAAA", 'invalid-mechanism'],
    ['no mechanism', '>AAAA', 'invalid-mechanism'],
    ['bytes that are no base64', "mechanism='PLAIN'>****", 'incorrect-encoding'],
    [
      'the name of a whole address',
      `mechanism='PLAIN'>${btoa('\0ben@mobydick\0ben-secret')}`,
      'not-authorized',
    ],
  ])('with %s fails', async (_what, rest, condition) => {
    const client = await connectSecurely(simulator);
    client.send(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' ${rest}</auth>`);
    await client.expect(new RegExp(`<failure [^>]*><${condition}/></failure>`));
  });

  it('in clear text is cut off', async () => {
    const client = await RawClient.connect(simulator.port);
    client.openStream('mobydick');
    await client.expect(/<\/stream:features>/);
    sendPlain(client, credentials(BEN));
    await client.expect(/<policy-violation /);
    await client.expectClose();
  });

  it('of a second client with the same resource ends the first one', async () => {
    const first = await signIn(simulator, credentials(BEN), 'same');
    await signIn(simulator, credentials(BEN), 'same');
    await first.expect(/<stream:error><conflict [^>]*\/><\/stream:error>/);
    await first.expectClose();
    expect(simulator.sessions().map(({ fullJid }) => fullJid)).toEqual(['ben@mobydick/same']);
  });
});

describe('a signed-in client', () => {
  it('gets ping, session, an empty roster and its own presence', async () => {
    const client = await signIn(simulator, credentials(BEN));
    client.send(PING);
    await client.expect(/<iq type="result" id="p1" to="ben@mobydick\/tapline"\/>/);
    client.send("<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
    await client.expect(/<iq type="result" id="s" to="ben@mobydick\/tapline"\/>/);
    client.send("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
    await client.expect(/id="r" [^>]*><query xmlns="jabber:iq:roster"\/><\/iq>/);
    client.send('<presence/>');
    await client.expect(/<presence from="ben@mobydick\/tapline" to="ben@mobydick\/tapline"\/>/);
    await client.expect(/<presence from="ben@mobydick\/phone" to="ben@mobydick\/tapline"\/>/);
  });

  it.each([
    ['an unknown request', "<iq type='get' id='x'><query xmlns='urn:none'/></iq>", 'service-unavailable'],
    [
      'an iq for somebody else',
      "<iq type='get' id='x' to='anna@mobydick'><a xmlns='b'/></iq>",
      'service-unavailable',
    ],
    ['an empty iq', "<iq type='get' id='x'/>", 'bad-request'],
    ['an iq of an unknown type', "<iq type='ask' id='x'><a xmlns='b'/></iq>", 'bad-request'],
  ])('gets an error for %s', async (_what, stanza, condition) => {
    const client = await signIn(simulator, credentials(BEN));
    client.send(stanza);
    await client.expect(new RegExp(`<iq type="error" id="x" [^>]*><error [^>]*><${condition} `));
    client.send(PING);
    await client.expect(/id="p1"/);
  });

  it('is understood with umlauts, however the bytes are cut', async () => {
    const client = await signIn(simulator, credentials(BEN));
    const stanza = Buffer.from("<iq type='get' id='ä€'><ping xmlns='urn:xmpp:ping'/></iq>");
    for (const byte of stanza) client.send(Buffer.from([byte]));
    await client.expect(/<iq type="result" id="ä€" /);
  });
});

describe('broken input', () => {
  it.each([
    ['a tag closed by another', '<a></b>', 'not-well-formed'],
    ['an unknown entity', '<a>&nope;</a>', 'not-well-formed'],
    ['an end before a beginning', '</a>', 'not-well-formed'],
    ['elements too deep', '<a>'.repeat(LIMITS.depth + 1), 'policy-violation'],
    ['a stanza of another kind', '<note/>', 'unsupported-stanza-type'],
  ])('%s ends the stream', async (_what, input, condition) => {
    const client = await signIn(simulator, credentials(BEN));
    client.send(input);
    await client.expect(new RegExp(`<stream:error><${condition} `));
    await client.expectClose();
    expect(simulator.sessions()).toEqual([]);
  });

  it('a stanza that never ends is cut off at the size limit', async () => {
    const client = await signIn(simulator, credentials(BEN));
    client.send(`<message><body>${'x'.repeat(LIMITS.stanzaBytes)}`);
    await client.expect(/<stream:error><policy-violation /);
    await client.expectClose();
  });

  it('many stanzas may be larger together than one may be', async () => {
    const client = await signIn(simulator, credentials(BEN));
    const filler = `<presence to='nobody@mobydick'><status>${'x'.repeat(60_000)}</status></presence>`;
    for (let count = 0; count < 6; count++) client.send(filler);
    client.send(PING);
    await client.expect(/id="p1"/);
  });

  it.each([
    ['another domain', "to='example.org' xmlns='jabber:client'", 'host-unknown'],
    ['another namespace', "to='mobydick' xmlns='jabber:server'", 'invalid-namespace'],
  ])('a stream for %s is refused', async (_what, attributes, condition) => {
    const client = await RawClient.connect(simulator.port);
    client.send(
      `<stream:stream ${attributes} xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`,
    );
    await client.expect(new RegExp(`<stream:error><${condition} `));
    await client.expectClose();
  });
});

it('a client that does not sign in in time is dropped, also in the middle of a stanza', async () => {
  const hasty = await startSimulator({ users: [BEN], xmpp: { timeToAuthenticateMs: 50 } });
  const client = await RawClient.connect(hasty.port);
  client.openStream('mobydick');
  await client.expect(/<\/stream:features>/);
  client.send('<starttls');
  await client.expect(/<stream:error><connection-timeout /);
  await client.expectClose();
  await hasty.close();
});

it('takes no more connections than the limit', async () => {
  const clients: RawClient[] = [];
  for (let count = 0; count < LIMITS.connections; count++)
    clients.push(await RawClient.connect(simulator.port));
  const last = await RawClient.connect(simulator.port);
  await last.expectClose();
  const [first] = clients;
  first?.openStream('mobydick');
  await first?.expect(/<\/stream:features>/);
  for (const client of clients) client.destroy();
});

it('offers stream management only on demand', async () => {
  const client = await connectSecurely(simulator);
  await scram(client, credentials(BEN));
  client.openStream('mobydick');
  expect((await client.expect(/<stream:features>.*<\/stream:features>/))[0]).not.toContain('<sm ');
  client.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  await client.expect(/<\/bind><\/iq>/);
  client.send("<enable xmlns='urn:xmpp:sm:3'/>");
  await client.expect(/<unsupported-stanza-type /);
});

it('says system-shutdown when it closes', async () => {
  const client = await signIn(simulator, credentials(BEN));
  await simulator.close();
  await client.expect(/<stream:error><system-shutdown [^>]*\/><\/stream:error><\/stream:stream>/);
  await client.expectClose();
  await expect(RawClient.connect(simulator.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
