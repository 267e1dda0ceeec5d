import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import {
  bind,
  connectSecurely,
  introduce,
  type RawClient,
  scram,
  sendCommand,
} from '../../testing/raw-client.ts';
import { ANNA, BEN, credentials } from '../../testing/users.ts';

const SM = "xmlns='urn:xmpp:sm:3'";
const PING = "<iq type='get' id='p1'><ping xmlns='urn:xmpp:ping'/></iq>";

let simulator: Simulator;
beforeEach(() => start());
afterEach(() => simulator.close());

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  await simulator?.close();
  const xmpp = { streamManagement: true, ...options.xmpp };
  simulator = await startSimulator({ users: [ANNA, BEN], ...options, xmpp });
}

/** Signed in, bound and with stream management on. */
async function managed(
  attributes = "resume='true'",
  user = BEN,
): Promise<{ client: RawClient; enabled: string; id: string }> {
  const client = await connectSecurely(simulator);
  await scram(client, credentials(user));
  await bind(client, 'mobydick', 'desk');
  client.send(`<enable ${SM} ${attributes}/>`);
  const [enabled] = await client.expect(/<enabled [^>]*\/>/);
  return { client, enabled, id: / id="([0-9a-f]+)"/.exec(enabled)?.[1] ?? '' };
}

/** Signed in, and asking for a lost session. */
async function resuming(previd: string, h: number, user = BEN): Promise<RawClient> {
  const client = await connectSecurely(simulator);
  await scram(client, credentials(user));
  client.openStream('mobydick');
  await client.expect(/<sm xmlns="urn:xmpp:sm:3"\/><\/stream:features>/);
  client.send(`<resume ${SM} previd='${previd}' h='${h}'/>`);
  return client;
}

it('counts the stanzas of the client, from <enable/> on', async () => {
  const { client } = await managed();
  client.send(`${PING}<presence/><r ${SM}/>`);
  await client.expect(/<a xmlns="urn:xmpp:sm:3" h="2"\/>/);
});

it('asks for acknowledgement, once per answer', async () => {
  const { client } = await managed();
  client.send(PING + PING);
  await client.expect(/id="p1"[^>]*\/><r xmlns='urn:xmpp:sm:3'\/>.*id="p1"[^>]*\/>$/);
  expect(client.unread).toBe('');
  client.send(`<a ${SM} h='1'/>${PING}`);
  await client.expect(/^<iq [^>]*id="p1"[^>]*\/><r xmlns='urn:xmpp:sm:3'\/>$/);
});

it('keeps what a lost client did not acknowledge, and what happens meanwhile, and says it on resumption', async () => {
  const { client, id } = await managed();
  await introduce(client, 'base * user');
  client.send(`<a ${SM} h='1'/>`);
  simulator.exchange.outside.call('0891234', '', '341');
  await client.expect(/<eventType>ringing<\/eventType>/);
  simulator.faults.cut('ben');
  expect(simulator.sessions()).toMatchObject([
    { user: 'ben', resumable: true, connected: false, resumptions: 0 },
  ]);
  simulator.exchange.answer('ben');

  // The client has seen `ringing`, and says so only now.
  const back = await resuming(id, 2);
  await back.expect(
    new RegExp(`<resumed xmlns="urn:xmpp:sm:3" previd="${id}" h="1"/><message .*<eventType>busy`),
  );
  expect(simulator.sessions()).toMatchObject([{ connected: true, resumptions: 1 }]);
  simulator.exchange.outside.hangUp('0891234');
  await back.expect(/<eventType>hangup<\/eventType>/);
});

it('says again what was said and not acknowledged', async () => {
  const { client, id } = await managed();
  client.send(PING);
  await client.expect(/<iq [^>]*id="p1"/);
  client.destroy();
  const back = await resuming(id, 0);
  await back.expect(/<resumed [^>]*h="1"\/><iq type="result" id="p1" [^>]*\/><r /);
});

it('takes a session over from a connection that still stands', async () => {
  const { client, id } = await managed();
  const back = await resuming(id, 0);
  await back.expect(/<resumed /);
  await client.expect(/<stream:error><conflict /);
  await client.expectClose();
  back.send(PING);
  await back.expect(/id="p1"/);
  expect(simulator.sessions()).toMatchObject([{ connected: true, resumptions: 1 }]);
});

it('knows no session of another name, of another user or that was forgotten; a resource may then be bound', async () => {
  const { client, id } = await managed();
  const refused = async (previd: string, user = BEN) => {
    const back = await resuming(previd, 0, user);
    await back.expect(/<failed xmlns="urn:xmpp:sm:3"><item-not-found /);
    return back;
  };
  await refused('0123456789');
  await refused(id, ANNA);
  expect(simulator.faults.forgetSessions()).toBe(1);
  client.send(PING);
  await client.expect(/id="p1"/);
  const back = await refused(id);
  back.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  await back.expect(/<jid>ben@mobydick/);
});

it('ends a session that waits and is forgotten', async () => {
  const { id } = await managed();
  simulator.faults.cut();
  expect(simulator.sessions()).toHaveLength(1);
  simulator.faults.forgetSessions();
  expect(simulator.sessions()).toEqual([]);
  await (await resuming(id, 0)).expect(/<item-not-found /);
});

it('keeps a lost session for its time and no longer', async () => {
  const clock = new FakeClock();
  await start({ clock, xmpp: { resumptionSeconds: 60 } });
  const { enabled } = await managed();
  expect(enabled).toContain('resume="true" max="60"');
  simulator.faults.cut();
  clock.advance(59_999);
  expect(simulator.sessions()).toHaveLength(1);
  clock.advance(1);
  expect(simulator.sessions()).toEqual([]);
  expect((await managed("resume='1' max='5'")).enabled).toContain('max="5"');
});

it('falls silent at <resume/>', async () => {
  const { id } = await managed();
  simulator.faults.goSilent('resume');
  const back = await resuming(id, 0);
  await expect.poll(() => simulator.faults.silenced).toBe(1);
  expect([back.unread, back.closed]).toEqual(['', false]);
});

it('has nothing to resume after a goodbye or a stream error', async () => {
  const { client, id } = await managed();
  client.send('</stream:stream>');
  await client.expectClose();
  await (await resuming(id, 0)).expect(/<item-not-found /);
  const second = await managed();
  simulator.faults.endStreams('system-shutdown');
  await second.client.expect(/<stream:error><system-shutdown /);
  await (await resuming(second.id, 0)).expect(/<item-not-found /);
});

it('acknowledges only, where the client or the server wants no resumption', async () => {
  expect((await managed('')).enabled).toBe('<enabled xmlns="urn:xmpp:sm:3"/>');
  await start({ xmpp: { resumption: false } });
  expect((await managed()).enabled).toBe('<enabled xmlns="urn:xmpp:sm:3"/>');
  simulator.faults.cut();
  expect(simulator.sessions()).toEqual([]);
});

it('says late, and not twice, what it did not say while it was mute', async () => {
  const { client, id } = await managed();
  await introduce(client);
  await client.expect(/<r /);
  simulator.faults.goSilent('online');
  sendCommand(client, 'd', 'base', "<Dial target='0891234' prefix='auto'/>");
  await expect.poll(() => simulator.exchange.channels('ben')).toHaveLength(1);
  simulator.faults.clear();
  client.send(PING);
  await client.expect(/id="d".*id="p1"/);
  client.destroy();
  const back = await resuming(id, 3);
  await back.expect(/<resumed [^>]*h="3"\/>/);
  back.send(PING);
  await back.expect(/^<iq type="result" id="p1"/);
});

it.each([
  ['more than there was', '7'],
  ['no number', 'x'],
])('ends a session whose client acknowledges %s', async (_what, h) => {
  const { client } = await managed();
  client.send(`<a ${SM} h='${h}'/>`);
  await client.expect(
    /<stream:error><undefined-condition [^>]*\/><handled-count-too-high [^>]*send-count="0"\/>/,
  );
  await client.expectClose();
  expect(simulator.sessions()).toEqual([]);
});

it.each([
  ['a second <enable/>', `<enable ${SM}/>`],
  ['<resume/> of a bound stream', `<resume ${SM} previd='x' h='0'/>`],
])('refuses %s', async (_what, nonza) => {
  const { client } = await managed();
  client.send(nonza);
  await client.expect(/<failed xmlns="urn:xmpp:sm:3"><unexpected-request /);
});

it('refuses <enable/> before a resource is bound', async () => {
  const client = await connectSecurely(simulator);
  await scram(client, credentials(BEN));
  client.openStream('mobydick');
  client.send(`<enable ${SM}/>`);
  await client.expect(/<failed xmlns="urn:xmpp:sm:3"><unexpected-request /);
  client.send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  await client.expect(/<jid>/);
});
