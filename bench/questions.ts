import { ANNA, type Rig } from '../tools/rig/rig.ts';
import { CALLER } from './stanza-to-callstate.ts';

/** What synchronous TSPI questions took, in µs, as the host measured it. */
export type QuestionTimes = { readonly count: number; readonly p50: number; readonly p99: number };

const STEP_MS = 5_000;

/**
 * Asks the DLL about its line and about a call that rings: device capabilities, line status, call information and call
 * status in turn. The line must be open.
 * @param count 1 to 1000000
 */
export async function timeQuestions(rig: Rig, count: number): Promise<QuestionTimes> {
  const { host } = rig;
  if (!host) throw new Error('there is no host');
  const from = host.log.entries.length;
  rig.pbx.exchange.outside.call(CALLER.number, CALLER.name, ANNA.extension);
  await host.state('OFFERING', from, STEP_MS);
  const answer = await host.command(`questions ${count}`);
  rig.pbx.exchange.outside.hangUp(CALLER.number);
  await host.state('IDLE', from, STEP_MS);
  await host.command('closecall last');
  const { refused, p50, p99 } = answer;
  if (refused !== 0) throw new Error(`the DLL refused ${String(refused)} of ${count} questions`);
  return { count, p50: Number(p50), p99: Number(p99) };
}
