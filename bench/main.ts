import { buildNative, buildWindows } from '../tools/native/build.ts';
import { buildFolder } from '../tools/rig/rig.ts';
import { wineMissing } from '../tools/rig/wine.ts';
import { type AmiFigures, measureAmiEvents } from './asterisk/event-rate.ts';
import { renderAmi } from './asterisk/report.ts';
import { measureDriver } from './driver/driver.ts';
import { type DriverRun, renderDriver } from './driver/report.ts';
import { describeMachine } from './machine.ts';
import { parseOptions, USAGE } from './options.ts';
import { measurePath } from './path.ts';
import { type Figures, renderFigures } from './report.ts';
import { deliveredSizes, timeStarts } from './start-and-sizes.ts';
import { timeAppStarts } from './window/app-start.ts';
import { timeFlyouts } from './window/flyout-times.ts';
import { measureIdle } from './window/idle.ts';
import { measurePageSizes } from './window/page-sizes.ts';
import { timePopups } from './window/popup-times.ts';
import { renderWindow, type WindowFigures } from './window/report.ts';
import { measureTraceCost } from './window/trace-cost.ts';
import { measureFloods } from './window/trace-flood.ts';
import { measureEvents } from './xmpp/event-rate.ts';
import { renderSession, type SessionFigures } from './xmpp/report.ts';
import { measureServerReturn } from './xmpp/server-return.ts';
import { measureSessionIdle } from './xmpp/session-idle.ts';
import { measureSignIns } from './xmpp/sign-in.ts';

const STARTS = 7;
const POPUPS = { count: 60, warmUp: 10, pauseMs: 30 };
const FLYOUTS = { count: 20, warmUp: 3, pauseMs: 30 };

type All = Figures & WindowFigures & SessionFigures & DriverRun & { readonly ami?: AmiFigures };

const options = parseOptions(process.argv.slice(2));
if ('unknown' in options) {
  console.error(`${options.unknown} is unknown. ${USAGE}`);
  process.exit(2);
}

/** One part of the bench. When it cannot run, the others do, and the exit code tells. */
async function part<Key extends keyof All>(
  key: Key,
  title: string,
  measure: () => Promise<All[Key]>,
): Promise<Partial<All>> {
  console.log(`Measuring ${title} ...`);
  try {
    return { [key]: await measure() };
  } catch (error) {
    console.error(
      `${title} could not be measured: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = 1;
    return {};
  }
}

/** The session: each part in processes of its own. */
async function session(events: number): Promise<readonly string[]> {
  const measured = {
    ...(await part('events', 'ChannelEvents', () => measureEvents(events))),
    ...(await part('signIns', 'sign-ins', measureSignIns)),
    ...(await part('serverReturn', 'the return of a server', measureServerReturn)),
    ...(await part('sessionIdle', 'a session at rest', measureSessionIdle)),
  };
  const { ami } = await part('ami', 'AMI events', measureAmiEvents);
  return [...renderSession(measured), '', ...renderAmi(ami)];
}

/** The path from the stanza to TAPI, and the windows. @returns the version of Node under Wine, if it ran */
async function pathAndWindows(
  withWine: boolean,
): Promise<{ lines: readonly string[]; windowsNode?: string }> {
  const native = await part('native', 'the path natively', async () => {
    await buildNative(buildFolder('native'));
    return measurePath('native');
  });
  const missing = withWine ? wineMissing() : 'it was not asked for';
  if (missing !== undefined) console.log(`Nothing is measured under Wine: ${missing}.`);
  const wine =
    missing === undefined
      ? await part('wine', 'the path under Wine', async () => {
          await buildWindows('x64', buildFolder('wine'));
          return measurePath('wine');
        })
      : {};
  const sizes = await part('sizes', 'sizes', deliveredSizes);
  const start = await part('start', 'starts', () => timeStarts(STARTS));
  const windows = {
    ...(await part('traceCost', 'the cost of tracing', measureTraceCost)),
    ...(await part('pages', 'the windows’ scripts', measurePageSizes)),
    ...(await part('appStart', 'starts of the main process', () => timeAppStarts(STARTS))),
    ...(await part('popup', 'the popup', () => timePopups(POPUPS))),
    ...(await part('flyout', 'the flyout', () => timeFlyouts(FLYOUTS))),
    ...(await part('floods', 'the diagnostics', measureFloods)),
    ...(await part('idle', 'the main process at rest', measureIdle)),
  };
  const lines = [...renderFigures({ ...native, ...wine, ...sizes, ...start }), '', ...renderWindow(windows)];
  return { lines, ...(wine.wine && { windowsNode: wine.wine.node }) };
}

/** The driver by itself. */
async function driver(withWine: boolean): Promise<readonly string[]> {
  const native = await part('driverNative', 'the driver natively', async () => {
    await buildNative(buildFolder('native'));
    return measureDriver('native');
  });
  const missing = withWine ? wineMissing() : 'it was not asked for';
  if (missing !== undefined) console.log(`Nothing of the driver is measured under Wine: ${missing}.`);
  const wine =
    missing === undefined
      ? await part('driverWine', 'the driver under Wine', async () => {
          await buildWindows('x64', buildFolder('wine'));
          return measureDriver('wine');
        })
      : {};
  return renderDriver({ ...native, ...wine, ...(await part('sizes', 'sizes', deliveredSizes)) });
}

const everything = !options.session && !options.driver;
const before = everything ? await pathAndWindows(!options.native) : undefined;
const driverLines = everything || options.driver ? await driver(!options.native) : [];
const sessionLines = everything || options.session ? await session(options.events) : [];

console.log(`\n${describeMachine(before?.windowsNode)}\n`);
if (before) console.log([...before.lines, ''].join('\n'));
if (driverLines.length > 0) console.log([...driverLines, ''].join('\n'));
console.log(sessionLines.join('\n'));
