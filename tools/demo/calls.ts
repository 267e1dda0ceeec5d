import type { Expected } from '../../app/diagnostics/ladder-check.ts';
import { ANNA, BEN, type Rig } from '../rig/rig.ts';
import { type Seat, STEP_MS } from './seat.ts';

/** One scripted call, and what its ladder must show. */
export type DemoCall = {
  readonly title: string;
  /** Lets it happen, to its end. */
  readonly play: (rig: Rig, seat: Seat) => Promise<void>;
  /** The states a TAPI program must be told, in this order and no others. */
  readonly states: readonly string[];
  /** The steps of the ladder, in the order of cause and effect. */
  readonly steps: readonly Expected[];
};

const CUSTOMER = '0891234567';
const SUPPLIER = '0049301234567';
/** How long people talk, and let it ring, in ms: long enough to be seen. */
const TALK_MS = 400;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const step = (leg: Expected['leg'], label: string): Expected => ({ leg, label });

/** A new state on its way from the core to the TAPI program. */
const told = (state: string, mode = ''): Expected[] => [
  step('core', `${state}${mode && ` ${mode}`}`),
  step('link', `call ${state}`),
  step('tapi', `LINE_CALLSTATE ${state}`),
];

const offered = [step('pbx', 'base.ChannelEvent ringing'), ...told('OFFERING')];
const connected = [step('pbx', 'base.ChannelEvent busy'), ...told('CONNECTED')];
const ended = (mode: string): Expected[] => [
  step('pbx', 'base.ChannelEvent hangup'),
  ...told('DISCONNECTED', mode),
  ...told('IDLE'),
];

const incoming: DemoCall = {
  title: 'Incoming: answered by Anna at the companion, dropped by the TAPI program',
  async play(rig, seat) {
    const { host, from } = hostOf(rig);
    rig.pbx.exchange.outside.call(CUSTOMER, 'Zoë Zimmer', ANNA.extension);
    await host.state('OFFERING', from, STEP_MS);
    await seat.answer();
    await host.state('CONNECTED', from, STEP_MS);
    await pause(TALK_MS);
    await host.command('drop 11 last');
    await finish(rig, from);
  },
  states: ['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    ...offered,
    step('core', 'answer'),
    step('pbx', 'phone.Offhook'),
    ...connected,
    step('tapi', 'TSPI_lineDrop'),
    step('link', 'drop'),
    step('pbx', 'base.Hangup'),
    step('link', 'result ok'),
    ...ended('normal'),
  ],
};

const outgoing: DemoCall = {
  title: 'Outgoing: dialled by the TAPI program, the far end answers and hangs up',
  async play(rig) {
    const { host, from } = hostOf(rig);
    const far = { kind: 'answers', ringAfterMs: 150, afterMs: TALK_MS, hangUpAfterMs: TALK_MS } as const;
    rig.pbx.exchange.outside.set(SUPPLIER, far, 'Supplier');
    await host.command('makecall 12 0049 (0) 30 1234567');
    await host.state('CONNECTED', from, STEP_MS);
    await finish(rig, from);
  },
  states: ['DIALTONE', 'DIALING', 'PROCEEDING', 'RINGBACK', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    step('link', 'makeCall'),
    step('pbx', 'base.Dial'),
    step('link', 'result ok'),
    step('tapi', 'completion 0'),
    ...told('DIALTONE'),
    ...told('DIALING'),
    step('pbx', 'base.ChannelEvent ringing'),
    ...told('PROCEEDING'),
    ...told('RINGBACK'),
    ...connected,
    ...ended('normal'),
  ],
};

const missed: DemoCall = {
  title: 'Missed: it rings, and the caller gives up',
  async play(rig) {
    const { host, from } = hostOf(rig);
    rig.pbx.exchange.outside.call(CUSTOMER, 'Zoë Zimmer', ANNA.extension);
    await host.state('OFFERING', from, STEP_MS);
    await pause(TALK_MS);
    rig.pbx.exchange.outside.hangUp(CUSTOMER);
    await finish(rig, from);
  },
  states: ['OFFERING', 'DISCONNECTED', 'IDLE'],
  steps: [...offered, ...ended('normal')],
};

/** A call rings at Ben's phone until `take` has it at Anna's; then the caller hangs up. */
const colleaguesCall =
  (take: (rig: Rig, seat: Seat) => Promise<unknown>): DemoCall['play'] =>
  async (rig, seat) => {
    const { host, from } = hostOf(rig);
    rig.pbx.exchange.outside.call(CUSTOMER, 'Zoë Zimmer', BEN.extension);
    await seat.offered();
    await take(rig, seat);
    await host.state('CONNECTED', from, STEP_MS);
    await pause(TALK_MS);
    rig.pbx.exchange.outside.hangUp(CUSTOMER);
    await finish(rig, from);
  };

const pickedUp: DemoCall = {
  title: 'Picked up: it rings at a colleague’s phone, the TAPI program takes it over',
  play: colleaguesCall((rig) => hostOf(rig).host.command(`pickup 14 ${BEN.extension}`)),
  states: ['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    step('link', 'pickup'),
    step('pbx', 'base.Pickup'),
    step('link', 'result ok'),
    step('tapi', 'completion 0'),
    ...offered,
    ...connected,
    ...ended('normal'),
  ],
};

const pickedUpByHand: DemoCall = {
  title: 'Picked up by hand: Anna takes a colleague’s call at the companion, the TAPI program follows',
  play: colleaguesCall((_, seat) => seat.pickUp()),
  states: ['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    step('core', 'pickup'),
    step('pbx', 'base.Pickup'),
    step('core', 'result ok'),
    ...offered,
    ...connected,
    ...ended('normal'),
  ],
};

export const demoCalls: readonly DemoCall[] = [incoming, outgoing, missed, pickedUp, pickedUpByHand];

function hostOf({ host }: Rig) {
  if (!host) throw new Error('there is no test host');
  return { host, from: host.log.entries.length };
}

/** The call is over for the program, and it lets go of its handle. */
async function finish({ host }: Rig, from: number): Promise<void> {
  await host?.state('IDLE', from, STEP_MS);
  await host?.command('closecall last');
}
