/** What a manager can ask of the PBX, done at the exchange. */
import type { Exchange } from '../exchange/exchange.ts';
import type { Party, User } from '../exchange/model.ts';
import { CONTEXTS, type Leg, phoneOf, statusItem } from './legs.ts';
import { ACTION_NAMES, ACTIONS, type ActionName, mayDo } from './managers.ts';
import type { NativeEvents } from './native-events.ts';
import type { AmiEvent, Session } from './session.ts';
import { headerNamed, headersNamed, type Packet } from './wire.ts';

export interface ActionWorld {
  readonly exchange: Exchange;
  readonly events: NativeEvents;
  /** Tells everybody who may hear it. */
  readonly tell: (event: AmiEvent) => void;
  readonly now: () => number;
}

type Act = (packet: Packet, session: Session, world: ActionWorld) => void;

const NO_CHANNEL = 'No such channel';

/** Why a phone was not lifted, and that it was (OriginateResponse). */
const REASONS = { failed: '0', answered: '4' } as const;

const ACTS: Readonly<Record<ActionName, Act>> = {
  Ping: (packet, session, { now }) =>
    session.answer(packet, [
      ['Response', 'Success'],
      ['Ping', 'Pong'],
      ['Timestamp', (now() / 1_000).toFixed(6)],
    ]),
  Logoff: (packet, session) => {
    session.answer(packet, [
      ['Response', 'Goodbye'],
      ['Message', 'Thanks for all the fish.'],
    ]);
    session.close();
  },
  Events: (packet, session) => {
    const mask = headerNamed(packet, 'EventMask');
    session.listenTo(mask);
    session.answer(packet, [
      ['Response', 'Success'],
      ['Events', mask.toLowerCase() === 'off' ? 'Off' : 'On'],
    ]);
  },
  ListCommands: (packet, session) => {
    const { manager } = session;
    const named = ACTION_NAMES.filter((name) => manager && mayDo(manager, name));
    const lines = named.map((name) => [name, `(Priv: ${ACTIONS[name].join(',') || '<none>'})`] as const);
    session.answer(packet, [['Response', 'Success'], ...lines]);
  },
  Status: (packet, session, { events, now }) => {
    session.answer(packet, [
      ['Response', 'Success'],
      ['EventList', 'start'],
      ['Message', 'Channel status will follow'],
    ]);
    const legs = events.all();
    for (const leg of legs) session.item(packet, statusItem(leg, now()));
    session.item(packet, [
      ['Event', 'StatusComplete'],
      ['EventList', 'Complete'],
      ['ListItems', String(legs.length)],
      ['Items', String(legs.length)],
    ]);
  },
  CoreShowChannels: (packet, session) => session.refuse(packet, 'Use Status here'),
  Getvar: (packet, session, { exchange }) => {
    const variable = headerNamed(packet, 'Variable');
    const phone = /^DEVICE_STATE\((.*)\)$/.exec(variable)?.[1];
    session.answer(packet, [
      ['Response', 'Success'],
      ['Variable', variable],
      ['Value', phone === undefined ? '' : deviceState(phone, exchange)],
    ]);
  },
  Originate: originate,
  Hangup: (packet, session, { exchange, events }) => {
    const leg = events.find(headerNamed(packet, 'Channel'));
    if (!leg) {
      session.refuse(packet, NO_CHANNEL);
      return;
    }
    session.succeed(packet, 'Channel Hungup');
    exchange.hangUp(leg.view.id);
  },
  Redirect: (packet, session, { exchange, events }) => {
    const staying = events.find(headerNamed(packet, 'Channel'));
    const leaving = staying && events.all().find(({ view }) => view.id === staying.view.peerChannel);
    const exten = headerNamed(packet, 'Exten');
    if (!leaving) {
      session.refuse(packet, 'Channel does not exist');
      return;
    }
    const sent = events.sending({ exten, blind: false }, () => exchange.transfer(leaving.view.id, exten, ''));
    if (sent.ok) session.succeed(packet, 'Redirect successful');
    else session.refuse(packet, 'Redirect failed');
  },
  BlindTransfer: (packet, session, { exchange, events }) => {
    const leg = events.find(headerNamed(packet, 'Channel'));
    const exten = headerNamed(packet, 'Exten');
    if (!leg) {
      session.refuse(packet, 'Channel not found');
      return;
    }
    if (leg.bridge === '') {
      session.refuse(packet, 'Transfer failed because a channel was not in a bridge');
      return;
    }
    const sent = events.sending({ exten, blind: true }, () => exchange.transfer(leg.view.id, exten, ''));
    if (sent.ok) session.succeed(packet, 'Transfer succeeded');
    else session.refuse(packet, 'Transfer invalid');
  },
  // Nobody has switched the feature codes on here, and Asterisk says Success all the same.
  Atxfer: (packet, session, { events }) => {
    if (!events.find(headerNamed(packet, 'Channel'))) {
      session.refuse(packet, 'Channel specified does not exist');
      return;
    }
    session.succeed(packet, 'Atxfer successfully queued');
  },
  PlayDTMF: (packet, session, { events, tell }) => {
    const leg = events.find(headerNamed(packet, 'Channel'));
    const digit = headerNamed(packet, 'Digit');
    if (!leg) {
      session.refuse(packet, 'Channel not found');
      return;
    }
    if (!/^[0-9A-D*#]$/i.test(digit)) {
      session.refuse(packet, 'Digit not specified');
      return;
    }
    session.succeed(packet, 'DTMF successfully queued');
    for (const event of ['DTMFBegin', 'DTMFEnd'])
      tell({ class: 'dtmf', headers: [['Event', event], ...digitHeaders(leg, digit)] });
  },
  PJSIPNotify: (packet, session, { exchange, events }) => {
    const leg = events.find(headerNamed(packet, 'Channel'));
    const key = headersNamed(packet, 'Variable').find((variable) => /^Event=/i.test(variable));
    if (!leg) {
      session.refuse(packet, 'Unable to find channel');
      return;
    }
    session.succeed(packet, 'NOTIFY sent');
    const user = leg.view.user ?? '';
    if (/=talk$/i.test(key ?? '') && leg.view.state !== 'held') exchange.answer(user, leg.view.id);
    else if (/=(talk|hold)$/i.test(key ?? '')) exchange.toggleHold(user);
  },
};

/** Does what a manager may do. */
export function act(action: ActionName, packet: Packet, session: Session, world: ActionWorld): void {
  ACTS[action](packet, session, world);
}

/** Lifts the own phone, then dials or takes over what rings. */
function originate(packet: Packet, session: Session, world: ActionWorld): void {
  const { exchange, events, tell } = world;
  const channel = headerNamed(packet, 'Channel');
  if (!channel.includes('/')) {
    session.refuse(packet, 'Invalid channel');
    return;
  }
  const application = headerNamed(packet, 'Application');
  const exten = headerNamed(packet, 'Exten');
  if (application === '' && !exists(packet, exchange)) {
    session.refuse(packet, 'Extension does not exist.');
    return;
  }
  session.succeed(packet, 'Originate successfully queued');

  const goal =
    application === ''
      ? ([
          ['Context', headerNamed(packet, 'Context')],
          ['Exten', exten],
        ] as const)
      : ([
          ['Application', application],
          ['Data', headerNamed(packet, 'Data')],
        ] as const);
  const settled = (leg: Leg | undefined, lifted: boolean) => {
    const id = headerNamed(packet, 'ActionID');
    const named = leg?.uniqueid ?? (headerNamed(packet, 'ChannelId') || '<unknown>');
    tell({
      class: 'call',
      headers: [
        ['Event', 'OriginateResponse'],
        ...(id === '' ? [] : ([['ActionID', id]] as const)),
        ['Response', lifted ? 'Success' : 'Failure'],
        ['Channel', leg && lifted ? leg.name : channel],
        ...goal,
        ['Reason', lifted ? REASONS.answered : REASONS.failed],
        ['Uniqueid', named],
        ['CallerIDNum', leg?.caller?.number || '<unknown>'],
        ['CallerIDName', leg?.caller?.name || '<unknown>'],
      ],
    });
  };
  const user = userOf(channel, exchange);
  const channelId = headerNamed(packet, 'ChannelId');
  const number = /^CONNECTEDLINE\(num[^)]*\)=(.+)$/i;
  const dialled = headersNamed(packet, 'Variable').flatMap((variable) => number.exec(variable)?.[1] ?? [])[0];
  const wanted = {
    channelId,
    caller: callerId(headerNamed(packet, 'CallerID')),
    connected: dialled === undefined ? undefined : callerId(dialled),
    settled,
  };
  const result =
    user &&
    events.wanting(wanted, () =>
      application === ''
        ? exchange.dial({ user: user.name, target: exten, prefix: '' })
        : takeOver(user, application, headerNamed(packet, 'Data'), world),
    );
  // A phone that is not there, or nothing to take over: no channel ever comes of it.
  if (!result?.ok) settled(undefined, false);
}

/** PickupChan names the channel that rings, Pickup the extension; without one it is the own group. */
function takeOver(user: User, application: string, data: string, { exchange, events }: ActionWorld) {
  const rings = /^pickupchan$/i.test(application)
    ? events.find(data.split(/[&,]/, 1)[0] ?? '')
    : events
        .all()
        .find(
          ({ view }) => view.state === 'ringing' && !view.outbound && named(view.user, data, user, exchange),
        );
  const colleague = rings?.view.user === undefined ? undefined : exchange.user(rings.view.user);
  return exchange.pickUp(user.name, colleague?.extension ?? '');
}

function named(ringing: string | undefined, data: string, user: User, exchange: Exchange): boolean {
  const colleague = ringing === undefined ? undefined : exchange.user(ringing);
  if (!colleague) return false;
  const extension = data.split(/[@&,]/, 1)[0] ?? '';
  return extension === '' ? exchange.mayPickUp(user, colleague) : colleague.extension === extension;
}

/** Asterisk looks for the extension before it calls a phone. */
function exists(packet: Packet, exchange: Exchange): boolean {
  const exten = headerNamed(packet, 'Exten');
  const known = Object.values<string>(CONTEXTS).includes(headerNamed(packet, 'Context'));
  return known && (/^\+?[0-9*#]{1,40}$/.test(exten) || exchange.user(exten) !== undefined);
}

const userOf = (channel: string, exchange: Exchange): User | undefined =>
  exchange.users().find(({ name }) => phoneOf(name).toLowerCase() === channel.toLowerCase());

function deviceState(phone: string, exchange: Exchange): string {
  const user = userOf(phone, exchange);
  if (!user) return 'INVALID';
  return { free: 'NOT_INUSE', busy: 'INUSE', unregistered: 'UNAVAILABLE' }[exchange.phone(user.name)];
}

/** `"Name" <number>`, or a number alone. */
function callerId(text: string): Party | undefined {
  const [, name = '', number = text.trim()] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text) ?? [];
  return number === '' ? undefined : { kind: 'outside', name, number };
}

const digitHeaders = ({ name, uniqueid, linkedid }: Leg, digit: string): Packet => [
  ['Channel', name],
  ['Uniqueid', uniqueid],
  ['Linkedid', linkedid],
  ['Digit', digit],
  ['Direction', 'Sent'],
];
