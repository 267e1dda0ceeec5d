/** What a manager can ask of the PBX, done at the exchange. */
import type { Exchange } from '../exchange/exchange.ts';
import { type ActionWorld, ownerOf } from './action-world.ts';
import { type Leg, statusItem } from './events/legs.ts';
import { ACTION_NAMES, ACTIONS, type ActionName, mayDo } from './managers.ts';
import { originate } from './originate.ts';
import type { Session } from './session.ts';
import { headerNamed, headersNamed, type Packet } from './wire.ts';

type Act = (packet: Packet, session: Session, world: ActionWorld) => void;

const NO_CHANNEL = 'No such channel';

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
  Bridge: (packet, session, { exchange, events }) => {
    const [name, otherName] = [headerNamed(packet, 'Channel1'), headerNamed(packet, 'Channel2')];
    const [one, other] = [events.find(name), events.find(otherName)];
    if (name === '' || otherName === '') session.refuse(packet, 'Missing channel parameter in request');
    else if (!one) session.refuse(packet, `Channel1 does not exist: ${name}`);
    else if (!other) session.refuse(packet, `Channel2 does not exist: ${otherName}`);
    else if (exchange.join(one.view.id, other.view.id).ok)
      session.succeed(packet, 'Channels have been bridged');
    else session.refuse(packet, `Unable to add Channel2 to bridge: ${otherName}`);
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

function deviceState(phone: string, exchange: Exchange): string {
  const user = ownerOf(phone, exchange);
  if (!user) return 'INVALID';
  return { free: 'NOT_INUSE', busy: 'INUSE', unregistered: 'UNAVAILABLE' }[exchange.phone(user.name)];
}

const digitHeaders = ({ name, uniqueid, linked }: Leg, digit: string): Packet => [
  ['Channel', name],
  ['Uniqueid', uniqueid],
  ['Linkedid', linked.id],
  ['Digit', digit],
  ['Direction', 'Sent'],
];
