import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Call, isEnded } from '../calls/call.ts';
import type { Line } from '../lines/line.ts';
import type { PbxEvent, PbxHint, PickupOffer, SessionState } from '../pbx/port.ts';

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
  /** What works less well than it could, by account key: at most MAX_HINTS of the session that is there. */
  readonly hints: Readonly<Record<string, readonly PbxHint[]>>;
  /** Shims that are connected. */
  readonly shims: number;
};

export type CompanionStore = StoreApi<CompanionState>;

export function createCompanionStore(): CompanionStore {
  return createStore<CompanionState>(() => ({
    sessions: {},
    lines: {},
    calls: {},
    offers: [],
    hints: {},
    shims: 0,
  }));
}

/** Hints of one account that are kept: the first ones. Whoever mends those sees the others in the next session. */
export const MAX_HINTS = 100;

/** A session that knows nothing of what was before, or none that will come by itself. */
const isFresh = (session: SessionState): boolean =>
  session.state === 'online' ? !session.resumed : session.state === 'failed' || session.state === 'stopped';

/** Hints belong to a session, from the first step of its sign-in on. */
const tellsHintsAnew = (session: SessionState): boolean =>
  session.state === 'connecting'
    ? session.stage === 'resolve'
    : session.state === 'failed' || session.state === 'stopped';

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
  const addHint = (account: string, hint: PbxHint): void =>
    setState((s) => {
      const kept = s.hints[account] ?? [];
      const known = kept.some(({ code, subject }) => code === hint.code && subject === hint.subject);
      return known || kept.length >= MAX_HINTS ? s : { hints: { ...s.hints, [account]: [...kept, hint] } };
    });
  return {
    /** By line key; undefined is a line that is gone. */
    lines: (changed: ReadonlyMap<string, Line | undefined>) =>
      setState((s) => {
        const lines = { ...s.lines };
        for (const [key, line] of changed) {
          if (line) lines[key] = line;
          else delete lines[key];
        }
        return { lines };
      }),
    call: (call: Call) =>
      setState((s) => {
        // Ids are large numbers, which a spread copies at half the speed.
        const calls: Record<number, Call> = Object.assign({}, s.calls);
        if (isEnded(call)) delete calls[call.id];
        else calls[call.id] = call;
        return { calls };
      }),
    shims: (change: 1 | -1) => setState((s) => ({ shims: s.shims + change })),
    pbx: (account: string, event: PbxEvent) => {
      if (event.type === 'session') {
        setState((s) => ({ sessions: { ...s.sessions, [account]: event.session } }));
        // Only a session that goes on tells what became of them. Until it is known, the line is out of service.
        if (isFresh(event.session)) dropOffers((offer) => offer.account === account);
        if (tellsHintsAnew(event.session))
          setState((s) => (s.hints[account] ? { hints: without(s.hints, account) } : s));
      }
      if (event.type === 'hint') addHint(account, event.hint);
      if (event.type !== 'pickupOffered' && event.type !== 'pickupGone') return;
      const { user, target } = event.type === 'pickupOffered' ? event.offer : event;
      dropOffers((offer) => offer.account === account && offer.user === user && offer.target === target);
      if (event.type === 'pickupOffered')
        setState((s) => ({ offers: [...s.offers, { ...event.offer, account }] }));
    },
  };
}
