import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../simulator.ts';
import { command, introduce, type RawClient, sendCommand, signIn } from '../testing/raw-client.ts';
import { ANNA, BEN, CHIEF, credentials } from '../testing/users.ts';

const USERS = [ANNA, BEN, CHIEF];
let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ users: USERS });
});
afterEach(() => simulator.close());

const OK = '<Success><message>Ok</message></Success>';
const EVENT =
  /<message to="([^"]+)" from="pbx\.mobydick"><cmd [^>]*module="(\w+)"><(\w+)[^>]*>(.*?)<\/\3><\/cmd><\/message>/;

/** The next event as `Name eventType`, with its fields. */
async function nextEvent(client: RawClient): Promise<{ told: string; field: (name: string) => string }> {
  const [, , , name = '', body = ''] = await client.expect(EVENT);
  const field = (wanted: string) => new RegExp(`<${wanted}>([^<]*)</${wanted}>`).exec(body)?.[1] ?? '';
  return { told: `${name} ${field('eventType')}`.trim(), field };
}

async function nextEvents(client: RawClient, count: number): Promise<string[]> {
  const told: string[] = [];
  for (let index = 0; index < count; index++) told.push((await nextEvent(client)).told);
  return told;
}

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

describe('an incoming call', () => {
  it('is told with every field, answered by Offhook and ended by Hangup', async () => {
    const client = await signIn(simulator, credentials(ANNA));
    await introduce(client, 'base ChannelEvent user');
    simulator.exchange.outside.call('0891234', 'Kunde & Söhne', '340');
    const [, to, module, , body] = await client.expect(EVENT);
    expect([to, module]).toEqual(['anna@mobydick/tapline', 'base']);
    expect(body).toBe(
      '<eventType>ringing</eventType><eventId>SIP/Anna-00000002</eventId><eventDetails/><outbound>false</outbound>' +
        '<internal>false</internal><sourceName>Kunde &amp; Söhne</sourceName><sourceNumber>0891234</sourceNumber>' +
        '<sourceCallerIdName/><targetName>Anna Müller</targetName><targetCallerIdName/>' +
        '<targetNumber>340</targetNumber><busySince>0</busySince><refChannel>SIP/trunk-00000001</refChannel>' +
        '<device>SIP anna [Büro]</device><fromName/><fromNumber/><LabelList/>',
    );
    expect(await command(client, 'o', 'phone', "<Offhook device='SIP anna [Büro]'/>")).toBe(OK);
    const busy = await nextEvent(client);
    expect(busy.told).toBe('ChannelEvent busy');
    expect(Number(busy.field('busySince'))).toBeGreaterThan(0);
    expect(await command(client, 'h', 'base', "<Hangup channel='SIP/Anna-00000002'/>")).toBe(OK);
    expect((await nextEvent(client)).told).toBe('ChannelEvent hangup');
  });

  it('can be held and resumed by the hold key', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'base ChannelEvent user');
    simulator.exchange.outside.call('0891234', '', '341');
    simulator.exchange.answer('ben');
    await nextEvents(client, 2);
    await command(client, '1', 'phone', "<Hold device='SIP ben'/>");
    await command(client, '2', 'phone', "<Hold device='SIP ben'/>");
    expect(await nextEvent(client)).toMatchObject({ told: 'ChannelEvent unhold' });
  });

  it('can be transferred to a colleague', async () => {
    const anna = await signIn(simulator, credentials(ANNA));
    const ben = await signIn(simulator, credentials(BEN));
    await introduce(anna, 'base ChannelEvent user');
    await introduce(ben, 'base ChannelEvent user');
    simulator.exchange.outside.call('0891234', '', '340');
    simulator.exchange.answer('anna');
    await nextEvents(anna, 2);
    const transfer = "<Transfer channel='SIP/Anna-00000002' target='341' prefix='auto'/>";
    expect(await command(anna, 't', 'base', transfer)).toBe(OK);
    expect(await nextEvents(anna, 2)).toEqual(['ChannelEvent transfer', 'ChannelEvent hangup']);
    const ringing = await nextEvent(ben);
    expect([ringing.told, ringing.field('fromNumber')]).toEqual(['ChannelEvent ringing', '340']);
  });
});

describe('an outgoing call', () => {
  it('is accepted, rings, is busy and hangs up', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'base ChannelEvent user');
    simulator.exchange.outside.set('0891234', { kind: 'answers', hangUpAfterMs: 0 });
    expect(await command(client, 'd', 'base', "<Dial target='0891234' prefix='auto'/>")).toBe(OK);
    const ringing = await nextEvent(client);
    expect(ringing.told).toBe('ChannelEvent ringing');
    expect([ringing.field('outbound'), ringing.field('targetNumber')]).toEqual(['true', '0891234']);
    expect(await nextEvents(client, 2)).toEqual(['ChannelEvent busy', 'ChannelEvent hangup']);
  });

  it('to a busy party ends with a reason and never rings', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client, 'base ChannelEvent user');
    simulator.exchange.outside.set('0891234', { kind: 'busy' });
    await command(client, 'd', 'base', "<Dial target='0891234' prefix='auto'/>");
    const event = await nextEvent(client);
    expect([event.told, event.field('eventDetails')]).toEqual(['ChannelEvent hangup', 'busy']);
  });

  it('may be told before the answer to the Dial', async () => {
    const other = await startSimulator({ users: USERS, replyOrder: 'event-first' });
    const client = await signIn(other, credentials(BEN));
    await introduce(client, 'base ChannelEvent user');
    sendCommand(client, 'd', 'base', "<Dial target='0891234' prefix='auto'/>");
    await client.expect(/^<message .*<eventType>ringing<\/eventType>.*<\/message><iq type="result" id="d" /);
    await other.close();
  });

  it('is ended by a Hangup without channel', async () => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client);
    await command(client, 'd', 'base', "<Dial target='340' prefix='auto'/>");
    expect(await command(client, 'h', 'base', '<Hangup/>')).toBe(OK);
    expect(simulator.exchange.channels()).toEqual([]);
    expect(await command(client, 'h2', 'base', '<Hangup/>')).toContain('<message>No active call</message>');
  });

  it.each([
    ["<Dial target='0891 234' prefix='auto'/>", 'A number is'],
    ["<Dial target='0891234' prefix='auto' device='SIP anna [Büro]'/>", 'No such device'],
    ["<Dial target='0891234' prefix='abc'/>", 'A prefix is'],
  ])('is refused for %s', async (body, why) => {
    const client = await signIn(simulator, credentials(BEN));
    await introduce(client);
    expect(await command(client, 'd', 'base', body)).toMatch(new RegExp(`^<Failure><message>${why}`));
  });
});

describe('pickup', () => {
  it('is offered to colleagues, moves the call and is gone', async () => {
    const anna = await signIn(simulator, credentials(ANNA));
    const ben = await signIn(simulator, credentials(BEN));
    await introduce(anna, 'base * user');
    await introduce(ben, 'base * user');
    simulator.exchange.outside.call('0891234', 'Kunde', '341');
    const offered = await nextEvent(anna);
    expect([offered.told, offered.field('eventId'), offered.field('target')]).toEqual([
      'PickupEvent ringing',
      'ben',
      '341',
    ]);
    expect([offered.field('sourceName'), offered.field('sourceNumber')]).toEqual(['Kunde', '0891234']);
    expect(await command(anna, 'p', 'base', "<Pickup target='341'/>")).toBe(OK);
    expect((await nextEvent(anna)).told).toBe('PickupEvent gone');
    const taken = await nextEvent(anna);
    expect([taken.told, taken.field('outbound'), taken.field('sourceNumber')]).toEqual([
      'ChannelEvent ringing',
      'false',
      '0891234',
    ]);
    expect((await nextEvent(anna)).told).toBe('ChannelEvent busy');
    expect((await nextEvent(ben)).told).toBe('ChannelEvent ringing');
    const lost = await nextEvent(ben);
    expect([lost.told, lost.field('eventDetails')]).toEqual(['ChannelEvent hangup', 'answered-elsewhere']);
  });

  it('is not offered to the one who calls nor to the one who is called', async () => {
    const anna = await signIn(simulator, credentials(ANNA));
    const ben = await signIn(simulator, credentials(BEN));
    await introduce(anna, 'base * user');
    await introduce(ben, 'base * user');
    await command(anna, 'd', 'base', "<Dial target='341' prefix='auto'/>");
    expect((await nextEvent(anna)).told).toBe('ChannelEvent ringing');
    await command(anna, 'h', 'base', '<Hangup/>');
    simulator.exchange.outside.call('0891234', '', '300');
    expect(await nextEvents(anna, 2)).toEqual(['ChannelEvent hangup', 'PickupEvent ringing']);
    expect(await nextEvents(ben, 3)).toEqual([
      'ChannelEvent ringing',
      'ChannelEvent hangup',
      'PickupEvent ringing',
    ]);
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
