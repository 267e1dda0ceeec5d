import { renderLadder, rungs } from '../../app/diagnostics/ladder.ts';
import { checkLadder, type LadderFault } from '../../app/diagnostics/ladder-check.ts';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import type { Where } from '../rig/companion-process.ts';
import { ANNA, Rig } from '../rig/rig.ts';
import { type DemoCall, demoCalls } from './calls.ts';

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

/** How long the shim may take to find the companion, in ms. */
const LINK_MS = 5_000;
/** How long the trace of a call's last step may be under way, in ms. */
const TRACE_MS = 1_000;

const legNames = { pbx: 'PBX', core: 'core', link: 'link', tapi: 'TAPI' } as const;

/** Plays all calls on real parts and shows a ladder of each. Throws a BrokenLeg at the first step that is missing. */
export async function runDemo(
  where: Where,
  broken: Break | undefined,
  say: (line: string) => void,
): Promise<void> {
  const rig = await Rig.start(where);
  try {
    await startParts(rig, broken);
    say(describe(rig));
    for (const call of demoCalls) await play(rig, call, say);
    assertOneSession(rig);
  } finally {
    const code = await rig.stop();
    if (rig.host && code !== 0) say(`The test host ended with ${code}.`);
  }
}

async function leg<Value>(name: string, what: string, act: Promise<Value>): Promise<Value> {
  try {
    return await act;
  } catch (error) {
    throw new BrokenLeg(name, `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function startParts(rig: Rig, broken: Break | undefined): Promise<void> {
  const companion = await leg('core', 'the companion did not start', rig.startCompanion(broken !== 'link'));
  await leg('PBX', 'the companion could not sign in', rig.signIn());
  if (broken === 'host') throw new BrokenLeg('TAPI', 'the test host is absent: no program would see a call');
  await leg('TAPI', 'the test host could not load the DLL', rig.startHost());
  const linked = companion.control.report('shims', ({ count }) => count === 1, LINK_MS);
  await leg('link', 'the shim found no companion', linked);
  await leg('TAPI', 'the line did not appear', rig.openLine());
  if (broken === 'pbx') rig.pbx.faults.goSilent('online');
}

async function play(rig: Rig, call: DemoCall, say: (line: string) => void): Promise<void> {
  const { companion, host } = rig;
  if (!companion || !host) throw new BrokenLeg('core', 'a part is missing');
  const from = { trace: companion.control.log.entries.length, host: host.log.entries.length };
  const failure = await call.play(rig).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await companion.control
    .report(
      'trace',
      ({ entry }) => entry.leg === 'tapi' && entry.label === 'LINE_CALLSTATE IDLE',
      TRACE_MS,
      from.trace,
    )
    .catch(() => undefined);

  const reports = companion.control.log.entries.slice(from.trace);
  const entries = reports.flatMap((report) => (report.event === 'trace' ? [report.entry] : []));
  const steps = rungs(entries, callOf(entries));
  say(`\n${call.title}\n`);
  for (const line of renderLadder(steps)) say(line);

  const fault = checkLadder(steps, call.steps);
  if (fault) throw new BrokenLeg(legNames[fault.leg], describeFault(call, fault));
  if (failure !== undefined) throw new BrokenLeg('TAPI', `${call.title}: ${failure}`);
  const told = host.log.entries
    .slice(from.host)
    .flatMap((line) => (line['state'] ? [String(line['state'])] : []));
  if (told.join() !== call.states.join()) {
    throw new BrokenLeg('TAPI', `${call.title}: the program was told ${told.join(', ')}`);
  }
  assertOneSession(rig);
}

/** The call that these entries are about: the first with a state of its own. */
const callOf = (entries: readonly TraceEntry[]): number =>
  entries.find(({ call }) => call !== undefined)?.call ?? 0;

function describeFault(call: DemoCall, { missing, outOfOrder }: LadderFault): string {
  return `${call.title}: the step “${missing}” is ${outOfOrder ? 'out of order' : 'missing'}`;
}

function assertOneSession(rig: Rig): void {
  const sessions = rig.pbx.sessions();
  if (sessions.length !== 1)
    throw new BrokenLeg('PBX', `the PBX sees ${sessions.length} sessions instead of one`);
}

function describe(rig: Rig): string {
  const session = rig.pbx.sessions()[0];
  const runs =
    rig.where === 'wine' ? 'in Windows Node under Wine, with the x64 DLL' : 'natively, with the DLL’s C code';
  return [
    `One companion ${runs}.`,
    `Signed in as ${ANNA.fullName} (${session?.fullJid}, ${session?.mechanism}, encrypted) on 127.0.0.1:${rig.pbx.port}.`,
  ].join('\n');
}
