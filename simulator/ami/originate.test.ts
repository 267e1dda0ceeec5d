import { describe, expect, it } from 'vitest';
import { callIn, hungUp, order, pbx, said, signedIn, withAsterisk, ZOE } from '../testing/ami-scene.ts';
import { BEN } from '../testing/users.ts';

describe('Originate', () => {
  withAsterisk();

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

describe('Originate of a phone that waits to be lifted', () => {
  withAsterisk({ autoAnswerMs: 'never' });

  it('that the phone’s owner does not take fails', async () => {
    const client = await signedIn();
    await client.ask('Originate', order());
    pbx.exchange.hangUp(pbx.exchange.channels()[0]?.id ?? '');
    const response = await client.event('OriginateResponse');
    expect([response.get('Response'), response.get('Uniqueid')]).toEqual(['Failure', 'tapline-1']);
    expect(said(client)).toEqual([]);
  });
});
