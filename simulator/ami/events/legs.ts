/** The exchange's channels as Asterisk has them: names, unique ids, states, and who is at which end. */
import type { ChannelView, Party } from '../../exchange/model.ts';
import { escaped, type Header, type Packet } from '../wire.ts';

/** Asterisk's channel states, as far as there are any here. */
export const STATES = { down: 0, ring: 4, ringing: 5, up: 6 } as const;
export type LegState = (typeof STATES)[keyof typeof STATES];

const STATE_NAMES: Readonly<Record<LegState, string>> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' };

export interface Leg {
  /** As the exchange told it last. */
  view: ChannelView;
  readonly name: string;
  readonly uniqueid: string;
  /** The Linkedid, and how manieth channel it comes from: who talk in one bridge have the oldest of theirs. */
  linked: { readonly id: string; readonly nth: number };
  state: LegState;
  caller: Party | undefined;
  connected: Party | undefined;
  context: string;
  exten: string;
  /** Who dialled it; undefined for a leg that came by itself. */
  dialledBy: Leg | undefined;
  /** The bridge it talks in. */
  bridge: string;
  readonly since: number;
}

/** Where phones dial from, and where the trunk's calls arrive. */
export const CONTEXTS = { phones: 'from-internal', trunk: 'from-trunk' } as const;

/** The phone of a user: what Dial is given. */
export const phoneOf = (user: string): string => `PJSIP/${user}`;

/** What the exchange calls `SIP/anna-0000001a` is a channel of PJSIP here. */
export const channelName = (id: string): string => `PJ${id}`;

function newLeg(view: ChannelView, uniqueid: string, nth: number, state: LegState): Leg {
  return {
    view,
    name: channelName(view.id),
    uniqueid,
    linked: { id: uniqueid, nth },
    state,
    caller: view.party,
    connected: undefined,
    context: view.user === undefined ? CONTEXTS.trunk : CONTEXTS.phones,
    exten: 's',
    dialledBy: undefined,
    bridge: '',
    since: view.createdAt,
  };
}

export const UNKNOWN = '<unknown>';
const shown = (text: string | undefined): string => (text ? escaped(text) : UNKNOWN);

/** The headers that every event of a channel has; `Dest` and `Target` before them name another one. */
export function channelHeaders(leg: Leg, prefix: '' | 'Dest' | 'Target' = ''): Packet {
  const headers: readonly Header[] = [
    ['Channel', leg.name],
    ['ChannelState', String(leg.state)],
    ['ChannelStateDesc', STATE_NAMES[leg.state]],
    ['CallerIDNum', shown(leg.caller?.number)],
    ['CallerIDName', shown(leg.caller?.name)],
    ['ConnectedLineNum', shown(leg.connected?.number)],
    ['ConnectedLineName', shown(leg.connected?.name)],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', leg.context],
    ['Exten', leg.exten],
    ['Priority', '1'],
    ['Uniqueid', leg.uniqueid],
    ['Linkedid', leg.linked.id],
  ];
  return prefix === '' ? headers : headers.map(([name, value]) => [`${prefix}${name}`, value]);
}

/** One item of the list that `Status` answers with. */
export const statusItem = (leg: Leg, now: number): Packet => [
  ['Event', 'Status'],
  ['Privilege', 'Call'],
  ...channelHeaders(leg),
  ['Type', 'PJSIP'],
  ['DNID', leg.dialledBy ? '' : leg.exten],
  ['EffectiveConnectedLineNum', shown(leg.connected?.number)],
  ['EffectiveConnectedLineName', shown(leg.connected?.name)],
  ['TimeToHangup', '0'],
  ['BridgeID', leg.bridge],
  ['Application', leg.dialledBy ? 'AppDial' : 'Dial'],
  ['Data', leg.dialledBy ? '(Outgoing Line)' : ''],
  ['Seconds', String(Math.floor((now - leg.since) / 1_000))],
];

/** The channels that live. */
export class Legs {
  /** By the exchange's channel id. */
  readonly #legs = new Map<string, Leg>();
  readonly #now: () => number;
  #count = 0;

  /** @param now in ms since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Oldest first. */
  all(): readonly Leg[] {
    return [...this.#legs.values()];
  }

  /** By the exchange's channel id. */
  get(id: string): Leg | undefined {
    return this.#legs.get(id);
  }

  /** By the name or the Uniqueid of a channel. */
  find(channel: string): Leg | undefined {
    return this.all().find(({ name, uniqueid }) => name === channel || uniqueid === channel);
  }

  peerOf({ view }: Leg): Leg | undefined {
    return this.#legs.get(view.peerChannel);
  }

  /** @param channelId the Uniqueid it is to have; empty: one is made */
  add(view: ChannelView, state: LegState, channelId = ''): Leg {
    this.#count += 1;
    const uniqueid = channelId || `${Math.floor(this.#now() / 1_000)}.${this.#count}`;
    const leg = newLeg(view, uniqueid, this.#count, state);
    this.#legs.set(view.id, leg);
    return leg;
  }

  remove({ view }: Leg): void {
    this.#legs.delete(view.id);
  }
}
