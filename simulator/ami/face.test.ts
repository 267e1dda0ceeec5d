import { describe, expect, it } from 'vitest';
import { ALL, callIn, open, POP, pbx, signedIn, withAsterisk } from '../testing/ami-scene.ts';
import { ANNA } from '../testing/users.ts';

withAsterisk();

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
    await expect(
      Promise.race([mute.ask('Ping'), new Promise((resolve) => setTimeout(resolve, 50))]),
    ).resolves.toBeUndefined();
    const nonsense = open();
    nonsense.write('x'.repeat(70_000));
    await expect.poll(() => nonsense.closed).toBe(true);
    await expect.poll(() => pbx.ami?.managers()).toEqual([ALL.name]);
  });
});
