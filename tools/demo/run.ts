import { renderLadder } from '../../app/diagnostics/ladder.ts';
import { checkLadder, type LadderFault } from '../../app/diagnostics/ladder-check.ts';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import type { Where } from '../rig/companion-process.ts';
import type { PhoneSystem } from '../rig/phone-system.ts';
import { ANNA, Rig } from '../rig/rig.ts';
import { type DemoCall, demoCalls } from './calls.ts';
import type { Seat } from './seat.ts';

/** A leg that a test breaks on purpose: the PBX falls silent, the link is not served, the host is not started. */
export type Break = 'pbx' | 'link' | 'host';

/** Where the demo failed, and how: `leg` names the part of the path. */
export class BrokenLeg extends Error {
  readonly leg: string;

  constructor(leg: string, what: string) {
    super(what);
    this.leg = leg;
  }
}

/** How long the trace of a call's last step may be under way, in ms. */
const TRACE_MS = 1_000;
const TRACE_EVERY_MS = 50;

const legNames = { pbx: 'PBX', core: 'core', link: 'link', tapi: 'TAPI' } as const;

export type DemoOptions = {
  readonly where: Where;
  /** Which phone system the story is told at. */
  readonly system: PhoneSystem;
  readonly broken: Break | undefined;
  /** Where the person sits. */
  readonly seat: (rig: Rig) => Seat;
  readonly say: (line: string) => void;
  /** What else is to be done while everything runs, after the calls. */
  readonly afterwards?: (rig: Rig, seat: Seat) => Promise<void>;
};

/** Plays all calls on real parts and shows a ladder of each. Throws a BrokenLeg at the first step that is missing. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { where, system, broken, seat: take, say, afterwards } = options;
  const rig = await Rig.start(where, system);
  const seat = take(rig);
  try {
    await startParts(rig, seat, broken);
    say(describe(rig, seat));
    for (const call of demoCalls(system)) await play(rig, seat, call, say);
    assertOneSession(rig);
    await afterwards?.(rig, seat);
  } finally {
    const code = (await rig.host?.quit()) ?? 0;
    await seat.stop();
    await rig.stop();
    if (code !== 0) say(`The test host ended with ${code}: the DLL broke a rule of TAPI.`);
  }
}

/** What went wrong, without the log that a browser adds. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

async function leg<Value>(name: string, what: string, act: Promise<Value>): Promise<Value> {
  try {
    return await act;
  } catch (error) {
    throw new BrokenLeg(name, `${what}: ${firstLine(error)}`);
  }
}

async function startParts(rig: Rig, seat: Seat, broken: Break | undefined): Promise<void> {
  await leg('core', 'the companion did not start', seat.start(rig, broken !== 'link'));
  await leg('PBX', 'the companion could not sign in', seat.signIn(rig));
  if (broken === 'host') throw new BrokenLeg('TAPI', 'the test host is absent: no program would see a call');
  await leg('TAPI', 'the test host could not load the DLL', rig.startHost());
  await leg('link', 'the shim found no companion', seat.linked());
  await leg('TAPI', 'the line did not appear', rig.openLine());
  if (broken === 'pbx') rig.anna.goSilent();
}

async function play(rig: Rig, seat: Seat, call: DemoCall, say: (line: string) => void): Promise<void> {
  const { host } = rig;
  if (!host) throw new BrokenLeg('TAPI', 'there is no test host');
  const mark = await seat.mark();
  const from = host.log.entries.length;
  const failure = await call.play(rig, seat).then(() => undefined, firstLine);
  const steps = await stepsOf(seat, mark);
  say(`\n${call.title}\n`);
  for (const line of renderLadder(steps)) say(line);

  const fault = checkLadder(steps, call.steps);
  if (fault) throw new BrokenLeg(legNames[fault.leg], describeFault(call, fault));
  if (failure !== undefined) throw new BrokenLeg('TAPI', `${call.title}: ${failure}`);
  const told = host.log.entries.slice(from).flatMap((line) => (line['state'] ? [String(line['state'])] : []));
  if (told.join() !== call.states.join()) {
    throw new BrokenLeg('TAPI', `${call.title}: the program was told ${told.join(', ')}`);
  }
  assertOneSession(rig);
}

/** The steps of a call that is over: the shim's last report may still be under way. */
async function stepsOf(seat: Seat, mark: number): Promise<readonly TraceEntry[]> {
  const until = Date.now() + TRACE_MS;
  for (;;) {
    const steps = await seat.steps(mark);
    const complete = steps.some(({ leg: at, label }) => at === 'tapi' && label === 'LINE_CALLSTATE IDLE');
    if (complete || Date.now() > until) return steps;
    await new Promise((resolve) => setTimeout(resolve, TRACE_EVERY_MS));
  }
}

function describeFault(call: DemoCall, { missing, outOfOrder }: LadderFault): string {
  return `${call.title}: the step “${missing}” is ${outOfOrder ? 'out of order' : 'missing'}`;
}

function assertOneSession(rig: Rig): void {
  const sessions = rig.anna.sessions();
  if (sessions.length === 1) return;
  throw new BrokenLeg('PBX', `the PBX sees ${sessions.length} sessions instead of one`);
}

function describe(rig: Rig, seat: Seat): string {
  const { server, sessions } = rig.anna;
  return [
    `One companion, ${seat.title}; the DLL ${rig.where === 'wine' ? 'for x64' : 'built for this machine'}.`,
    `Signed in as ${ANNA.fullName} (${sessions()[0]}) on ${server}.`,
  ].join('\n');
}
