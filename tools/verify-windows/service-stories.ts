/** What the telephony service does by itself: privileges of programs, and its own end and new start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramCall } from './program-call.ts';
import { CUSTOMER, callIn, hasCall, isFree, type Stage, talks } from './stage.ts';
import { bits, type TelephonyProgram } from './telephony-program.ts';

const MONITOR = 0x2;
/** For so long a call that nobody owns is left alone, in ms: Windows was said to drop it within 200 ms. */
const UNOWNED_MS = 2_000;

/**
 * A program that only monitors: it sees the call and may not touch it, and a call that no program owns rings on.
 * @param stage its program has the line open as a monitor, and no other program has it open
 */
export async function monitors(stage: Stage): Promise<string> {
  const { program, own, exchange } = stage;
  const call = await ProgramCall.offered(program, () => callIn(stage, CUSTOMER, own.extension));
  const { privilege } = await program.command(`callstatus ${call.number}`);
  if (bits(privilege) !== MONITOR) throw new Error(`the program has the privilege ${String(privilege)}`);
  const error = await program.refusal(call.command('answer'));
  if (error !== 'LINEERR_NOTOWNER') throw new Error(`to answer it ended with ${error ?? 'success'}`);
  await sleep(UNOWNED_MS);
  if (exchange.channels(own.name)[0]?.state !== 'ringing') throw new Error('the call was dropped');
  exchange.outside.hangUp(CUSTOMER);
  await call.ends('OFFERING');
  return '';
}

/**
 * The telephony service ends while a program talks, and starts again: people talk on, and the next program is offered the
 * call that still lives, and can end it.
 * @param restart ends the service, and starts a program that has the line open
 */
export async function outlives(stage: Stage, restart: () => Promise<TelephonyProgram>): Promise<string> {
  const { own } = stage;
  await talks(stage);
  const program = await restart();
  await hasCall(stage, own, 'talking', CUSTOMER);
  const offered = await program.message('LINE_CALLSTATE CONNECTED', 0);
  const call = new ProgramCall(program, offered['call'], 0);
  await call.drops('CONNECTED');
  await isFree(stage, own);
  return '';
}
