import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../testing/parse.ts';
import { COMMAND_LIMITS } from './commands.ts';
import { decodeCommand } from './decode.ts';

const decode = (module: string, body: string) =>
  decodeCommand(parse(`<cmd xmlns='http://www.pascom.net/mobydick' module='${module}'>${body}</cmd>`));

describe('every documented command is read', () => {
  const user = { scope: 'user', filters: [] };
  it.each([
    [
      'xmppuser',
      '<ClientInfo><os>Windows 11</os><osUser>tweber</osUser><clientVersion/><user/><jid/><clientIp/><AddSubscription>' +
        "<Subscription module='event' type='*' scope='user'/><Subscription module='base' type='*'/>" +
        '</AddSubscription></ClientInfo>',
      {
        name: 'xmppuser.ClientInfo',
        subscriptions: [
          { module: 'event', type: '*', ...user },
          { module: 'base', type: '*', ...user },
        ],
      },
    ],
    ['xmppuser', '<ClientInfo/>', { name: 'xmppuser.ClientInfo', subscriptions: [] }],
    ['xmppuser', "<FindUserInfo jid='tweber'/>", { name: 'xmppuser.FindUserInfo', jid: 'tweber' }],
    ['xmppuser', '<FindUserInfo/>', { name: 'xmppuser.FindUserInfo', jid: '' }],
    [
      'event',
      "<AddSubscription><Subscription module='base' type='ChannelEvent' scope='supervisor'/>" +
        "<Subscription module='queue' type='*'><AttributeFilter name='queue' equals='Support'/></Subscription>" +
        '</AddSubscription>',
      {
        name: 'event.AddSubscription',
        subscriptions: [
          { module: 'base', type: 'ChannelEvent', scope: 'supervisor', filters: [] },
          { module: 'queue', type: '*', scope: 'user', filters: [{ name: 'queue', equals: 'Support' }] },
        ],
      },
    ],
    ['event', '<RemoveSubscription/>', { name: 'event.RemoveSubscription', subscriptions: [] }],
    [
      'base',
      "<Dial target='08955555555' prefix='auto'/>",
      { name: 'base.Dial', target: '08955555555', prefix: 'auto', device: '' },
    ],
    [
      'base',
      "<Dial target='320' prefix='0' device='SIP xlite1 [Büro]'/>",
      { name: 'base.Dial', target: '320', prefix: '0', device: 'SIP xlite1 [Büro]' },
    ],
    [
      'base',
      "<DialFrom identity='mmeyer' target='0895' prefix='auto'/>",
      { name: 'base.DialFrom', identity: 'mmeyer', target: '0895', prefix: 'auto' },
    ],
    [
      'base',
      "<Hangup channel='SIP/xlite1-00000004'/>",
      { name: 'base.Hangup', channel: 'SIP/xlite1-00000004' },
    ],
    ['base', '<Hangup/>', { name: 'base.Hangup', channel: '' }],
    [
      'base',
      "<Transfer channel='SIP/xlite1-00000118' target='320' prefix='auto'/>",
      { name: 'base.Transfer', channel: 'SIP/xlite1-00000118', target: '320', prefix: 'auto' },
    ],
    [
      'base',
      "<Pickup target='320' device='SIP xlite1'/>",
      { name: 'base.Pickup', target: '320', device: 'SIP xlite1' },
    ],
    ['phone', "<Offhook device='Snom [Sales]'/>", { name: 'phone.Offhook', device: 'Snom [Sales]' }],
    ['phone', "<Hold device='Snom [Sales]'/>", { name: 'phone.Hold', device: 'Snom [Sales]' }],
    ['journal', "<FindOwn limit='30'/>", { name: 'journal.FindOwn', limit: 30 }],
    ['journal', '<FindOwn/>', { name: 'journal.FindOwn', limit: 100 }],
    ['journal', "<FindOwn limit='99999'/>", { name: 'journal.FindOwn', limit: COMMAND_LIMITS.journal }],
    [
      'journal',
      "<FindByIdentity identity='jdoe' limit='30'/>",
      { name: 'journal.FindByIdentity', identity: 'jdoe', limit: 30 },
    ],
    ['phonebook', "<Find query='meyer'/>", { name: 'phonebook.Find', query: 'meyer' }],
    ['phonebook', '<FindAll/>', { name: 'phonebook.FindAll' }],
  ])('%s %s', (module, body, command) => {
    expect(decode(module, body)).toEqual({ kind: 'command', command });
  });
});

it.each([
  ['base', '<Fly/>', 'base.Fly'],
  ['phone', "<Hangup device='x'/>", 'phone.Hangup'],
  ['phone', "<Dial target='1'/>", 'phone.Dial'],
])('%s %s is unknown', (module, body, name) => {
  expect(decode(module, body)).toEqual({ kind: 'unknown', name });
});

it.each([
  ['base', ''],
  ['base', '<Hangup/><Hangup/>'],
  ['base', '<Dial/>'],
  ['base', "<Dial target=''/>"],
  ['base', "<DialFrom target='1'/>"],
  ['base', "<Transfer channel='SIP/a'/>"],
  ['base', '<Pickup/>'],
  ['phone', '<Offhook/>'],
  ['journal', "<FindOwn limit='many'/>"],
  ['journal', "<FindOwn limit='-1'/>"],
  ['event', "<AddSubscription><Subscription type='*'/></AddSubscription>"],
  ['event', "<AddSubscription><Subscription module='base' scope='all'/></AddSubscription>"],
  ['event', `<AddSubscription>${"<Subscription module='a'/>".repeat(101)}</AddSubscription>`],
  ['base', `<Dial target='${'1'.repeat(513)}'/>`],
])('%s %.60s is malformed', (module, body) => {
  expect(decode(module, body).kind).toBe('malformed');
});

it('a cmd without module is malformed', () => {
  expect(decodeCommand(parse('<cmd><Hangup/></cmd>')).kind).toBe('malformed');
});

it('never throws', () => {
  const name = fc.constantFrom(
    'Dial',
    'Hangup',
    'Subscription',
    'AddSubscription',
    'FindOwn',
    'ClientInfo',
    'Other',
  );
  const value = fc.stringMatching(/^[a-z0-9 ,.+*#-]{0,600}$/);
  const attribute = fc.tuple(fc.constantFrom('target', 'module', 'scope', 'limit', 'prefix'), value);
  const element = (depth: number): fc.Arbitrary<string> =>
    fc
      .tuple(
        name,
        fc.uniqueArray(attribute, { maxLength: 3, selector: ([key]) => key }),
        depth === 0 ? fc.constant([]) : fc.array(element(depth - 1), { maxLength: 3 }),
      )
      .map(([tag, attributes, children]) => {
        const written = attributes.map(([key, text]) => ` ${key}='${text}'`).join('');
        return `<${tag}${written}>${children.join('')}</${tag}>`;
      });
  const module = fc.constantFrom('base', 'event', 'journal', 'xmppuser');
  fc.assert(
    fc.property(module, element(3), (which, body) => {
      expect(['command', 'unknown', 'malformed']).toContain(decode(which, body).kind);
    }),
  );
});
