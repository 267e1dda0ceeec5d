import { type Element, xml } from '@xmpp/client';
import fc from 'fast-check';

/** Names that mean something here come often: the decoders' deeper branches are reached. */
const NAMES = [
  'cmd',
  'ChannelEvent',
  'PickupEvent',
  'UserInfo',
  'Success',
  'Failure',
  'message',
  'Identity',
  'RoleList',
  'Role',
  'RoletypeList',
  'Roletype',
  'LocationList',
  'Location',
  'DeviceEntry',
  'Phonedevice',
  'capabilities',
  'SubscriptionList',
  'Subscription',
  'JournalList',
  'JournalEntry',
  'timestamp',
  'inbound',
  'duration',
  'number',
  'eventType',
  'eventId',
  'target',
  'sourceNumber',
  'outbound',
  'db_003use_name',
] as const;
const WORDS = ['ringing', 'gone', 'hangup', 'true', '1', 'SIP/1', '340'] as const;

const name = fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[a-zA-Z_][\w.-]{0,8}$/));
const text = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(300)));
const attrs = fc.dictionary(
  fc.constantFrom('name', 'type', 'module', 'scope', 'isstatic', 'from', 'id', 'password'),
  text,
  { maxKeys: 4 },
);

/** Any tree of elements, with what is expected somewhere in it or not. */
export const arbitraryElement: fc.Arbitrary<Element> = fc.letrec<{
  element: Element;
  child: Element | string;
}>((tie) => ({
  element: fc
    .tuple(name, attrs, fc.array(tie('child'), { maxLength: 6, depthIdentifier: 'tree' }))
    .map(([given, attributes, children]) => xml(given, { ...attributes }, ...children)),
  child: fc.oneof({ depthSize: 'small', depthIdentifier: 'tree' }, text, tie('element')),
})).element;
