import type { Element } from '@xmpp/client';
import { bad, type Decoded, flag, found, identifier, indexed, label, type Parent } from './elements.ts';

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
  const fields = indexed(element);
  const eventType = identifier(fields, 'eventType');
  const channel = identifier(fields, 'eventId');
  if (!eventType) return bad('a ChannelEvent without a type');
  if (!channel) return bad('a ChannelEvent without a channel');
  const source = party(fields, 'source');
  const target = party(fields, 'target');
  const from = party(fields, 'from');
  const device = identifier(fields, 'device');
  if (!source || !target || !from || device === undefined)
    return bad('a ChannelEvent with a number or device that is too long');
  return found({
    eventType: eventType.toLowerCase(),
    channel,
    details: label(fields, 'eventDetails'),
    outbound: flag(fields, 'outbound'),
    internal: flag(fields, 'internal') ?? false,
    source,
    target,
    from,
    device,
  });
}

function party(fields: Parent, prefix: 'source' | 'target' | 'from'): ChannelParty | undefined {
  const number = identifier(fields, `${prefix}Number`);
  if (number === undefined) return undefined;
  return {
    number,
    name: label(fields, `${prefix}Name`),
    callerIdName: label(fields, `${prefix}CallerIdName`),
  };
}
