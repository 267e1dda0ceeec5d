import type { Element } from '@xmpp/client';
import { type ChannelEvent, decodeChannelEvent } from './channel-event.ts';
import { bad, type Decoded, found, label, NS_CMD } from './elements.ts';
import { decodeJournalEntry, decodeJournalList, type JournalEntry } from './journal-entry.ts';
import { decodePickupEvent, type PickupEvent } from './pickup-event.ts';
import { decodeLocations, decodeUserInfo, type PhoneLocation, type UserInfo } from './user-info.ts';

/** What the PBX tells on its own. */
export type PbxMessage =
  | { readonly kind: 'channel'; readonly event: ChannelEvent }
  | { readonly kind: 'pickup'; readonly event: PickupEvent }
  | { readonly kind: 'ended'; readonly entry: JournalEntry }
  /** The user has sat down at another desk, or left it: all the places with his phones. */
  | { readonly kind: 'located'; readonly locations: readonly PhoneLocation[] };

/** How the PBX answers a command. */
export type Reply =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'userInfo'; readonly info: UserInfo }
  | { readonly kind: 'journal'; readonly entries: readonly JournalEntry[] };

/** The one child of the <cmd/> in a stanza. Its name tells what it is; `module` is not always the one to expect. */
export function commandElement(stanza: Element): Element | undefined {
  return stanza.getChild('cmd', NS_CMD)?.getChildElements()[0];
}

/** Reads a message of the PBX. Never throws. */
export function decodeMessage(stanza: Element): Decoded<PbxMessage> {
  const element = commandElement(stanza);
  switch (element?.getName()) {
    case 'ChannelEvent': {
      const event = decodeChannelEvent(element);
      return event.ok ? found({ kind: 'channel', event: event.value }) : event;
    }
    case 'PickupEvent': {
      const event = decodePickupEvent(element);
      return event.ok ? found({ kind: 'pickup', event: event.value }) : event;
    }
    case 'JournalEntry': {
      const entry = decodeJournalEntry(element);
      if (!entry.ok) return entry;
      if (!['create', ''].includes(entry.value.eventType))
        return bad(`a JournalEntry of type "${entry.value.eventType}"`);
      return found({ kind: 'ended', entry: entry.value });
    }
    case 'SetLocation': {
      const list = element.getChild('LocationList');
      return list
        ? found({ kind: 'located', locations: decodeLocations(list) })
        : bad('a SetLocation without its places');
    }
    case undefined:
      return bad('a message without a command');
    default:
      return bad(`an event that is not used: ${element?.getName()}`);
  }
}

/** Reads the result of a command. A refusal comes as a result too. Never throws. */
export function decodeReply(stanza: Element): Decoded<Reply> {
  const element = commandElement(stanza);
  switch (element?.getName()) {
    case 'Success':
      return found({ kind: 'success' });
    case 'Failure':
      return found({ kind: 'failure', message: label(element, 'message') });
    case 'UserInfo': {
      const info = decodeUserInfo(element);
      return info.ok ? found({ kind: 'userInfo', info: info.value }) : info;
    }
    case 'JournalList':
      return found({ kind: 'journal', entries: decodeJournalList(element) });
    case undefined:
      return bad('an answer without a command');
    default:
      return bad(`an answer that is not used: ${element?.getName()}`);
  }
}
