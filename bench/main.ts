import { buildNative, buildWindows } from '../tools/native/build.ts';
import { buildFolder } from '../tools/rig/rig.ts';
import { wineMissing } from '../tools/rig/wine.ts';
import { describeMachine } from './machine.ts';
import { measurePath } from './path.ts';
import { type Figures, renderFigures } from './report.ts';
import { deliveredSizes, timeStarts } from './start-and-sizes.ts';

const STARTS = 7;

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== '--native');
if (unknown !== undefined) {
  console.error(`${unknown} is unknown. Usage: npm run bench [-- --native]`);
  process.exit(2);
}

/** One part of the bench. When it cannot run, the others do, and the exit code tells. */
async function part<Key extends keyof Figures>(
  key: Key,
  title: string,
  measure: () => Promise<Figures[Key]>,
): Promise<Partial<Figures>> {
  console.log(`Measuring ${title} ...`);
  try {
    return { [key]: await measure() };
  } catch (error) {
    console.error(`It could not be measured: ${error instanceof Error ? error.message : String(error)}`);
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
console.log(`\n${describeMachine(wine.wine?.node)}\n`);
for (const line of renderFigures({ ...native, ...wine, ...sizes, ...start })) console.log(line);
