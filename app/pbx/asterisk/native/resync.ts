import { type AmiPacket, header } from '../ami/packet.ts';
import { channelState, isNumber } from '../values.ts';
import type { Channel } from './channels.ts';
import { enter, readNames } from './events.ts';
import type { NativeCalls } from './native-calls.ts';

/**
 * Takes the items of a list of all channels, of Status or of CoreShowChannels. A list tells how each channel stands, and
 * not who calls whom: that is the first channel of the same Linkedid.
 *
 * @returns the Uniqueids it names
 */
export function takeListed(items: readonly AmiPacket[], calls: NativeCalls): ReadonlySet<string> {
  const listed = new Set<string>();
  const news = new Map<Channel, AmiPacket>();
  for (const item of items) {
    const id = header(item, 'Uniqueid') ?? '';
    // What was heard since the list was asked for is newer than the list.
    const known = calls.channels.get(id);
    const linked = header(item, 'Linkedid') ?? '';
    const channel = known ?? calls.meet(id, header(item, 'Channel') ?? '', linked);
    if (!channel) continue;
    listed.add(id);
    if (!known?.fresh) {
      if (linked !== '') channel.linked = linked;
      enter(channel, channelState(header(item, 'ChannelState')), calls);
      readNames(channel, item);
      setBridge(channel, header(item, 'BridgeID') ?? '', calls);
    }
    if (!known || isUnrelated(channel)) news.set(channel, item);
  }
  for (const [channel, item] of news) relate(channel, item, calls);
  for (const channel of news.keys()) calls.begin(channel);
  return listed;
}

/** Only heard of in the middle of its life. */
const isUnrelated = ({ dialer, dialled, hasCalled }: Channel): boolean =>
  dialer === undefined && dialled === '' && !hasCalled;

/** Neither in the list nor heard of since it was asked for: its end was missed. */
export const dropsOut = ({ id, fresh }: Channel, listed: ReadonlySet<string>): boolean =>
  !fresh && !listed.has(id);

function setBridge(channel: Channel, bridge: string, calls: NativeCalls): void {
  if (bridge === '') calls.channels.leaveBridge(channel);
  else calls.channels.enterBridge(channel, bridge);
}

/** `AppDial` is what Asterisk says of a channel that is called by Dial or a queue. */
function relate(channel: Channel, item: AmiPacket, calls: NativeCalls): void {
  const called = /^appdial$/i.test(header(item, 'Application') ?? '');
  if (!called) {
    const dialled = [header(item, 'DNID') ?? '', header(item, 'Exten') ?? ''].find(isNumber);
    channel.dialled = dialled ?? '';
    return;
  }
  const dialer = calls.channels.get(channel.linked);
  if (!dialer || dialer === channel) return;
  channel.dialer = dialer.id;
  dialer.hasCalled = true;
  const leg = channel.bridge !== undefined ? 'answered' : channel.state === 'ringing' ? 'ringing' : 'trying';
  dialer.legs.set(channel.id, leg);
}
