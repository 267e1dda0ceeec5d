/** Calls in which each verb does what it is for: what the program sees, and what the exchange has done. */

import { ProgramCall } from './program-call.ts';
import { CUSTOMER, callIn, hasCall, isFree, makes, OUTGOING, rings, type Stage, talks } from './stage.ts';
import { bits, type ProbeLine } from './telephony-program.ts';
import type { Verb } from './verbs.ts';

export interface VerbStory {
  readonly id: string;
  readonly title: string;
  /** What it needs of a phone system, and proves. */
  readonly verbs: readonly Verb[];
  readonly play: (stage: Stage) => Promise<void>;
}

/** LINECALLREASON_PICKUP, LINEGENERATETERM_DONE. */
const REASON_PICKUP = 0x10;
const ALL_DIGITS_SENT = 0x1;

const answering: VerbStory = {
  id: 'answer',
  title: 'A call rings, is accepted, answered and dropped',
  verbs: ['accept', 'answer', 'drop'],
  async play(stage) {
    const call = await rings(stage);
    await call.does('accept', 'accept');
    await call.reaches('ACCEPTED');
    await call.does('answer', 'answer');
    await call.reaches('CONNECTED');
    await hasCall(stage, stage.own, 'talking', CUSTOMER);
    if ((await call.info())['callerNumber'] === undefined) throw new Error('the caller has no number');
    await call.drops('OFFERING', 'ACCEPTED', 'CONNECTED');
    await isFree(stage, stage.own);
  },
};

const calling: VerbStory = {
  id: 'make',
  title: 'A number is dialled, its owner answers, the program drops the call',
  verbs: ['makeCall', 'drop'],
  async play(stage) {
    const call = await makes(stage, `makecall ${CUSTOMER}`);
    await call.reaches('RINGBACK');
    await hasCall(stage, stage.own, 'ringing', CUSTOMER);
    stage.exchange.outside.answer(CUSTOMER);
    await call.reaches('CONNECTED');
    await call.drops(...OUTGOING, 'CONNECTED');
    await isFree(stage, stage.own);
  },
};

const dialling: VerbStory = {
  id: 'dial',
  title: 'A number comes in parts: nothing is called before the last one',
  verbs: ['makeCall', 'dial'],
  async play(stage) {
    const call = await makes(stage, 'maketone');
    await call.reaches('DIALTONE');
    // A number that ends with a semicolon goes on.
    await call.does('dial', `dial ${CUSTOMER.slice(0, 3)};`);
    await call.reaches('DIALING');
    if (stage.exchange.channels(stage.own.name).length > 0) throw new Error('half a number was called');
    await call.does('dial', `dial ${CUSTOMER.slice(3)}`);
    await call.reaches('RINGBACK');
    await hasCall(stage, stage.own, 'ringing', CUSTOMER);
    await call.drops(...OUTGOING);
    await isFree(stage, stage.own);
  },
};

const holding: VerbStory = {
  id: 'hold',
  title: 'A call is held and taken back',
  verbs: ['hold', 'unhold'],
  async play(stage) {
    const call = await talks(stage);
    await call.does('hold', 'hold');
    await call.reaches('ONHOLD');
    await hasCall(stage, stage.own, 'held', CUSTOMER);
    await call.does('unhold', 'unhold');
    await call.reaches('CONNECTED');
    await hasCall(stage, stage.own, 'talking', CUSTOMER);
    await call.drops('OFFERING', 'CONNECTED', 'ONHOLD', 'CONNECTED');
  },
};

/** The customer was sent to the colleague, and gives up. */
async function rangThere(stage: Stage): Promise<void> {
  await hasCall(stage, stage.colleague, 'ringing', CUSTOMER);
  await isFree(stage, stage.own);
  stage.exchange.outside.hangUp(CUSTOMER);
  await isFree(stage, stage.colleague);
}

const sendingAway: VerbStory = {
  id: 'blind-transfer',
  title: 'A call is sent to a colleague, whose phone rings',
  verbs: ['blindTransfer'],
  async play(stage) {
    const call = await talks(stage);
    await call.does('blindTransfer', `blindtransfer ${stage.colleague.extension}`);
    await call.ends('OFFERING', 'CONNECTED');
    await rangThere(stage);
  },
};

const redirecting: VerbStory = {
  id: 'redirect',
  title: 'What rings is sent to a colleague unanswered',
  verbs: ['redirect'],
  async play(stage) {
    const call = await rings(stage);
    await call.does('redirect', `redirect ${stage.colleague.extension}`);
    await call.ends('OFFERING');
    await rangThere(stage);
  },
};

const sendingDigits: VerbStory = {
  id: 'digits',
  title: 'Digits are played to the other end',
  verbs: ['generateDigits'],
  async play(stage) {
    const call = await talks(stage);
    const from = stage.program.mark;
    await call.does('generateDigits', 'digits 12#');
    const isTold = ({ message, call: of }: ProbeLine): boolean =>
      message === 'LINE_GENERATE' && String(of) === call.number;
    const { param1 } = await stage.program.wait('LINE_GENERATE', isTold, from);
    if (bits(param1) !== ALL_DIGITS_SENT) throw new Error(`LINE_GENERATE came with ${String(param1)}`);
    await call.drops('OFFERING', 'CONNECTED');
  },
};

const askingFirst: VerbStory = {
  id: 'transfer',
  title: 'A colleague is asked, then the call is transferred to him',
  verbs: ['setupTransfer', 'dial', 'completeTransfer'],
  async play(stage) {
    const { program, exchange, own, colleague } = stage;
    const call = await talks(stage);
    if (!(await call.offers('setupTransfer'))) throw new Error('setupTransfer is not offered');
    const asking = await ProgramCall.made(program, call.command('setuptransfer'));
    await asking.reaches('DIALTONE');
    await asking.does('dial', `dial ${colleague.extension}`);
    await call.reaches('ONHOLDPENDTRANSFER');
    await hasCall(stage, colleague, 'ringing', own.extension);
    exchange.answer(colleague.name);
    await asking.reaches('CONNECTED');
    await call.comesToOffer('completeTransfer');
    await call.does('completeTransfer', `completetransfer ${asking.number}`);
    await call.ends('OFFERING', 'CONNECTED', 'ONHOLDPENDTRANSFER');
    await asking.ends(...OUTGOING, 'CONNECTED');
    await hasCall(stage, colleague, 'talking', CUSTOMER);
    exchange.outside.hangUp(CUSTOMER);
    await isFree(stage, colleague);
  },
};

/** What rings at the colleague's phone is taken over by `command`. */
async function takesOver(stage: Stage, command: string): Promise<void> {
  const { program, own, colleague } = stage;
  callIn(stage, CUSTOMER, colleague.extension);
  await hasCall(stage, colleague, 'ringing', CUSTOMER);
  await stage.offered();
  const call = await ProgramCall.made(program, command);
  await call.reaches('CONNECTED');
  const { reason } = await call.info();
  if (Number(reason) !== REASON_PICKUP) throw new Error(`the call's reason is ${String(reason)}`);
  await hasCall(stage, own, 'talking', CUSTOMER);
  await isFree(stage, colleague);
  await call.drops('OFFERING', 'CONNECTED');
}

const pickingUp: VerbStory = {
  id: 'pickup',
  title: 'What rings at a colleague’s extension is taken over',
  verbs: ['pickup'],
  play: (stage) => takesOver(stage, `pickup ${stage.colleague.extension}`),
};

const pickingUpInGroup: VerbStory = {
  id: 'pickup-group',
  title: 'What rings in the own group is taken over, without naming a phone',
  verbs: ['pickupGroup'],
  play: (stage) => takesOver(stage, 'pickupgroup own'),
};

export const VERB_STORIES: readonly VerbStory[] = [
  answering,
  calling,
  dialling,
  holding,
  sendingAway,
  redirecting,
  sendingDigits,
  askingFirst,
  pickingUp,
  pickingUpInGroup,
];
