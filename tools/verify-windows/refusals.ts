/** What cannot be had is not shown, and is refused with the code that TAPI documents. */
import type { CallVerb } from '../../app/calls/call.ts';
import type { PhoneSystem } from '../rig/phone-system.ts';
import type { ProgramCall } from './program-call.ts';
import { CUSTOMER, hasCall, isFree, rings, type Stage, SUPPLIER, talks } from './stage.ts';
import { DONE_AT, judgeRefusal, type REFUSED_WITH, VERBS, type Verb } from './verbs.ts';

type When = keyof typeof REFUSED_WITH;

/** A moment in which TAPI would allow a verb, and one in which it does not. */
type Moment = 'ringing' | 'connected' | 'held' | 'besides a held one';

interface Attempt {
  readonly verb: CallVerb;
  /** As lineprobe takes it, without the call; `other` and `away` stand for a held call and an extension. */
  readonly command: string;
  readonly at: Moment;
  /** Where a call that has the verb does not have it. */
  readonly not?: Moment;
}

const ATTEMPTS: readonly Attempt[] = [
  { verb: 'accept', command: 'accept', at: 'ringing', not: 'connected' },
  { verb: 'answer', command: 'answer', at: 'ringing', not: 'connected' },
  { verb: 'redirect', command: 'redirect away', at: 'ringing', not: 'connected' },
  { verb: 'hold', command: 'hold', at: 'connected', not: 'ringing' },
  { verb: 'generateDigits', command: 'digits 5', at: 'connected', not: 'ringing' },
  { verb: 'blindTransfer', command: 'blindtransfer away', at: 'connected', not: 'ringing' },
  { verb: 'setupTransfer', command: 'setuptransfer', at: 'connected', not: 'ringing' },
  { verb: 'unhold', command: 'unhold', at: 'held', not: 'connected' },
  { verb: 'swapHold', command: 'swaphold other', at: 'besides a held one' },
  { verb: 'completeTransfer', command: 'completetransfer other', at: 'besides a held one' },
];

/** Verbs that a phone system lacks and that no attempt is known for: the plan is incomplete where there is one. */
export const untried = (system: PhoneSystem): readonly Verb[] =>
  VERBS.filter((verb) => !DONE_AT[system].has(verb) && !ATTEMPTS.some((attempt) => attempt.verb === verb));

/** The verbs that are tried and must be refused at a phone system, for good. */
export const lacking = (system: PhoneSystem): readonly CallVerb[] =>
  ATTEMPTS.map(({ verb }) => verb).filter((verb) => !DONE_AT[system].has(verb));

/** What the phone system cannot do, in the very state in which TAPI would allow it. @returns the verbs, in words */
export async function refusesWhatIsLacking(stage: Stage): Promise<string> {
  const wanted = ATTEMPTS.filter(({ verb }) => !DONE_AT[stage.system].has(verb));
  const call = await rings(stage);
  const at = (moment: Moment): readonly Attempt[] => wanted.filter((attempt) => attempt.at === moment);
  await tryAll(stage, call, at('ringing'), 'never');
  await call.does('answer', 'answer');
  await call.reaches('CONNECTED');
  await tryAll(stage, call, at('connected'), 'never');
  // The phone's own key: a call can be held where no program can hold it.
  stage.exchange.toggleHold(stage.own.name);
  await call.reaches('ONHOLD');
  await tryAll(stage, call, at('held'), 'never');
  stage.exchange.toggleHold(stage.own.name);
  await call.reaches('CONNECTED');
  await besidesAHeldOne(stage, call, at('besides a held one'));
  await call.drops('OFFERING', 'CONNECTED', 'ONHOLD', 'CONNECTED', 'ONHOLD');
  await isFree(stage, stage.own);
  return wanted.map(({ verb }) => verb).join(', ');
}

/** What the phone system can do, in a state in which nobody can. @returns the verbs, in words */
export async function refusesWhatIsUntimely(stage: Stage): Promise<string> {
  const wanted = ATTEMPTS.filter(({ verb, not }) => not !== undefined && DONE_AT[stage.system].has(verb));
  const call = await rings(stage);
  const not = (moment: Moment): readonly Attempt[] => wanted.filter((attempt) => attempt.not === moment);
  await tryAll(stage, call, not('ringing'), 'now');
  await call.does('answer', 'answer');
  await call.reaches('CONNECTED');
  await tryAll(stage, call, not('connected'), 'now');
  await hasCall(stage, stage.own, 'talking', CUSTOMER);
  await call.drops('OFFERING', 'CONNECTED');
  return wanted.map(({ verb }) => verb).join(', ');
}

/** A second call is answered, the phone holds the first one; the second one ends again. */
async function besidesAHeldOne(stage: Stage, held: ProgramCall, attempts: readonly Attempt[]): Promise<void> {
  const second = await talks(stage, SUPPLIER);
  await held.reaches('ONHOLD');
  // Half of the attempts name the held call first, as TAPI wants it there.
  for (const attempt of attempts) {
    const [first, other] = attempt.verb === 'completeTransfer' ? [held, second] : [second, held];
    await tryAll(stage, first, [attempt], 'never', other);
  }
  await second.drops('OFFERING', 'CONNECTED');
}

async function tryAll(
  { program, colleague }: Stage,
  call: ProgramCall,
  attempts: readonly Attempt[],
  when: When,
  other?: ProgramCall,
): Promise<void> {
  for (const { verb, command } of attempts) {
    if (await call.offers(verb)) throw new Error(`${verb} is offered in ${call.states.at(-1)}`);
    const words = command.replace('away', colleague.extension).replace('other', other?.number ?? '');
    const problem = judgeRefusal(verb, when, await program.refusal(call.command(words)));
    if (problem !== undefined) throw new Error(problem);
  }
}
