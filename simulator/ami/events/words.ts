/** What Asterisk's own events say: Newchannel, Newstate, Dial*, Bridge*, Hangup and their like (class call). */
import type { Party } from '../../exchange/model.ts';
import type { AmiEvent } from '../session.ts';
import type { Header, Packet } from '../wire.ts';
import { CONTEXTS, channelHeaders, type Leg, type LegState, phoneOf, UNKNOWN } from './legs.ts';

/** Asterisk's numbers for why a channel ended (Q.850, and its own). */
const CAUSES = {
  16: 'Normal Clearing',
  17: 'User busy',
  1: 'Unallocated (unassigned) number',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
} as const;
export type Cause = keyof typeof CAUSES;

export class Words {
  readonly #emit: (event: AmiEvent) => void;

  constructor(emit: (event: AmiEvent) => void) {
    this.#emit = emit;
  }

  /** A channel tells of itself. */
  channel(event: 'Newchannel' | 'Hold' | 'Unhold' | 'MusicOnHoldStart' | 'MusicOnHoldStop', leg: Leg): void {
    this.#tell(event, channelHeaders(leg));
  }

  newState(leg: Leg, state: LegState): void {
    leg.state = state;
    this.#tell('Newstate', channelHeaders(leg));
  }

  newCallerId(leg: Leg, caller: Party): void {
    leg.caller = caller;
    this.#tell('NewCallerid', [
      ...channelHeaders(leg),
      ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)'],
    ]);
  }

  /** Whom the channel is shown. */
  connect(leg: Leg, connected: Party): void {
    leg.connected = connected;
    this.#tell('NewConnectedLine', channelHeaders(leg));
  }

  /** @param caller undefined where Originate dials */
  dialBegin(caller: Leg | undefined, called: Leg, dialString: string): void {
    this.#dial('DialBegin', caller, called, ['DialString', dialString]);
  }

  dialRings(caller: Leg | undefined, called: Leg): void {
    this.#dial('DialState', caller, called, ['DialStatus', 'RINGING']);
  }

  dialEnd(caller: Leg | undefined, called: Leg, status: string): void {
    this.#dial('DialEnd', caller, called, ['DialStatus', status]);
  }

  bridge(event: 'BridgeCreate' | 'BridgeDestroy', bridge: string): void {
    this.#tell(event, bridgeHeaders(bridge, 0));
  }

  /** @param channels how many are in the bridge now */
  inBridge(event: 'BridgeEnter' | 'BridgeLeave', bridge: string, channels: number, leg: Leg): void {
    this.#tell(event, [...bridgeHeaders(bridge, channels), ...channelHeaders(leg)]);
  }

  pickup(leg: Leg, picked: Leg): void {
    this.#tell('Pickup', [...channelHeaders(leg), ...channelHeaders(picked, 'Target')]);
  }

  blindTransfer(leg: Leg, peer: Leg, exten: string): void {
    const named = (who: string, { name, uniqueid }: Leg): readonly Header[] => [
      [`${who}Channel`, name],
      [`${who}Uniqueid`, uniqueid],
      [`${who}Linkedid`, peer.linked.id],
    ];
    this.#tell('BlindTransfer', [
      ['Result', 'Success'],
      ...named('Transferer', leg),
      ...named('Transferee', peer),
      ...bridgeHeaders(leg.bridge, 2),
      ['IsExternal', 'Yes'],
      ['Context', CONTEXTS.phones],
      ['Extension', exten],
    ]);
  }

  /** The channel's party hangs up, or (soft) the PBX makes it. */
  hangupRequest(event: 'HangupRequest' | 'SoftHangupRequest', leg: Leg): void {
    this.#tell(event, [...channelHeaders(leg), ['Cause', '16']]);
  }

  hangup(leg: Leg, cause: Cause): void {
    this.#tell('Hangup', [...channelHeaders(leg), ['Cause', String(cause)], ['Cause-txt', CAUSES[cause]]]);
  }

  deviceState(user: string, state: string): void {
    this.#tell('DeviceStateChange', [
      ['Device', phoneOf(user)],
      ['State', state],
    ]);
  }

  #dial(event: string, caller: Leg | undefined, called: Leg, last: Header): void {
    this.#tell(event, [...(caller ? channelHeaders(caller) : []), ...channelHeaders(called, 'Dest'), last]);
  }

  #tell(event: string, headers: Packet): void {
    this.#emit({ class: 'call', headers: [['Event', event], ...headers] });
  }
}

const bridgeHeaders = (bridge: string, channels: number): Packet => [
  ['BridgeUniqueid', bridge],
  ['BridgeType', 'basic'],
  ['BridgeTechnology', 'simple_bridge'],
  ['BridgeCreator', UNKNOWN],
  ['BridgeName', UNKNOWN],
  ['BridgeNumChannels', String(channels)],
  ['BridgeVideoSourceMode', 'none'],
];
