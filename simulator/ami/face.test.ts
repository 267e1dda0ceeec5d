import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../simulator.ts';
import { AmiClient, type AmiPacket } from '../testing/ami-client.ts';
import { ANNA, BEN } from '../testing/users.ts';
import type { Manager } from './managers.ts';

const ALL: Manager = {
  name: 'tapline',
  secret: 's3cret',
  read: ['call', 'user', 'dtmf'],
  write: ['call', 'originate', 'system'],
};
const POP: Manager = { name: 'pop', secret: 'pop', read: ['user'], write: [] };
const ZOE = '0301234567';

let pbx: Simulator;
let clients: AmiClient[];
beforeEach(async () => {
  pbx = await startSimulator({ users: [ANNA, BEN], ami: { managers: [ALL, POP] } });
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.end();
  await pbx.close();
});

function open(secure = false): AmiClient {
  const client = new AmiClient((secure ? pbx.ami?.tlsPort : pbx.ami?.port) ?? 0, secure);
  clients.push(client);
  return client;
}
async function signedIn(manager = ALL, headers = {}): Promise<AmiClient> {
  const client = open();
  expect((await client.login(manager.name, manager.secret, headers)).get('Response')).toBe('Success');
  return client;
}
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const callIn = (to = ANNA) => {
  const called = pbx.exchange.outside.call(ZOE, 'Zoë "Z" Müller', to.extension);
  expect(called.ok).toBe(true);
};
const hungUp = (client: AmiClient, name: string) =>
  client.wait((packet) => packet.get('Event') === 'Hangup' && (packet.get('Channel') ?? '').startsWith(name));
/** What the dial plan said, without the call's id. */
const said = (client: AmiClient) =>
  client.packets.flatMap((packet) => packet.get('TAPIEVENT')?.replace(/^\[~[^&]+&/, '[') ?? []);

describe('signing in', () => {
  it('works with a challenge, with the secret itself, and with TLS', async () => {
    const client = await signedIn();
    expect(client.greeting).toBe('Asterisk Call Manager/11.0.0');
    const plain = open(true);
    const answer = await plain.ask('Login', { Username: ALL.name, Secret: ALL.secret });
    expect(answer.get('Message')).toBe('Authentication accepted');
    expect(pbx.ami?.managers()).toEqual([ALL.name, ALL.name]);
    expect((await client.ask('Ping')).get('Ping')).toBe('Pong');
    expect((await client.ask('Logoff')).get('Response')).toBe('Goodbye');
    await expect.poll(() => client.closed).toBe(true);
    await expect.poll(() => pbx.ami?.managers()).toEqual([ALL.name]);
  });

  it.each([
    ['a wrong secret', ALL.name, 'wrong'],
    ['an unknown user', 'nobody', ALL.secret],
  ])('with %s is refused in the same words, and ends', async (_what, user, secret) => {
    const client = open();
    expect((await client.login(user, secret)).get('Message')).toBe('Authentication failed');
    await expect.poll(() => client.closed).toBe(true);
  });

  it('comes before everything else', async () => {
    const client = open();
    expect((await client.ask('Ping')).get('Message')).toBe('Permission denied');
    expect(
      (await client.ask('Login', { AuthType: 'MD5', Username: ALL.name, Key: '' })).get('Response'),
    ).toBe('Error');
  });

  it('gives exactly the rights of the user', async () => {
    const pop = await signedIn(POP);
    for (const action of ['Originate', 'Hangup', 'Status', 'Redirect', 'PJSIPNotify'])
      expect((await pop.ask(action)).get('Message'), action).toBe('Permission denied');
    expect((await pop.ask('Ping')).get('Response')).toBe('Success');
    expect((await pop.ask('NoSuchAction')).get('Message')).toMatch(/^Invalid\/unknown command/);
    expect([...(await pop.ask('ListCommands')).keys()]).not.toContain('Originate');
    expect([...(await (await signedIn()).ask('ListCommands')).keys()]).toContain('Originate');
    callIn();
    await pop.event('UserEvent');
    pbx.exchange.clear();
    await pop.wait((packet) => packet.get('TAPIEVENT')?.endsWith('IDLE') === true);
    expect(new Set(pop.told())).toEqual(new Set(['UserEvent']));
  });

  it('tells no event that was not asked for', async () => {
    const client = await signedIn(ALL, { Events: 'user' });
    callIn();
    await client.event('UserEvent');
    expect(new Set(client.told())).toEqual(new Set(['UserEvent']));
    expect((await client.ask('Events', { EventMask: 'call' })).get('Events')).toBe('On');
    pbx.exchange.clear();
    await client.event('Hangup');
  });
});

describe('a call from outside', () => {
  it('is told as Asterisk tells it, answered and hung up', async () => {
    const client = await signedIn(ALL, { Events: 'call' });
    callIn();
    await client.event('DialState');
    pbx.exchange.answer(ANNA.name);
    await client.event('BridgeEnter', { BridgeNumChannels: '2' });
    pbx.exchange.outside.hangUp(ZOE);
    await hungUp(client, 'PJSIP/trunk');
    const told = client.told('DialStatus', 'Cause').filter((event) => !event.startsWith('DeviceState'));
    expect(told).toEqual([
      'Newchannel',
      'Newchannel',
      'NewConnectedLine',
      'DialBegin',
      'NewConnectedLine',
      'Newstate',
      'DialState RINGING',
      'Newstate',
      'DialEnd ANSWER',
      'Newstate',
      'BridgeCreate',
      'BridgeEnter',
      'BridgeEnter',
      'HangupRequest 16',
      'BridgeLeave',
      'BridgeLeave',
      'BridgeDestroy',
      'Hangup 16',
      'Hangup 16',
    ]);
    const [trunk, phone] = client.packets.filter((packet) => packet.get('Event') === 'Newchannel') as [
      AmiPacket,
      AmiPacket,
    ];
    expect(Object.fromEntries(trunk)).toMatchObject({
      Privilege: 'call,all',
      ChannelState: '4',
      CallerIDNum: ZOE,
      CallerIDName: 'Zoë \\"Z\\" Müller',
      Exten: ANNA.extension,
      Context: 'from-trunk',
    });
    expect(phone.get('Channel')).toMatch(/^PJSIP\/Anna-[0-9a-f]{8}$/);
    expect(phone.get('Linkedid')).toBe(trunk.get('Uniqueid'));
  });

  it('is told by the dial plan, whether answered or missed', async () => {
    const client = await signedIn(POP);
    callIn();
    pbx.exchange.answer(ANNA.name);
    pbx.exchange.outside.hangUp(ZOE);
    await client.wait((packet) => packet.get('TAPIEVENT')?.endsWith('IDLE') === true);
    expect(said(client)).toEqual([
      'LINE_NEWCALL PJSIP/Anna',
      `[PJSIP/Anna] SET CALLERID ${ZOE}`,
      '[PJSIP/Anna] SET CALLERIDNAME Zoë Z Müller',
      '[PJSIP/Anna] SET CALLEDID 340',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_OFFERING',
      '[PJSIP/Anna] LINE_CALLINFO LINECALLINFOSTATE_CALLERID',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_CONNECTED',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_IDLE',
    ]);
    const before = client.packets.length;
    callIn();
    pbx.exchange.outside.hangUp(ZOE);
    await expect.poll(() => said(client).filter((one) => one.endsWith('IDLE'))).toHaveLength(2);
    expect(
      client.packets.slice(before).some((packet) => packet.get('TAPIEVENT')?.endsWith('CONNECTED')),
    ).toBe(false);
  });

  it.each([
    ['given up by the caller', () => pbx.exchange.outside.hangUp(ZOE), 'DialEnd CANCEL', '127'],
    [
      'declined',
      () => pbx.exchange.hangUp(pbx.exchange.channels(ANNA.name)[0]?.id ?? ''),
      'DialEnd BUSY',
      '17',
    ],
  ])('%s says why', async (_what, end, dialEnd, cause) => {
    const client = await signedIn();
    callIn();
    end();
    expect((await hungUp(client, 'PJSIP/Anna')).get('Cause')).toBe(cause);
    expect(client.told('DialStatus')).toContain(dialEnd);
  });

  it('is held and taken back', async () => {
    const client = await signedIn();
    callIn();
    pbx.exchange.answer(ANNA.name);
    pbx.exchange.toggleHold(ANNA.name);
    expect((await client.event('Hold')).get('Channel')).toMatch(/^PJSIP\/Anna/);
    expect((await client.event('MusicOnHoldStart')).get('Channel')).toMatch(/^PJSIP\/trunk/);
    pbx.exchange.toggleHold(ANNA.name);
    await client.event('Unhold');
  });

  it('can be answered and hung up by a manager who may', async () => {
    const client = await signedIn();
    callIn();
    const channel = (await client.event('DialBegin')).get('DestUniqueid') ?? '';
    expect(
      (await client.ask('PJSIPNotify', { Channel: channel, Variable: 'Event=talk' })).get('Response'),
    ).toBe('Success');
    await client.event('BridgeEnter');
    expect((await client.ask('Hangup', { Channel: channel, Cause: '16' })).get('Response')).toBe('Success');
    await hungUp(client, 'PJSIP/Anna');
    expect((await client.ask('Hangup', { Channel: channel })).get('Message')).toBe('No such channel');
    expect(pbx.exchange.channels()).toEqual([]);
  });
});

describe('Originate', () => {
  const order = (change: Readonly<Record<string, string>> = {}) => ({
    Channel: 'PJSIP/Anna',
    Context: 'from-internal',
    Exten: ZOE,
    Priority: '1',
    CallerID: '"Dial" <0301234567>',
    Async: 'true',
    ChannelId: 'tapline-1',
    ...change,
  });

  it('lifts the own phone, then dials; every event has the name that was given', async () => {
    pbx.exchange.outside.set(ZOE, { kind: 'answers', hangUpAfterMs: 20 }, 'Zoë');
    const client = await signedIn();
    expect((await client.ask('Originate', order())).get('Message')).toBe('Originate successfully queued');
    const response = await client.event('OriginateResponse');
    expect(Object.fromEntries(response)).toMatchObject({
      Response: 'Success',
      Reason: '4',
      Uniqueid: 'tapline-1',
      ActionID: 't3',
    });
    await hungUp(client, 'PJSIP/Anna');
    expect(said(client)).toEqual([
      'LINE_NEWCALL PJSIP/Anna',
      '[PJSIP/Anna] SET CALLORIGIN LINECALLORIGIN_OUTBOUND',
      `[PJSIP/Anna] SET CALLEDID ${ZOE}`,
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_DIALING',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_PROCEEDING',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_CONNECTED',
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_IDLE',
    ]);
    const trunk = await client.wait(
      (packet) => packet.get('Event') === 'Newchannel' && packet.get('Uniqueid') !== 'tapline-1',
    );
    expect(trunk.get('Linkedid')).toBe('tapline-1');
  });

  it.each([
    ['busy', 'BUSY', '17'],
    ['unobtainable', 'NOANSWER', '1'],
  ] as const)('to a number that is %s says so', async (kind, dialStatus, cause) => {
    pbx.exchange.outside.set(ZOE, { kind });
    const client = await signedIn();
    await client.ask('Originate', order());
    expect((await hungUp(client, 'PJSIP/Anna')).get('Cause')).toBe(cause);
    expect(client.told('DialStatus')).toContain(`DialEnd ${dialStatus}`);
    expect(said(client)).toContain(
      `[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_${kind === 'busy' ? 'BUSY' : 'DISCONNECTED'}`,
    );
  });

  it.each([
    ['a phone that is not there', { Channel: 'PJSIP/nobody' }],
    ['a technology that is not loaded', { Channel: 'Tapline/probe' }],
  ])('of %s is queued, and fails without a channel', async (_what, change) => {
    const client = await signedIn();
    expect((await client.ask('Originate', order(change))).get('Response')).toBe('Success');
    const response = await client.event('OriginateResponse', { Response: 'Failure' });
    expect([response.get('Reason'), response.get('Uniqueid')]).toEqual(['0', 'tapline-1']);
    expect(client.told()).not.toContain('Newchannel');
  });

  it('that the phone’s owner does not take fails', async () => {
    await pbx.close();
    pbx = await startSimulator({
      users: [ANNA],
      exchange: { autoAnswerMs: 'never' },
      ami: { managers: [ALL] },
    });
    const client = await signedIn();
    await client.ask('Originate', order());
    pbx.exchange.hangUp(pbx.exchange.channels()[0]?.id ?? '');
    const response = await client.event('OriginateResponse');
    expect([response.get('Response'), response.get('Uniqueid')]).toEqual(['Failure', 'tapline-1']);
    expect(said(client)).toEqual([]);
  });

  it.each([
    ['the channel that rings', 'PickupChan', (id: string) => id],
    ['the extension it rings at', 'Pickup', () => `${BEN.extension}@tapi-phones`],
    ['nothing: the own group', 'Pickup', () => ''],
  ])('takes over a colleague’s call by %s', async (_what, Application, data) => {
    const client = await signedIn();
    callIn(BEN);
    const id = (await client.event('DialBegin')).get('DestUniqueid') ?? '';
    const { Channel, Async, ChannelId } = order();
    await client.ask('Originate', { Channel, Async, ChannelId, Application, Data: data(id) });
    const pickup = await client.event('Pickup');
    expect([pickup.get('Uniqueid'), pickup.get('TargetUniqueid')]).toEqual(['tapline-1', id]);
    expect((await client.event('OriginateResponse')).get('Response')).toBe('Success');
    expect((await hungUp(client, 'PJSIP/ben')).get('Cause')).toBe('26');
    await client.event('BridgeEnter', { BridgeNumChannels: '2' });
    expect(said(client).slice(-2)).toEqual([
      '[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_CONNECTED',
      '[PJSIP/ben] LINE_CALLSTATE LINECALLSTATE_HANGUP',
    ]);
    pbx.exchange.outside.hangUp(ZOE);
    await hungUp(client, 'PJSIP/Anna');
    expect(pbx.exchange.channels()).toEqual([]);
  });
});

describe('sending a call elsewhere', () => {
  it('redirects what rings by the other end', async () => {
    const client = await signedIn();
    callIn();
    const channel = (await client.event('DialBegin')).get('Channel') ?? '';
    const asked = { Channel: channel, Context: 'from-internal', Exten: BEN.extension, Priority: '1' };
    expect((await client.ask('Redirect', asked)).get('Response')).toBe('Success');
    await hungUp(client, 'PJSIP/Anna');
    await client.wait((packet) => packet.get('DestChannel')?.startsWith('PJSIP/ben') === true);
    pbx.exchange.answer(BEN.name);
    await client.event('BridgeEnter', { BridgeNumChannels: '2' });
    expect(client.told()).not.toContain('BlindTransfer');
  });

  it('transfers what talks by the own end', async () => {
    const client = await signedIn();
    callIn();
    const channel = (await client.event('DialBegin')).get('DestChannel') ?? '';
    const asked = { Channel: channel, Context: 'from-internal', Exten: BEN.extension };
    expect((await client.ask('BlindTransfer', asked)).get('Response')).toBe('Error');
    pbx.exchange.answer(ANNA.name);
    expect((await client.ask('BlindTransfer', asked)).get('Response')).toBe('Success');
    expect(Object.fromEntries(await client.event('BlindTransfer'))).toMatchObject({
      TransfererChannel: channel,
      Extension: BEN.extension,
    });
    await hungUp(client, 'PJSIP/Anna');
    expect(said(client)).toContain('[PJSIP/Anna] LINE_CALLSTATE LINECALLSTATE_IDLE');
    expect(pbx.exchange.channels().map(({ user }) => user)).toEqual([undefined, BEN.name]);
  });

  it('refuses what is not there', async () => {
    const client = await signedIn();
    for (const action of ['Redirect', 'BlindTransfer', 'PlayDTMF', 'PJSIPNotify', 'Atxfer'])
      expect(
        (await client.ask(action, { Channel: 'PJSIP/x', Exten: '1', Digit: '1' })).get('Response'),
        action,
      ).toBe('Error');
  });
});

describe('questions', () => {
  it('list the channels that live, with their bridge', async () => {
    const client = await signedIn();
    callIn();
    pbx.exchange.answer(ANNA.name);
    await client.ask('Status');
    const end = await client.event('StatusComplete');
    expect([end.get('EventList'), end.get('ListItems')]).toEqual(['Complete', '2']);
    const items = client.packets.filter((packet) => packet.get('Event') === 'Status');
    expect(items.map((packet) => packet.get('ChannelStateDesc'))).toEqual(['Up', 'Up']);
    expect(new Set(items.map((packet) => packet.get('BridgeID'))).size).toBe(1);
    expect(items[0]?.get('ActionID')).toBe(end.get('ActionID'));
  });

  it('tell how a phone stands', async () => {
    const client = await signedIn();
    const state = async (phone: string) =>
      (await client.ask('Getvar', { Variable: `DEVICE_STATE(${phone})` })).get('Value');
    expect(await state('PJSIP/anna')).toBe('NOT_INUSE');
    callIn();
    expect(await state('PJSIP/anna')).toBe('INUSE');
    pbx.exchange.setRegistered(ANNA.name, false);
    expect(await state('PJSIP/anna')).toBe('UNAVAILABLE');
    expect(await state('PJSIP/nobody')).toBe('INVALID');
  });

  it('send digits', async () => {
    const client = await signedIn();
    callIn();
    pbx.exchange.answer(ANNA.name);
    const channel = (await client.event('DialBegin')).get('Channel') ?? '';
    expect((await client.ask('PlayDTMF', { Channel: channel, Digit: '5' })).get('Response')).toBe('Success');
    expect((await client.event('DTMFEnd')).get('Digit')).toBe('5');
    expect((await client.ask('PlayDTMF', { Channel: channel, Digit: 'x' })).get('Response')).toBe('Error');
  });
});

describe('the network', () => {
  it('can fail, and a client that is none loses its connection', async () => {
    const client = await signedIn();
    pbx.ami?.cut();
    await expect.poll(() => client.closed).toBe(true);
    const mute = await signedIn();
    pbx.ami?.goSilent();
    await expect(Promise.race([mute.ask('Ping'), pause(50)])).resolves.toBeUndefined();
    const nonsense = open();
    nonsense.write('x'.repeat(70_000));
    await expect.poll(() => nonsense.closed).toBe(true);
    await expect.poll(() => pbx.ami?.managers()).toEqual([ALL.name]);
  });
});
