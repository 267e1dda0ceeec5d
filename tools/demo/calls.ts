import type { Expected } from '../../app/diagnostics/ladder-check.ts';
import type { PhoneSystem } from '../rig/phone-system.ts';
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

/**
 * What a phone system calls the steps of a call: how the label of the packet that makes each begins. `givenUp` is the mode
 * of a call that the caller ends before anybody answers.
 */
type Words = Readonly<
  Record<
    'dial' | 'answer' | 'hangUp' | 'pickUp' | 'rings' | 'ringsThere' | 'talks' | 'over' | 'givenUp',
    string
  >
>;

const words: Readonly<Record<PhoneSystem, Words>> = {
  mobydick: {
    dial: 'base.Dial',
    answer: 'phone.Offhook',
    hangUp: 'base.Hangup',
    pickUp: 'base.Pickup',
    rings: 'base.ChannelEvent ringing',
    ringsThere: 'base.ChannelEvent ringing',
    talks: 'base.ChannelEvent busy',
    over: 'base.ChannelEvent hangup',
    givenUp: 'normal',
  },
  asterisk: {
    dial: 'Action Originate',
    answer: 'Action PJSIPNotify',
    hangUp: 'Action Hangup',
    pickUp: 'Action Originate',
    rings: 'Event ',
    ringsThere: 'Event Newstate',
    talks: 'Event ',
    over: 'Event Hangup',
    givenUp: 'cancelled',
  },
};

const offered = ({ rings }: Words) => [step('pbx', rings), ...told('OFFERING')];
const connected = ({ talks }: Words) => [step('pbx', talks), ...told('CONNECTED')];
const ended = ({ over }: Words, mode: string): Expected[] => [
  step('pbx', over),
  ...told('DISCONNECTED', mode),
  ...told('IDLE'),
];

const incoming = (said: Words): DemoCall => ({
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
    ...offered(said),
    step('core', 'answer'),
    step('pbx', said.answer),
    ...connected(said),
    step('tapi', 'TSPI_lineDrop'),
    step('link', 'drop'),
    step('pbx', said.hangUp),
    step('link', 'result ok'),
    ...ended(said, 'normal'),
  ],
});

const outgoing = (said: Words): DemoCall => ({
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
    step('pbx', said.dial),
    step('link', 'result ok'),
    step('tapi', 'completion 0'),
    ...told('DIALTONE'),
    ...told('DIALING'),
    step('pbx', said.ringsThere),
    ...told('PROCEEDING'),
    ...told('RINGBACK'),
    ...connected(said),
    ...ended(said, 'normal'),
  ],
});

const missed = (said: Words): DemoCall => ({
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
  steps: [...offered(said), ...ended(said, said.givenUp)],
});

/** A call rings at Ben's phone until `take` has it at Anna's; then the caller hangs up. */
const colleaguesCall =
  (take: (rig: Rig, seat: Seat) => Promise<unknown>): DemoCall['play'] =>
  async (rig, seat) => {
    const { host, from } = hostOf(rig);
    rig.pbx.exchange.outside.call(CUSTOMER, 'Zoë Zimmer', BEN.extension);
    if (rig.system === 'mobydick') await seat.offered();
    await take(rig, seat);
    await host.state('CONNECTED', from, STEP_MS);
    await pause(TALK_MS);
    rig.pbx.exchange.outside.hangUp(CUSTOMER);
    await finish(rig, from);
  };

const pickedUp = (said: Words): DemoCall => ({
  title: 'Picked up: it rings at a colleague’s phone, the TAPI program takes it over',
  play: colleaguesCall((rig) => hostOf(rig).host.command(`pickup 14 ${BEN.extension}`)),
  states: ['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    step('link', 'pickup'),
    step('pbx', said.pickUp),
    step('link', 'result ok'),
    step('tapi', 'completion 0'),
    ...offered(said),
    ...connected(said),
    ...ended(said, 'normal'),
  ],
});

const pickedUpByHand = (said: Words): DemoCall => ({
  title: 'Picked up by hand: Anna takes a colleague’s call at the companion, the TAPI program follows',
  play: colleaguesCall((_, seat) => seat.pickUp()),
  states: ['OFFERING', 'CONNECTED', 'DISCONNECTED', 'IDLE'],
  steps: [
    step('core', 'pickup'),
    step('pbx', said.pickUp),
    step('core', 'result ok'),
    ...offered(said),
    ...connected(said),
    ...ended(said, 'normal'),
  ],
});

/**
 * The calls of the story, in their order. An Asterisk offers nobody a colleague's call: there the pickup by hand is left
 * out, and the one by the TAPI program names the phone.
 */
export function demoCalls(system: PhoneSystem): readonly DemoCall[] {
  const said = words[system];
  const calls = [incoming(said), outgoing(said), missed(said), pickedUp(said)];
  return system === 'mobydick' ? [...calls, pickedUpByHand(said)] : calls;
}

function hostOf({ host }: Rig) {
  if (!host) throw new Error('there is no test host');
  return { host, from: host.log.entries.length };
}

/** The call is over for the program, and it lets go of its handle. */
async function finish({ host }: Rig, from: number): Promise<void> {
  await host?.state('IDLE', from, STEP_MS);
  await host?.command('closecall last');
}
