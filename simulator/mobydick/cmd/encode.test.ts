import { expect, it } from 'vitest';
import type { ChannelView, JournalEntry, User } from '../../exchange/model.ts';
import { channelEvent, pickupEvent } from '../channel-events.ts';
import {
  encodeEvent,
  failure,
  journalList,
  phonebookList,
  subscriptionList,
  success,
  userInfo,
} from './encode.ts';

const NS = 'xmlns="http://www.pascom.net/mobydick"';
const WEBER: User = {
  name: 'tweber',
  fullName: 'Thomas Weber',
  extension: '340',
  device: 'SIP xlite1 [Entwicklung1]',
  capabilities: ['dial', 'hold'],
};
const RINGING: ChannelView = {
  id: 'SIP/xlite1-0000011c',
  callId: 'call-1',
  party: { kind: 'user', name: 'Thomas Weber', number: '340' },
  user: 'tweber',
  device: 'SIP xlite1 [Entwicklung1]',
  outbound: false,
  state: 'ringing',
  peer: { kind: 'user', name: 'Thomas Mattausch', number: '370' },
  peerChannel: '',
  createdAt: 1_386_080_714_000,
  answeredAt: 0,
  redirectedFrom: undefined,
};

it('writes Success and Failure', () => {
  expect(`${success()}`).toBe(`<cmd ${NS} module="base"><Success><message>Ok</message></Success></cmd>`);
  expect(`${failure('a < b')}`).toBe(
    `<cmd ${NS} module="base"><Failure><message>a &lt; b</message></Failure></cmd>`,
  );
});

it('writes an incoming ChannelEvent as the vendor documents it', () => {
  const event = channelEvent('ringing', RINGING, undefined);
  expect(event && `${encodeEvent(event)}`).toBe(
    `<cmd ${NS} module="base"><ChannelEvent><eventType>ringing</eventType>` +
      '<eventId>SIP/xlite1-0000011c</eventId><eventDetails/><outbound>false</outbound><internal>true</internal>' +
      '<sourceName>Thomas Mattausch</sourceName><sourceNumber>370</sourceNumber><sourceCallerIdName/>' +
      '<targetName>Thomas Weber</targetName><targetCallerIdName/><targetNumber>340</targetNumber>' +
      '<busySince>0</busySince><refChannel/><device>SIP xlite1 [Entwicklung1]</device><fromName/><fromNumber/>' +
      '<LabelList/></ChannelEvent></cmd>',
  );
});

it('writes an outgoing, redirected, connected channel the other way round', () => {
  const outbound: ChannelView = {
    ...RINGING,
    outbound: true,
    state: 'talking',
    peer: { kind: 'outside', name: '', number: '0891234' },
    peerChannel: 'SIP/trunk-2',
    answeredAt: 1_386_080_715_000,
    redirectedFrom: { kind: 'user', name: 'Ben', number: '341' },
  };
  expect(channelEvent('answered', outbound, undefined)?.fields).toMatchObject({
    eventType: 'busy',
    outbound: true,
    internal: false,
    sourceName: 'Thomas Weber',
    sourceNumber: '340',
    targetName: '',
    targetNumber: '0891234',
    busySince: 1_386_080_715_000,
    refChannel: 'SIP/trunk-2',
    fromName: 'Ben',
    fromNumber: '341',
  });
});

it.each([
  ['ringing', 'ringing'],
  ['answered', 'busy'],
  ['held', 'hold'],
  ['resumed', 'unhold'],
  ['transferring', 'transfer'],
  ['renamed', 'rename'],
  ['redirected', 'redirect'],
  ['hungup', 'hangup'],
] as const)('%s is eventType %s', (change, eventType) => {
  expect(channelEvent(change, RINGING, undefined)?.fields['eventType']).toBe(eventType);
});

it('says why a channel ended, unless somebody just hung up', () => {
  expect(channelEvent('hungup', RINGING, 'busy')?.fields['eventDetails']).toBe('busy');
  expect(channelEvent('hungup', RINGING, 'normal')?.fields['eventDetails']).toBe('');
});

it('has no event for a channel that was only created, or is not a user’s', () => {
  expect(channelEvent('created', RINGING, undefined)).toBeUndefined();
  expect(channelEvent('ringing', { ...RINGING, user: undefined }, undefined)).toBeUndefined();
});

it('writes a PickupEvent', () => {
  expect(`${encodeEvent(pickupEvent('ringing', WEBER, RINGING))}`).toBe(
    `<cmd ${NS} module="base"><PickupEvent><eventType>ringing</eventType><eventId>tweber</eventId>` +
      '<target>340</target><sourceName>Thomas Mattausch</sourceName><sourceNumber>370</sourceNumber>' +
      '</PickupEvent></cmd>',
  );
});

it('writes UserInfo with the capabilities of the phone, a role without types, and subscriptions if wanted', () => {
  const list = [{ module: 'base', type: '*', scope: 'user', filters: [] }] as const;
  const info = `${userInfo(WEBER, list)}`;
  expect(info).toContain(
    '<DeviceEntry delayinternal="0" timeoutinternal="20" delayexternal="0" timeoutexternal="20">' +
      '<Phonedevice name="SIP xlite1 [Entwicklung1]" type="Generic SIP Phone">' +
      '<capabilities><dial/><hold/></capabilities></Phonedevice></DeviceEntry>',
  );
  expect(info).toContain(
    '<Role name="All Users"><RoletypeList><Roletype name="xmpp.connect"/><Roletype name="xmpp.group"/>' +
      '</RoletypeList></Role><Role name="Reception"/></RoleList>',
  );
  expect(info).toContain(
    '<SubscriptionList><Subscription module="base" type="*" scope="user"/></SubscriptionList>',
  );
  expect(`${userInfo(WEBER, undefined)}`).not.toContain('SubscriptionList');
});

it('writes a SubscriptionList with filters', () => {
  const filters = [{ name: 'queue', equals: 'Support' }];
  expect(`${subscriptionList([{ module: 'queue', type: '*', scope: 'supervisor', filters }])}`).toBe(
    `<cmd ${NS} module="event"><SubscriptionList><Subscription module="queue" type="*" scope="supervisor">` +
      '<AttributeFilter name="queue" equals="Support"/></Subscription></SubscriptionList></cmd>',
  );
});

it('writes a JournalList', () => {
  const entry: JournalEntry = {
    id: 771,
    user: 'tweber',
    extension: '340',
    device: 'SIP xlite1',
    startedAt: 1_386_080_714_363,
    inbound: true,
    peer: { kind: 'user', name: 'Thomas Mattausch', number: '370' },
    durationS: 9,
    connectedS: 4,
    cause: 'redirected',
  };
  expect(`${journalList([entry])}`).toBe(
    `<cmd ${NS} module="journal"><JournalList>` +
      '<JournalEntry eventId="771" eventType="create" userId="tweber" userName="tweber"><id>771</id>' +
      '<timestamp>1386080714363</timestamp><inbound>true</inbound><internal>true</internal><duration>9</duration>' +
      '<connected>4</connected><deviceId>0</deviceId><deviceName>SIP xlite1</deviceName><locationId>0</locationId>' +
      '<locationName/><name>Thomas Mattausch</name><number>370</number><prefix/><result>redirect</result>' +
      '<resultDetails>redirected</resultDetails><via/><viaDetails/><extension>340</extension><recordId/>' +
      '</JournalEntry></JournalList></cmd>',
  );
});

it('writes a user as an entry of the phonebook', () => {
  expect(`${phonebookList([WEBER])}`).toBe(
    `<cmd ${NS} module="phonebook"><PhonebookList><PhonebookEntry eventId="" eventType="">` +
      '<type>011account</type><id>Thomas Weber</id><firstname>Thomas</firstname><surname>Weber</surname>' +
      '<phone>340</phone><fax/><mobile/><homephone/><email/><displayname>Thomas Weber</displayname>' +
      '<organisation/><LabelList/></PhonebookEntry></PhonebookList></cmd>',
  );
});
