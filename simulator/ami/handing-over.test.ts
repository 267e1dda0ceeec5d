import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../testing/ami-client.ts';
import { ALL, callIn, hungUp, order, pbx, said, signedIn, withAsterisk, ZOE } from '../testing/ami-scene.ts';
import { ANNA, BEN } from '../testing/users.ts';

withAsterisk();

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
    for (const action of ['Bridge', 'Redirect', 'BlindTransfer', 'PlayDTMF', 'PJSIPNotify', 'Atxfer'])
      expect(
        (await client.ask(action, { Channel: 'PJSIP/x', Exten: '1', Digit: '1' })).get('Response'),
        action,
      ).toBe('Error');
  });
});

describe('Bridge', () => {
  /** Anna talks with the customer, and has asked Ben. */
  async function asked() {
    const client = await signedIn(ALL, { Events: 'call' });
    callIn();
    pbx.exchange.answer(ANNA.name);
    await client.event('BridgeEnter', { BridgeNumChannels: '2' });
    expect((await client.ask('Originate', order({ Exten: BEN.extension }))).get('Response')).toBe('Success');
    const rings = await client.event('DialState', { DestExten: BEN.extension });
    const [customer, ben] = [pbx.exchange.channels()[0]?.id ?? '', rings.get('DestUniqueid') ?? ''];
    return { client, customer: `PJ${customer}`, ben };
  }

  it('lets the two others talk, in the words of a real Asterisk', async () => {
    const { client, customer, ben } = await asked();
    pbx.exchange.answer(BEN.name);
    await client.wait(
      (packet) =>
        packet.get('Event') === 'BridgeEnter' &&
        packet.get('Uniqueid') === 'tapline-1' &&
        packet.get('BridgeNumChannels') === '2',
    );
    const before = client.packets.length;
    const answer = await client.ask('Bridge', { Channel1: customer, Channel2: ben, Tone: 'no' });
    expect(answer.get('Message')).toBe('Channels have been bridged');
    await client.wait((packet) => packet.get('Event') === 'Hangup' && packet.get('Uniqueid') === 'tapline-1');
    const told = client.packets
      .slice(before)
      .filter((packet) => packet.has('Event') && packet.get('Event') !== 'DeviceStateChange');
    const who = (packet: AmiPacket) => /PJSIP\/(\w+)-/.exec(packet.get('Channel') ?? '')?.[1] ?? '';
    expect(told.map((packet) => `${packet.get('Event')} ${who(packet)}`.trim())).toEqual([
      'BridgeCreate',
      'MusicOnHoldStop trunk',
      'BridgeLeave trunk',
      'BridgeEnter trunk',
      'BridgeLeave Anna',
      'BridgeDestroy',
      'Hangup Anna',
      'BridgeLeave ben',
      'BridgeEnter ben',
      'NewConnectedLine trunk',
      'NewConnectedLine ben',
      'BridgeLeave Anna',
      'BridgeDestroy',
      'SoftHangupRequest Anna',
      'Hangup Anna',
    ]);
    const [trunk, other] = told.filter((packet) => packet.get('Event') === 'NewConnectedLine');
    expect([trunk?.get('ConnectedLineNum'), other?.get('ConnectedLineNum')]).toEqual([BEN.extension, ZOE]);
    // The older call's id is that of both.
    expect(new Set([trunk?.get('Linkedid'), other?.get('Linkedid')])).toEqual(
      new Set([trunk?.get('Uniqueid')]),
    );
    expect(pbx.exchange.channels().map(({ user, state }) => [user, state])).toEqual([
      [undefined, 'talking'],
      [BEN.name, 'talking'],
    ]);
    pbx.exchange.outside.hangUp(ZOE);
    await hungUp(client, 'PJSIP/ben');
    expect(pbx.exchange.channels()).toEqual([]);
  });

  it('refuses who is not there or only rings, and nothing changes', async () => {
    const { client, customer, ben } = await asked();
    const message = async (Channel1: string, Channel2: string) =>
      (await client.ask('Bridge', { Channel1, Channel2 })).get('Message');
    expect(await message(customer, '')).toBe('Missing channel parameter in request');
    expect(await message('PJSIP/x', ben)).toBe('Channel1 does not exist: PJSIP/x');
    expect(await message(customer, 'PJSIP/x')).toBe('Channel2 does not exist: PJSIP/x');
    expect(await message(customer, ben)).toBe(`Unable to add Channel2 to bridge: ${ben}`);
    expect(pbx.exchange.channels()).toHaveLength(4);
  });
});
