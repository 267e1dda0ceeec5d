import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../testing/ami-client.ts';
import { ALL, callIn, hungUp, POP, pbx, said, signedIn, withAsterisk, ZOE } from '../testing/ami-scene.ts';
import { ANNA } from '../testing/users.ts';

withAsterisk();

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
