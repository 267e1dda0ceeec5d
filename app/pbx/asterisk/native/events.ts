import { type AmiPacket, header } from '../ami/packet.ts';
import { type ChannelState, channelState, isNumber, party } from '../values.ts';
import type { Channel } from './channels.ts';
import { partyAt } from './ends.ts';
import type { NativeCalls } from './native-calls.ts';

/** What an event changes in what is known of channels. */
type Handler = (packet: AmiPacket, calls: NativeCalls) => void;

/** Every event of class call that tells how calls stand (manager_channels.c, manager_bridges.c of Asterisk 12 to 22). */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['Newchannel', newChannel],
  ['Newstate', described],
  ['NewCallerid', described],
  ['NewConnectedLine', described],
  ['Rename', renamed],
  ['DialBegin', dialBegin],
  ['DialState', dialState],
  ['DialEnd', dialEnd],
  ['BridgeEnter', bridgeEnter],
  ['BridgeLeave', bridgeLeave],
  ['Hold', hold],
  ['Unhold', unhold],
  ['Pickup', pickup],
  ['BlindTransfer', blindTransfer],
  ['HangupRequest', hangupRequest],
  ['SoftHangupRequest', hangupRequest],
  ['Hangup', hangup],
]);

/** A channel as a packet shows it. Its names and numbers are older news in an event that is about something else. */
function snapshot(packet: AmiPacket, calls: NativeCalls, prefix = '', names = false): Channel | undefined {
  const id = header(packet, `${prefix}Uniqueid`) ?? '';
  const linked = header(packet, `${prefix}Linkedid`) ?? '';
  const known = calls.channels.get(id);
  const isNew = known === undefined;
  const channel = known ?? calls.meet(id, header(packet, `${prefix}Channel`) ?? '', linked);
  if (!channel) return undefined;
  channel.fresh = true;
  if (linked !== '') channel.linked = linked;
  enter(channel, channelState(header(packet, `${prefix}ChannelState`)), calls);
  if (isNew || names) readNames(channel, packet, prefix);
  calls.begin(channel);
  calls.touch(channel);
  return channel;
}

export function readNames(channel: Channel, packet: AmiPacket, prefix = ''): void {
  const of = (name: string) => header(packet, `${prefix}${name}`) ?? '';
  // Only NewCallerid says who hides; every other event shows the number all the same.
  const presentation =
    header(packet, 'Event') === 'NewCallerid' ? header(packet, 'CID-CallingPres') : undefined;
  if (presentation !== undefined || !channel.caller.withheld)
    channel.caller = party(of('CallerIDNum'), of('CallerIDName'), presentation);
  channel.connected = party(of('ConnectedLineNum'), of('ConnectedLineName'));
}

const ORDER: Readonly<Record<ChannelState, number>> = { down: 0, other: 0, ring: 1, ringing: 1, up: 2 };

/** A channel goes no way back: an event that says so is late. */
export function enter(channel: Channel, state: ChannelState | undefined, calls: NativeCalls): void {
  if (state === undefined || ORDER[state] < ORDER[channel.state]) return;
  channel.state = state;
  if (state === 'ringing') legRings(channel, calls);
}

function legRings({ id, dialer }: Channel, { channels }: NativeCalls): void {
  const legs = channels.get(dialer)?.legs;
  if (legs?.get(id) === 'trying') legs.set(id, 'ringing');
}

/** A phone that dials has its first extension from the number, and others from the dial plan. */
function newChannel(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls, '', true);
  if (channel?.state === 'ring' && channel.dialled === '') channel.dialled = dialled(packet);
}

function dialled(packet: AmiPacket): string {
  const exten = header(packet, 'Exten') ?? '';
  return exten === 's' ? '' : exten;
}

function described(packet: AmiPacket, calls: NativeCalls): void {
  snapshot(packet, calls, '', true);
}

function renamed(packet: AmiPacket, calls: NativeCalls): void {
  const channel = calls.channels.get(header(packet, 'Uniqueid'));
  if (channel) channel.name = header(packet, 'Newname') ?? channel.name;
}

/** Without a caller it is the phone of an Originate that is called. */
function dialBegin(packet: AmiPacket, calls: NativeCalls): void {
  const called = snapshot(packet, calls, 'Dest', true);
  const dialer = snapshot(packet, calls, '', true);
  if (!called || !dialer) return;
  const exten = dialled(packet);
  if (dialer.dialled === '' && isNumber(exten)) dialer.dialled = exten;
  dialer.hasCalled = true;
  if (!dialer.legs.has(called.id)) dialer.legs.set(called.id, 'trying');
  called.dialer = dialer.id;
  called.dialerExten = exten;
  calls.isCalled(called);
  if (called.state === 'ringing') legRings(called, calls);
  calls.touch(called);
}

function dialState(packet: AmiPacket, calls: NativeCalls): void {
  const called = snapshot(packet, calls, 'Dest');
  if (called && header(packet, 'DialStatus') === 'RINGING') enter(called, 'ringing', calls);
}

function dialEnd(packet: AmiPacket, calls: NativeCalls): void {
  const status = header(packet, 'DialStatus') ?? '';
  const called = snapshot(packet, calls, 'Dest');
  const dialer = snapshot(packet, calls);
  const id = header(packet, 'DestUniqueid') ?? '';
  if (status === 'ANSWER') {
    if (called) dialer?.legs.set(called.id, 'answered');
  } else {
    if (called) {
      // A queue that gives up tells NOANSWER first, and then CANCEL.
      called.dialStatus ||= status;
      called.sentAway ||= isSentAway(packet, called, dialer);
    }
    dialer?.legs.delete(id);
    if (dialer) dialer.legFailure = status;
  }
  if (dialer) dialer.hasCalled = true;
}

/** The phone forwards the call, or the caller goes on somewhere else in the dial plan and has not hung up. */
function isSentAway(packet: AmiPacket, called: Channel, dialer: Channel | undefined): boolean {
  if ((header(packet, 'Forward') ?? '') !== '') return true;
  if (header(packet, 'DialStatus') !== 'CANCEL' || !dialer || dialer.leaves) return false;
  const exten = dialled(packet);
  return isNumber(exten) && called.dialerExten !== '' && exten !== called.dialerExten;
}

function bridgeEnter(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls);
  const bridge = header(packet, 'BridgeUniqueid');
  if (channel && bridge) calls.channels.enterBridge(channel, bridge);
}

function bridgeLeave(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls);
  if (channel) calls.channels.leaveBridge(channel, header(packet, 'BridgeUniqueid'));
}

function hold(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls);
  if (channel) channel.held = channel.bridge ?? '';
}

function unhold(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls);
  if (channel) channel.held = undefined;
}

/** `Channel` takes over what rings at `TargetChannel`. */
function pickup(packet: AmiPacket, calls: NativeCalls): void {
  const target = snapshot(packet, calls, 'Target');
  const taker = snapshot(packet, calls, '', true);
  if (target) target.taken = true;
  const call = taker && calls.takeOver(taker);
  if (!call) return;
  call.ids.add(header(packet, 'TargetLinkedid') ?? '').delete('');
  if (!target) return;
  call.called = target.caller;
  call.source = calls.channels.firstOf(target) ?? calls.channels.get(target.dialer);
  call.source?.shownBy.add(call);
}

function blindTransfer(packet: AmiPacket, calls: NativeCalls): void {
  const sender = snapshot(packet, calls, 'Transferer');
  const sent = snapshot(packet, calls, 'Transferee');
  if (sent && sender) sent.transferredBy = partyAt(sender);
}

function hangupRequest(packet: AmiPacket, calls: NativeCalls): void {
  const channel = snapshot(packet, calls);
  if (channel) channel.leaves = true;
}

function hangup(packet: AmiPacket, calls: NativeCalls): void {
  const id = header(packet, 'Uniqueid') ?? '';
  const channel = calls.channels.get(id);
  if (channel) calls.hangUp(channel, header(packet, 'Cause') ?? '');
  else if (id !== '') calls.channels.ended(id);
}
