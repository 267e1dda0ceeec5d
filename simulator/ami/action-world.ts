/** What an action has at hand. */
import type { Exchange } from '../exchange/exchange.ts';
import type { User } from '../exchange/model.ts';
import { phoneOf } from './events/legs.ts';
import type { NativeEvents } from './events/native-events.ts';
import type { AmiEvent } from './session.ts';

export interface ActionWorld {
  readonly exchange: Exchange;
  readonly events: NativeEvents;
  /** Tells everybody who may hear it. */
  readonly tell: (event: AmiEvent) => void;
  readonly now: () => number;
}

/** Whose phone a channel's technology and name are: `PJSIP/anna`. */
export const ownerOf = (channel: string, exchange: Exchange): User | undefined =>
  exchange.users().find(({ name }) => phoneOf(name).toLowerCase() === channel.toLowerCase());
