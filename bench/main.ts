import { buildNative, buildWindows } from '../tools/native/build.ts';
import { buildFolder } from '../tools/rig/rig.ts';
import { wineMissing } from '../tools/rig/wine.ts';
import { describeMachine } from './machine.ts';
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

const STARTS = 7;
const POPUPS = { count: 60, warmUp: 10, pauseMs: 30 };
const FLYOUTS = { count: 20, warmUp: 3, pauseMs: 30 };

type All = Figures & WindowFigures;

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== '--native');
if (unknown !== undefined) {
  console.error(`${unknown} is unknown. Usage: npm run bench [-- --native]`);
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

const native = await part('native', 'the path natively', async () => {
  await buildNative(buildFolder('native'));
  return measurePath('native');
});
const missing = words.includes('--native') ? 'it was not asked for' : wineMissing();
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
const traceCost = await part('traceCost', 'the cost of tracing', measureTraceCost);
const pages = await part('pages', 'the windows’ scripts', measurePageSizes);
const appStart = await part('appStart', 'starts of the main process', () => timeAppStarts(STARTS));
const popup = await part('popup', 'the popup', () => timePopups(POPUPS));
const flyout = await part('flyout', 'the flyout', () => timeFlyouts(FLYOUTS));
const floods = await part('floods', 'the diagnostics', measureFloods);
// Last: nothing else is to run beside it.
const idle = await part('idle', 'the main process at rest', measureIdle);

console.log(`\n${describeMachine(wine.wine?.node)}\n`);
for (const line of renderFigures({ ...native, ...wine, ...sizes, ...start })) console.log(line);
console.log('');
const windows = { ...popup, ...flyout, ...pages, ...appStart, ...floods, ...traceCost, ...idle };
for (const line of renderWindow(windows)) console.log(line);
