import type { Element } from '@xmpp/client';
import { bad, type Decoded, flag, found, identifier, label } from './elements.ts';

/** One end of a channel as the PBX tells it. */
export type ChannelParty = { readonly name: string; readonly number: string; readonly callerIdName: string };

/** base.ChannelEvent. Texts that the PBX leaves out are empty. */
export type ChannelEvent = {
  /** ringing, busy, hold, unhold, transfer, rename, redirect, hangup, or a newer word. */
  readonly eventType: string;
  /** The Asterisk channel: opaque. */
  readonly channel: string;
  readonly details: string;
  /** Undefined when the PBX does not say. */
  readonly outbound: boolean | undefined;
  readonly internal: boolean;
  readonly source: ChannelParty;
  readonly target: ChannelParty;
  /** The redirecting party. */
  readonly from: ChannelParty;
  /** Name of the phone: opaque. */
  readonly device: string;
};

/** Reads a <ChannelEvent/>: type and channel must be there, everything else may be missing. */
export function decodeChannelEvent(element: Element): Decoded<ChannelEvent> {
  const eventType = identifier(element, 'eventType');
  const channel = identifier(element, 'eventId');
  if (!eventType) return bad('a ChannelEvent without a type');
  if (!channel) return bad('a ChannelEvent without a channel');
  const source = party(element, 'source');
  const target = party(element, 'target');
  const from = party(element, 'from');
  const device = identifier(element, 'device');
  if (!source || !target || !from || device === undefined)
    return bad('a ChannelEvent with a number or device that is too long');
  return found({
    eventType: eventType.toLowerCase(),
    channel,
    details: label(element, 'eventDetails'),
    outbound: flag(element, 'outbound'),
    internal: flag(element, 'internal') ?? false,
    source,
    target,
    from,
    device,
  });
}

function party(element: Element, prefix: 'source' | 'target' | 'from'): ChannelParty | undefined {
  const number = identifier(element, `${prefix}Number`);
  if (number === undefined) return undefined;
  return {
    number,
    name: label(element, `${prefix}Name`),
    callerIdName: label(element, `${prefix}CallerIdName`),
  };
}
