import type { Where } from '../tools/rig/companion-process.ts';
import { Rig } from '../tools/rig/rig.ts';
import { Floor, type FloorTimes } from './floor/floor.ts';
import { callFrameBytes } from './frame-size.ts';
import { type Summary, summarise } from './percentiles.ts';
import { type QuestionTimes, timeQuestions } from './questions.ts';
import { type CallTimes, timeCalls } from './stanza-to-callstate.ts';

/** What was measured over the whole path in one place; times in µs. */
export type PathFigures = {
  /** Version of the Node that the companion ran in. */
  readonly node: string;
  readonly offering: Summary;
  readonly disconnected: Summary;
  readonly tcp: Summary;
  readonly tls: Summary;
  readonly pipe: Summary;
  readonly stanzaBytes: number;
  readonly frameBytes: number;
  readonly questions: QuestionTimes;
  readonly clock: CallTimes['clock'];
};

/** Calls and floor take turns, so that both see the same of whatever else this machine does. */
const TURNS = 4;
const ROUNDS = { count: 80, warmUp: 20, pauseMs: 3 };
/** Before the first turn: until then most of the JavaScript on the way is interpreted. */
const FIRST_WARM_UP = 200;
const QUESTIONS = 100_000;
const PART_MS = 5_000;

/** Measures the path and its floor natively or under Wine. The DLL and its host must have been built. */
export async function measurePath(where: Where): Promise<PathFigures> {
  const rig = await Rig.start(where);
  let floor: Floor | undefined;
  try {
    const { control } = await rig.startCompanion();
    const { node } = await control.report('ready', () => true, PART_MS);
    await rig.signIn();
    await rig.startHost();
    await rig.openLine();
    floor = await Floor.start(where);
    const turns: (CallTimes & FloorTimes)[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const rounds = turn === 0 ? { ...ROUNDS, warmUp: FIRST_WARM_UP } : ROUNDS;
      const calls = await timeCalls(rig, rounds);
      const sizes = { stanza: calls.stanzaBytes, frame: callFrameBytes };
      turns.push({ ...calls, ...(await floor.measure(sizes, rounds)) });
    }
    const [{ stanzaBytes, clock } = unmeasured()] = turns;
    const all = (name: 'offering' | 'disconnected' | 'tcp' | 'tls' | 'pipe'): Summary =>
      summarise(turns.flatMap((turn) => turn[name]));
    return {
      node,
      offering: all('offering'),
      disconnected: all('disconnected'),
      tcp: all('tcp'),
      tls: all('tls'),
      pipe: all('pipe'),
      stanzaBytes,
      frameBytes: callFrameBytes,
      questions: await timeQuestions(rig, QUESTIONS),
      clock,
    };
  } finally {
    floor?.stop();
    const code = await rig.stop();
    if (rig.host && code !== 0) console.error(`The test host ended with ${code}: the DLL broke a rule.`);
  }
}

function unmeasured(): never {
  throw new Error('nothing was measured');
}
