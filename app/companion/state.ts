import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Call, isEnded } from '../calls/call.ts';
import type { Line } from '../lines/line.ts';
import type { PbxEvent, PickupOffer, SessionState } from '../pbx/port.ts';

/** A pickup on offer, and the account whose PBX offers it. */
export type AccountOffer = PickupOffer & { readonly account: string };

/** All that a window can show: replaced, never changed. */
export type CompanionState = {
  /** By account key. */
  readonly sessions: Readonly<Record<string, SessionState>>;
  /** By line key. */
  readonly lines: Readonly<Record<string, Line>>;
  /** By call id; a call leaves with IDLE. */
  readonly calls: Readonly<Record<number, Call>>;
  readonly offers: readonly AccountOffer[];
  /** Shims that are connected. */
  readonly shims: number;
};

export type CompanionStore = StoreApi<CompanionState>;

export function createCompanionStore(): CompanionStore {
  return createStore<CompanionState>(() => ({ sessions: {}, lines: {}, calls: {}, offers: [], shims: 0 }));
}

/** A session that knows nothing of what was before, or none that will come by itself. */
const isFresh = (session: SessionState): boolean =>
  session.state === 'online' ? !session.resumed : session.state === 'failed' || session.state === 'stopped';

const without = <Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** The ways the state changes: one for each thing that happens. */
export function stateChanges(store: CompanionStore) {
  const { setState } = store;
  const dropOffers = (gone: (offer: AccountOffer) => boolean): void =>
    setState((s) => (s.offers.some(gone) ? { offers: s.offers.filter((offer) => !gone(offer)) } : s));
  return {
    line: (line: Line) => setState((s) => ({ lines: { ...s.lines, [line.key]: line } })),
    lineRemoved: (key: string) => setState((s) => ({ lines: without(s.lines, key) })),
    call: (call: Call) =>
      setState((s) => ({
        calls: isEnded(call) ? without(s.calls, String(call.id)) : { ...s.calls, [call.id]: call },
      })),
    shims: (change: 1 | -1) => setState((s) => ({ shims: s.shims + change })),
    pbx: (account: string, event: PbxEvent) => {
      if (event.type === 'session') {
        setState((s) => ({ sessions: { ...s.sessions, [account]: event.session } }));
        // Only a session that goes on tells what became of them. Until it is known, the line is out of service.
        if (isFresh(event.session)) dropOffers((offer) => offer.account === account);
      }
      if (event.type !== 'pickupOffered' && event.type !== 'pickupGone') return;
      const { user, target } = event.type === 'pickupOffered' ? event.offer : event;
      dropOffers((offer) => offer.account === account && offer.user === user && offer.target === target);
      if (event.type === 'pickupOffered')
        setState((s) => ({ offers: [...s.offers, { ...event.offer, account }] }));
    },
  };
}
