import { describe, expect, it } from 'vitest';
import { startSimulator } from '../simulator.ts';
import {
  EVENT,
  nextEvent,
  nextEvents,
  OK,
  simulator,
  USERS,
  withMobydick,
} from '../testing/mobydick-scene.ts';
import { command, introduce, sendCommand, signIn } from '../testing/raw-client.ts';
import { ANNA, BEN, credentials } from '../testing/users.ts';

withMobydick();

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
