import type { Element } from '@xmpp/client';
import { bad, type Decoded, found, identifier, label } from './elements.ts';

/** base.PickupEvent: a colleague's phone rings, or does no more. */
export type PickupEvent = {
  readonly eventType: 'ringing' | 'gone';
  /** The colleague's user name. */
  readonly colleague: string;
  /** The colleague's extension. */
  readonly target: string;
  readonly sourceName: string;
  readonly sourceNumber: string;
};

/** Reads a <PickupEvent/>: type and target must be there. */
export function decodePickupEvent(element: Element): Decoded<PickupEvent> {
  const eventType = label(element, 'eventType').toLowerCase();
  if (eventType !== 'ringing' && eventType !== 'gone') return bad(`a PickupEvent of type "${eventType}"`);
  const target = identifier(element, 'target');
  if (!target) return bad('a PickupEvent without a target');
  const sourceNumber = identifier(element, 'sourceNumber');
  if (sourceNumber === undefined) return bad('a PickupEvent with a number that is too long');
  const sourceName = label(element, 'sourceName');
  return found({ eventType, target, sourceNumber, sourceName, colleague: label(element, 'eventId') });
}
