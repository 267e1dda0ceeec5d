import {
  type BusyMode,
  type Call,
  type CallOrigin,
  type CallState,
  type CallStatus,
  type DisconnectMode,
  nobody,
  type Parties,
  type Party,
} from './call.ts';
import { type CallEventType, type Row, transitions } from './transitions.ts';

/** Something that happened to a call. `at` is in ms since 1970. */
export type CallEvent = {
  readonly at: number;
  readonly parties?: Partial<Parties>;
  readonly origin?: CallOrigin;
} & (
  | { readonly type: Exclude<CallEventType, 'disconnected' | 'ended' | 'farBusy'> }
  | { readonly type: 'farBusy'; readonly mode: BusyMode }
  | { readonly type: 'disconnected' | 'ended'; readonly mode: DisconnectMode }
  /** Names or numbers became known; nothing else changed. */
  | { readonly type: 'described' }
);

/** What is settled about a call before its first state. */
export type CallSeed = Pick<Call, 'id' | 'line' | 'direction' | 'origin' | 'reason' | 'can'> &
  Partial<Parties> & { readonly related?: number };

/**
 * The first states of a new call: one value for each, the newest last. Empty when the event begins no call, as the end
 * of an incoming call that nobody heard of.
 */
export function begin(seed: CallSeed, event: CallEvent): Call[] {
  const unborn: Call = {
    caller: nobody,
    called: nobody,
    connected: nobody,
    redirecting: nobody,
    redirection: nobody,
    ...seed,
    status: { state: 'unknown' },
    answered: false,
    since: event.at,
  };
  const row = seed.direction === 'inbound' ? 'newInbound' : 'newOutbound';
  return walk(described(unborn, event), row, event);
}

/**
 * What an event makes of a call: one value for each state it enters, the newest last; empty when nothing changes.
 * By its table every way starts with OFFERING or DIALTONE, repeats no state, and ends in IDLE once.
 */
export function reduce(call: Call, event: CallEvent): Call[] {
  if (call.status.state === 'idle') return [];
  const known = described(call, event);
  const steps = walk(known, rowOf(call), event);
  return steps.length === 0 && known !== call ? [known] : steps;
}

function rowOf({ status, answered, direction }: Call): Row {
  if (status.state !== 'unknown') return status.state;
  if (answered) return 'unknownAnswered';
  return direction === 'inbound' ? 'unknownInbound' : 'unknownOutbound';
}

function walk(call: Call, row: Row, event: CallEvent): Call[] {
  if (event.type === 'described') return [];
  const steps: Call[] = [];
  let current = call;
  for (const state of transitions[row][event.type] ?? []) {
    current = enter(current, state, event);
    steps.push(current);
  }
  return steps;
}

function enter(call: Call, state: CallState, event: CallEvent): Call {
  const status = statusOf(state, event);
  if (state !== 'connected') return { ...call, status, since: event.at };
  // Who answered: the far end, seen from here (TSPI reference, section 3.8).
  const farEnd = call.direction === 'outbound' ? call.called : call.caller;
  const connected = call.connected === nobody ? farEnd : call.connected;
  return { ...call, status, connected, answered: true, since: event.at };
}

function statusOf(state: CallState, event: CallEvent): CallStatus {
  switch (state) {
    case 'offering':
    case 'connected':
      return { state, mode: 'active' };
    case 'dialtone':
    case 'specialInfo':
      return { state, mode: 'unknown' };
    case 'busy':
      return { state, mode: event.type === 'farBusy' ? event.mode : 'unknown' };
    case 'disconnected':
      return { state, mode: isEnd(event) ? event.mode : 'unknown' };
    default:
      return { state };
  }
}

/** Over for the people who talked, or altogether. */
export const isEnd = (event: CallEvent): event is CallEvent & { type: 'disconnected' | 'ended' } =>
  event.type === 'ended' || event.type === 'disconnected';

const ends = ['caller', 'called', 'connected', 'redirecting', 'redirection'] as const;

const same = (a: Party, b: Party): boolean =>
  a.number === b.number && a.name === b.name && a.withheld === b.withheld;

/** The same call with what the event tells of its ends and origin; the same value when that is nothing new. */
function described(call: Call, { parties, origin = call.origin }: CallEvent): Call {
  let known = origin === call.origin ? call : { ...call, origin };
  if (!parties) return known;
  for (const end of ends) {
    const news = parties[end];
    if (news && !same(news, call[end])) known = { ...known, [end]: news };
  }
  return known;
}
