import { type Call, nobody, type Party } from '../../app/calls/call.ts';
import type { Line } from '../../app/lines/line.ts';
import type { AccountView, CallView, LineView, Slices } from '../../contract/renderer-api.ts';

/** Values for tests: plain ones, of which each test changes what it is about. */

export const zoe: Party = { number: '+498912345678', name: 'Zoë Zimmer' };
export const anna: Party = { number: '340', name: 'Anna Müller' };

/** A call that rings at Anna's phone and can be answered and dropped. */
export function call(change: Partial<Call> = {}): Call {
  return {
    id: 7,
    line: 'acme/anna',
    direction: 'inbound',
    origin: 'external',
    reason: 'direct',
    status: { state: 'offering', mode: 'active' },
    answered: false,
    can: new Set(['answer', 'drop', 'hold', 'blindTransfer']),
    since: 1_000,
    caller: zoe,
    called: anna,
    connected: nobody,
    redirecting: nobody,
    redirection: nobody,
    ...change,
  };
}

export function line(change: Partial<Line> = {}): Line {
  return {
    key: 'acme/anna',
    account: 'acme',
    user: 'anna',
    name: 'Anna Müller',
    extension: '340',
    pbx: 'pbx.example.com',
    inService: true,
    canDial: true,
    canPickup: true,
    ...change,
  };
}

export const callView = (change: Partial<CallView> = {}): CallView => ({
  id: 7,
  line: 'acme/anna',
  direction: 'inbound',
  state: 'offering',
  caller: { ...zoe, withheld: false },
  called: { ...anna, withheld: false },
  since: 1_000,
  verbs: ['answer', 'drop'],
  ...change,
});

export const lineView: LineView = {
  key: 'acme/anna',
  account: 'acme',
  name: 'Anna Müller (340)',
  extension: '340',
  inService: true,
  canDial: true,
  canPickup: true,
};

export const account: AccountView = {
  key: 'acme',
  kind: 'mobydick',
  server: 'pbx.example.com',
  user: 'anna',
  state: 'online',
  refused: false,
  needsDomain: false,
  demo: false,
};

/** Anna is signed in and nothing happens. */
export const slices = (change: Partial<Slices> = {}): Slices => ({
  language: 'en',
  accounts: [account],
  lines: [lineView],
  calls: [],
  offers: [],
  hints: [],
  shim: { connected: 0 },
  ...change,
});
