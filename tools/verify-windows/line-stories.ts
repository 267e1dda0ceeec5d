/** Everything that a program asks of a line at one face of the demo PBX, one story after the other. */
import type { PhoneSystem } from '../rig/phone-system.ts';
import { refusesWhatIsLacking, refusesWhatIsUntimely } from './refusals.ts';
import { CARLA, OWNER, type Scene } from './scene.ts';
import { CUSTOMER, isFree, makes, OUTGOING, type Stage } from './stage.ts';
import { bits, type TelephonyProgram } from './telephony-program.ts';
import { VERB_STORIES } from './verb-stories.ts';
import { DONE_AT, judgeCapabilities } from './verbs.ts';

export interface LineStory {
  readonly id: string;
  readonly title: string;
  /** Items of the conformance page. */
  readonly proves?: readonly string[];
  /** What was seen, in words; rejects when it is not as it should be. */
  readonly play: (stage: Stage) => Promise<string>;
}

/** The stage for a program that has the line of a face open. */
export const stageAt = (
  system: PhoneSystem,
  scene: Scene,
  program: TelephonyProgram,
  device: number,
): Stage => ({
  system,
  program,
  device,
  exchange: scene.exchange(),
  own: OWNER[system],
  colleague: CARLA,
  // An Asterisk tells nobody what rings at a colleague's phone.
  offered: system === 'mobydick' ? scene.offered : () => Promise.resolve(),
});

/** The stories that a phone system can play, in their order. */
export function lineStories(system: PhoneSystem): LineStory[] {
  const done = DONE_AT[system];
  const verbs = VERB_STORIES.filter((story) => story.verbs.every((verb) => done.has(verb)));
  const stories: readonly LineStory[] = [
    capabilities,
    ...verbs.map(({ play, ...story }) => ({ ...story, play: (stage: Stage) => play(stage).then(() => '') })),
    {
      id: 'lacking',
      title: 'What the PBX cannot do is not offered, and refused as unavailable',
      play: refusesWhatIsLacking,
    },
    {
      id: 'untimely',
      title: 'What cannot be done in a state is not offered in it, and refused for the state',
      play: refusesWhatIsUntimely,
    },
    failedCall,
  ];
  return stories.map((story) => ({ ...story, play: (stage) => cleared(stage, story.play) }));
}

/** A story that fails leaves no call behind: the next one is judged by itself. */
async function cleared(stage: Stage, play: LineStory['play']): Promise<string> {
  try {
    return await play(stage);
  } catch (error) {
    stage.exchange.clear();
    throw error;
  }
}

const capabilities: LineStory = {
  id: 'caps',
  title: 'The line says what it and its calls can do, and nothing else',
  async play({ program, device, system }) {
    const { callFeatures, addressFeatures } = await program.command(`addresscaps ${device}`);
    const offered = { callFeatures: bits(callFeatures), addressFeatures: bits(addressFeatures) };
    const problems = judgeCapabilities(offered, system);
    if (problems.length > 0) throw new Error(problems.join('; '));
    return `features ${String(callFeatures)}, ${String(addressFeatures)}`;
  },
};

const failedCall: LineStory = {
  id: 'failed-call',
  title: 'A call that fails leaves nothing behind: the line and the service go on',
  proves: ['R6'],
  async play(stage) {
    const { program, exchange, own } = stage;
    exchange.setRegistered(own.name, false);
    try {
      const error = await program.refusal(`makecall ${CUSTOMER}`);
      if (error !== 'LINEERR_OPERATIONFAILED')
        throw new Error(`a call from a phone that is not there ended with ${error ?? 'success'}`);
    } finally {
      exchange.setRegistered(own.name, true);
    }
    const { activeCalls } = await program.command('linestatus');
    if (activeCalls !== 0) throw new Error(`the line has ${String(activeCalls)} calls`);
    const call = await makes(stage, `makecall ${CUSTOMER}`);
    await call.reaches('RINGBACK');
    await call.drops(...OUTGOING);
    await isFree(stage, own);
    return '';
  },
};
