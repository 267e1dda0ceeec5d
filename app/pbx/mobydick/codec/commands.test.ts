import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { encodeCommand } from './commands.ts';

const NS = 'http://www.pascom.net/mobydick';

describe('encodeCommand', () => {
  it.each([
    [
      { name: 'Dial', target: '08955555' },
      `<cmd xmlns="${NS}" module="base"><Dial target="08955555" prefix="auto"/></cmd>`,
    ],
    [
      { name: 'Hangup', channel: 'SIP/a-1' },
      `<cmd xmlns="${NS}" module="base"><Hangup channel="SIP/a-1"/></cmd>`,
    ],
    [
      { name: 'Offhook', device: 'Snom [Büro]' },
      `<cmd xmlns="${NS}" module="phone"><Offhook device="Snom [Büro]"/></cmd>`,
    ],
    [
      { name: 'Hold', device: 'Snom [Sales]' },
      `<cmd xmlns="${NS}" module="phone"><Hold device="Snom [Sales]"/></cmd>`,
    ],
    [
      { name: 'Transfer', channel: 'SIP/a-1', target: '320' },
      `<cmd xmlns="${NS}" module="base"><Transfer channel="SIP/a-1" target="320" prefix="auto"/></cmd>`,
    ],
    [{ name: 'FindOwn', limit: 30 }, `<cmd xmlns="${NS}" module="journal"><FindOwn limit="30"/></cmd>`],
    [{ name: 'Pickup', target: '320' }, `<cmd xmlns="${NS}" module="base"><Pickup target="320"/></cmd>`],
  ] as const)('writes %j as the documentation shows it', (command, text) => {
    expect(encodeCommand(command).toString()).toBe(text);
  });

  it('writes who signs in, with the subscriptions in it', () => {
    const element = encodeCommand({
      name: 'ClientInfo',
      identity: { os: 'Linux 6', osUser: 'anna', version: '1.0' },
      user: 'anna',
      jid: 'anna@mobydick',
      subscriptions: [{ module: 'base', type: '*', scope: 'user' }],
    });
    expect(element.toString()).toBe(
      `<cmd xmlns="${NS}" module="xmppuser"><ClientInfo><os>Linux 6</os><osUser>anna</osUser>` +
        '<clientVersion>1.0</clientVersion><user>anna</user><jid>anna@mobydick</jid><clientIp/>' +
        '<AddSubscription><Subscription module="base" type="*" scope="user"/></AddSubscription></ClientInfo></cmd>',
    );
  });

  it('survives any text on its way through a parser', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aä€<>&"\'] /') }), (channel) => {
        const [hangup] = parse(encodeCommand({ name: 'Hangup', channel }).toString()).getChildElements();
        expect(hangup?.attrs['channel']).toBe(channel);
      }),
    );
  });
});
