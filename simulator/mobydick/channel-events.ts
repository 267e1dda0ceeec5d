/** What the exchange reports about channels, told in the words of base.ChannelEvent and base.PickupEvent. */
import type { ChannelChange, ChannelView, HangupCause, User } from '../exchange/model.ts';
import type { CommandEvent } from './cmd/encode.ts';

/** `created` has no word of its own: nothing is told before something rings; `joined` neither: the new peer is told. */
const EVENT_TYPE: Record<ChannelChange, string | undefined> = {
  created: undefined,
  ringing: 'ringing',
  answered: 'busy',
  held: 'hold',
  resumed: 'unhold',
  transferring: 'transfer',
  joined: undefined,
  renamed: 'rename',
  redirected: 'redirect',
  hungup: 'hangup',
};

/** Undefined when the change has no event, or the channel belongs to an outside party. */
export function channelEvent(
  change: ChannelChange,
  channel: ChannelView,
  cause: HangupCause | undefined,
): CommandEvent | undefined {
  const eventType = EVENT_TYPE[change];
  if (eventType === undefined || channel.user === undefined) return undefined;
  const { outbound, party, peer, redirectedFrom } = channel;
  const [source, target] = outbound ? [party, peer] : [peer, party];
  return {
    module: 'base',
    type: 'ChannelEvent',
    attributes: {},
    fields: {
      eventType,
      eventId: channel.id,
      eventDetails: cause === undefined || cause === 'normal' ? '' : cause,
      outbound,
      internal: peer.kind === 'user',
      sourceName: source.name,
      sourceNumber: source.number,
      sourceCallerIdName: '',
      targetName: target.name,
      targetCallerIdName: '',
      targetNumber: target.number,
      busySince: channel.answeredAt,
      refChannel: channel.peerChannel,
      device: channel.device,
      fromName: redirectedFrom?.name ?? '',
      fromNumber: redirectedFrom?.number ?? '',
      LabelList: '',
    },
  };
}

/** A colleague's phone began or ceased to ring. */
export const pickupEvent = (
  eventType: 'ringing' | 'gone',
  colleague: User,
  channel: ChannelView,
): CommandEvent => ({
  module: 'base',
  type: 'PickupEvent',
  attributes: {},
  fields: {
    eventType,
    eventId: colleague.name,
    target: colleague.extension,
    sourceName: channel.peer.name,
    sourceNumber: channel.peer.number,
  },
});
