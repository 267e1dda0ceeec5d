import { describe, expect, it } from 'vitest';
import { nextEvent, OK, simulator, withMobydick } from '../testing/mobydick-scene.ts';
import { command, introduce, sendCommand, signIn } from '../testing/raw-client.ts';
import { ANNA, BEN, CHIEF, credentials } from '../testing/users.ts';

withMobydick();

describe('ClientInfo', () => {
  it('is answered by UserInfo with identity, roles, phone and subscriptions', async () => {
    const client = await signIn(simulator, credentials(ANNA));
    const info = await introduce(client, 'base * user', 'journal * user');
    expect(info).toMatch(/^<UserInfo name="Anna">/);
    expect(info).toContain('<db_003use_name>Anna</db_003use_name><db_003use_bez>Anna Müller</db_003use_bez>');
    expect(info).toContain('<db_009ext_extension>340</db_009ext_extension>');
    expect(info).toContain('<Role name="Reception"/>');
    expect(info).not.toContain('xmpp.supervisor');
    expect(info).toContain('<Location name="Anna Müller" isstatic="true" username="">');
    expect(info).toMatch(/<Phonedevice name="SIP anna \[Büro\]" [^>]*><capabilities>.*<offhook\/>/);
    expect(info).toMatch(/<SubscriptionList>(<Subscription [^>]*\/>){2}<\/SubscriptionList><\/UserInfo>$/);
  });

  it('tells a supervisor so', async () => {
    const client = await signIn(simulator, credentials(CHIEF));
    expect(await introduce(client)).toContain('<Roletype name="xmpp.supervisor"/>');
  });

  it('is expected before any other command', async () => {
    const client = await signIn(simulator, credentials(ANNA));
    const answer = await command(client, '1', 'base', "<Dial target='341' prefix='auto'/>");
    expect(answer).toBe('<Failure><message>ClientInfo expected first</message></Failure>');
    expect(simulator.exchange.channels()).toEqual([]);
  });
});

describe('subscriptions', () => {
  it('let through only what was asked for, once each', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'base * user', 'base ChannelEvent user');
    simulator.exchange.outside.call('1', '', '341');
    expect((await nextEvent(client)).field('sourceNumber')).toBe('1');
    const remove =
      "<RemoveSubscription><Subscription module='base' type='*'/>" +
      "<Subscription module='base' type='ChannelEvent'/></RemoveSubscription>";
    expect(await command(client, 'r', 'event', remove)).toBe('<SubscriptionList/>');
    simulator.exchange.outside.hangUp('1');
    const add =
      "<AddSubscription><Subscription module='base' type='*'>" +
      "<AttributeFilter name='sourceNumber' equals='3'/></Subscription></AddSubscription>";
    expect(await command(client, 'a', 'event', add)).toContain(
      '<AttributeFilter name="sourceNumber" equals="3"/>',
    );
    simulator.exchange.outside.call('2', '', '341');
    simulator.exchange.outside.call('3', '', '341');
    expect((await nextEvent(client)).field('sourceNumber')).toBe('3');
  });

  it('of scope supervisor need the role', async () => {
    const chief = await signIn(simulator, credentials(CHIEF));
    const ben = await signIn(simulator, credentials(BEN));
    await introduce(chief, 'base ChannelEvent supervisor');
    await introduce(ben, 'base ChannelEvent supervisor');
    simulator.exchange.outside.call('0891234', '', '340');
    expect((await nextEvent(chief)).field('targetNumber')).toBe('340');
    simulator.exchange.outside.call('0891234', '', '341');
    expect((await nextEvent(ben)).field('targetNumber')).toBe('341');
  });

  it('to the journal bring every finished call', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'journal JournalEntry user');
    simulator.exchange.outside.call('0891234', 'Kunde', '341');
    simulator.exchange.outside.hangUp('0891234');
    const entry = await nextEvent(client);
    expect([entry.field('number'), entry.field('inbound'), entry.field('resultDetails')]).toEqual([
      '0891234',
      'true',
      'no-answer',
    ]);
    expect(await command(client, 'j', 'journal', "<FindOwn limit='5'/>")).toMatch(
      /^<JournalList><JournalEntry eventId="1" eventType="create" userId="ben" userName="ben"><id>1<\/id>/,
    );
  });
});

describe('a supervisor', () => {
  it('dials, answers, hangs up and asks for others; a user may not', async () => {
    const chief = await signIn(simulator, credentials(CHIEF));
    const ben = await signIn(simulator, credentials(BEN));
    await introduce(chief);
    await introduce(ben);
    const dialFrom = "<DialFrom identity='anna' target='0891234' prefix='auto'/>";
    expect(await command(ben, '1', 'base', dialFrom)).toContain('Permission denied');
    expect(await command(ben, '2', 'xmppuser', "<FindUserInfo jid='anna'/>")).toContain('Permission denied');
    expect(await command(ben, '3', 'journal', "<FindByIdentity identity='anna'/>")).toContain(
      'Permission denied',
    );
    expect(await command(chief, '4', 'base', dialFrom)).toBe(OK);
    const [channel] = simulator.exchange.channels('anna');
    expect(await command(ben, '5', 'base', `<Hangup channel='${channel?.id}'/>`)).toContain(
      'No such channel',
    );
    expect(await command(ben, '6', 'phone', "<Offhook device='SIP anna [Büro]'/>")).toContain(
      'No such device',
    );
    expect(await command(chief, '7', 'base', `<Hangup channel='${channel?.id}'/>`)).toBe(OK);
    expect(await command(chief, '8', 'xmppuser', "<FindUserInfo jid='anna@mobydick'/>")).toMatch(
      /^<UserInfo name="Anna">(?!.*SubscriptionList)/,
    );
    expect(await command(chief, '9', 'journal', "<FindByIdentity identity='anna'/>")).toContain(
      '<JournalEntry ',
    );
  });

  it('sees the presence of every phone', async () => {
    const client = await signIn(simulator, credentials(CHIEF));
    client.send('<presence/>');
    for (const user of ['anna', 'ben', 'chief']) {
      await client.expect(new RegExp(`<presence from="${user}@mobydick/phone" to="[^"]+"/>`));
    }
    simulator.exchange.outside.call('0891234', '', '341');
    await client.expect(/<presence from="ben@mobydick\/phone" to="[^"]+"><show>dnd<\/show><\/presence>/);
    simulator.exchange.setRegistered('ben', false);
    await client.expect(/<presence from="ben@mobydick\/phone" to="[^"]+" type="unavailable"\/>/);
  });
});

it('a user who is available sees the presence of the own phone at each change, and of no other', async () => {
  const client = await signIn(simulator, credentials(ANNA));
  const own = (rest: string) =>
    client.expect(new RegExp(`<presence from="anna@mobydick/phone" to="[^"]+"${rest}`));
  simulator.exchange.setRegistered('anna', false);
  client.send('<presence/>');
  await own(' type="unavailable"/>');
  simulator.exchange.setRegistered('anna', true);
  await own('/>');
  simulator.exchange.outside.call('0891234', '', '341');
  simulator.exchange.outside.call('0895678', '', '340');
  await own('><show>dnd</show></presence>');
  simulator.exchange.outside.hangUp('0895678');
  await own('/>');
  client.send("<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
  await client.expect(/^<iq /);
});

it('lists the users in the phonebook', async () => {
  const client = await signIn(simulator, credentials(BEN));
  await introduce(client);
  const all = await command(client, '1', 'phonebook', '<FindAll/>');
  expect(all.match(/<type>011account<\/type>/g)).toHaveLength(3);
  const found = await command(client, '2', 'phonebook', "<Find query='müller'/>");
  expect(found.match(/<phone>(\d+)<\/phone>/g)).toEqual(['<phone>340</phone>']);
});

describe('a command', () => {
  it('the PBX does not know fails', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client);
    expect(await command(client, 'x', 'phone', "<Hangup device='SIP ben'/>")).toBe(
      '<Failure><message>Unknown command phone.Hangup</message></Failure>',
    );
  });

  it.each([
    ['without a command', ''],
    ['with two commands', '<Hangup/><Hangup/>'],
    ['without its mandatory attribute', '<Dial prefix="auto"/>'],
    ['with an attribute too long', `<Dial target="${'1'.repeat(513)}"/>`],
  ])('%s is a bad request', async (_what, body) => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client);
    sendCommand(client, 'x', 'base', body);
    await client.expect(/<iq type="error" id="x" [^>]*><error type="modify"><bad-request /);
  });
});
