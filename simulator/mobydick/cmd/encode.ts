/** Answers and events to `<cmd/>` elements. Fields and their order follow the vendor's documented examples. */
import xml, { type Element } from '@xmpp/xml/index.js';
import type { JournalEntry, User } from '../../exchange/model.ts';
import { PHONE_CAPABILITIES } from '../../exchange/model.ts';
import type { Subscription } from './commands.ts';

export const MOBYDICK_NS = 'http://www.pascom.net/mobydick';
/** A user as an entry of the phonebook. */
const ACCOUNT_ENTRY = '011account';
const SUPERVISOR_ROLE_TYPE = 'xmpp.supervisor';

/** Child elements with text, in the order of the keys. */
export type Fields = Readonly<Record<string, string | number | boolean>>;

/** An event before it is wrapped for one receiver. */
export interface CommandEvent {
  readonly module: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly fields: Fields;
}

export const wrap = (module: string, body: Element): Element =>
  xml('cmd', { xmlns: MOBYDICK_NS, module }, body);

export const success = (message = 'Ok'): Element =>
  wrap('base', xml('Success', {}, xml('message', {}, message)));

export const failure = (message: string): Element =>
  wrap('base', xml('Failure', {}, xml('message', {}, message)));

export const encodeEvent = ({ module, type, attributes, fields }: CommandEvent): Element =>
  wrap(module, xml(type, { ...attributes }, ...children(fields)));

export const subscriptionList = (list: readonly Subscription[]): Element =>
  wrap('event', subscriptionElements(list));

/** UserInfo; `subscriptions` are left out for any user but the one who asks about his own session. */
export function userInfo(user: User, subscriptions: readonly Subscription[] | undefined): Element {
  const identity: Fields = {
    faxextension: '',
    db_003use_name: user.name,
    db_003use_bez: user.fullName,
    db_009ext_extension: user.extension,
    db_003use_enabled: true,
  };
  return wrap(
    'xmppuser',
    xml(
      'UserInfo',
      { name: user.name },
      xml('Identity', {}, ...children(identity)),
      roleList(user),
      locationList(user),
      xml(
        'Voicemailbox',
        {},
        ...children({ db_016voi_name: user.fullName, inboxMessages: 0, db_016voi_mailbox: user.extension }),
      ),
      xml(
        'RedirectEntry',
        { eventType: 'update', eventId: '' },
        ...children({ source: user.extension, target: '', old: '' }),
      ),
      xml('QueueMemberStates', { eventType: '', eventId: '' }),
      subscriptions === undefined ? undefined : subscriptionElements(subscriptions),
    ),
  );
}

export const journalList = (entries: readonly JournalEntry[]): Element =>
  wrap(
    'journal',
    xml('JournalList', {}, ...entries.map((entry) => xml('JournalEntry', ...journalContent(entry)))),
  );

export const phonebookList = (users: readonly User[]): Element =>
  wrap('phonebook', xml('PhonebookList', {}, ...users.map(phonebookEntry)));

/** Attributes and children of a journal entry, in lists and in events alike. */
export function journalEvent(entry: JournalEntry): CommandEvent {
  const sent = entry.cause === 'redirected' || entry.cause === 'transferred';
  return {
    module: 'journal',
    type: 'JournalEntry',
    attributes: { eventId: String(entry.id), eventType: 'create', userId: entry.user, userName: entry.user },
    fields: {
      id: entry.id,
      timestamp: entry.startedAt,
      inbound: entry.inbound,
      internal: entry.peer.kind === 'user',
      duration: entry.durationS,
      connected: entry.connectedS,
      deviceId: 0,
      deviceName: entry.device,
      locationId: 0,
      locationName: '',
      name: entry.peer.name,
      number: entry.peer.number,
      prefix: '',
      result: sent ? 'redirect' : 'hangup',
      resultDetails: entry.cause === 'normal' ? '' : entry.cause,
      via: '',
      viaDetails: '',
      extension: entry.extension,
      recordId: '',
    },
  };
}

function journalContent(entry: JournalEntry): [Record<string, string>, ...Element[]] {
  const { attributes, fields } = journalEvent(entry);
  return [{ ...attributes }, ...children(fields)];
}

function children(fields: Fields): Element[] {
  return Object.entries(fields).map(([name, value]) => xml(name, {}, String(value)));
}

/** The last role has no RoletypeList, as PBXs in the field send it. */
function roleList(user: User): Element {
  const types = ['xmpp.connect', 'xmpp.group', ...(user.supervisor === true ? [SUPERVISOR_ROLE_TYPE] : [])];
  const elements = types.map((name) => xml('Roletype', { name }));
  return xml(
    'RoleList',
    {},
    xml('Role', { name: 'All Users' }, xml('RoletypeList', {}, ...elements)),
    xml('Role', { name: 'Reception' }),
  );
}

function locationList(user: User): Element {
  const capabilities = user.capabilities ?? PHONE_CAPABILITIES;
  const times = { delayinternal: '0', timeoutinternal: '20', delayexternal: '0', timeoutexternal: '20' };
  const phone = xml(
    'Phonedevice',
    { name: user.device, type: 'Generic SIP Phone' },
    xml('capabilities', {}, ...capabilities.map((capability) => xml(capability))),
  );
  return xml(
    'LocationList',
    {},
    xml(
      'Location',
      { name: user.fullName, isstatic: 'true', username: '' },
      xml('DeviceEntry', times, phone),
    ),
  );
}

function subscriptionElements(list: readonly Subscription[]): Element {
  const elements = list.map(({ module, type, scope, filters }) =>
    xml(
      'Subscription',
      { module, type, scope },
      ...filters.map((filter) => xml('AttributeFilter', { ...filter })),
    ),
  );
  return xml('SubscriptionList', {}, ...elements);
}

function phonebookEntry(user: User): Element {
  const [firstname = '', ...rest] = user.fullName.split(' ');
  return xml(
    'PhonebookEntry',
    { eventId: '', eventType: '' },
    ...children({
      type: ACCOUNT_ENTRY,
      id: user.fullName,
      firstname,
      surname: rest.join(' '),
      phone: user.extension,
      fax: '',
      mobile: '',
      homephone: '',
      email: '',
      displayname: user.fullName,
      organisation: '',
    }),
    xml('LabelList'),
  );
}
