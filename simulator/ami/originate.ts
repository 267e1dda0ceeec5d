import type { Exchange } from '../exchange/exchange.ts';
import type { Party, User } from '../exchange/model.ts';
import { type ActionWorld, ownerOf } from './action-world.ts';
import { CONTEXTS, type Leg } from './events/legs.ts';
import type { Session } from './session.ts';
import { headerNamed, headersNamed, type Packet } from './wire.ts';

/** Why a phone was not lifted, and that it was (OriginateResponse). */
const REASONS = { failed: '0', answered: '4' } as const;

/** Lifts the own phone, then dials or takes over what rings. */
export function originate(packet: Packet, session: Session, world: ActionWorld): void {
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
  const user = ownerOf(channel, exchange);
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

/** `"Name" <number>`, or a number alone. */
function callerId(text: string): Party | undefined {
  const [, name = '', number = text.trim()] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text) ?? [];
  return number === '' ? undefined : { kind: 'outside', name, number };
}
