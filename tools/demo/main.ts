import { buildNative, buildWindows } from '../native/build.ts';
import { buildFolder } from '../rig/rig.ts';
import { wineMissing } from '../rig/wine.ts';
import { type Break, BrokenLeg, runDemo } from './run.ts';

const breaks: readonly Break[] = ['pbx', 'link', 'host'];
const words = process.argv.slice(2);
const wanted = words.find((word) => word.startsWith('--break='))?.slice('--break='.length);
const broken = breaks.find((leg) => leg === wanted);
const unknown = words.find((word) => word !== '--native' && !breaks.some((leg) => word === `--break=${leg}`));
if (unknown !== undefined) {
  console.error(`${unknown} is unknown. Usage: npm run demo [-- --native] [--break=pbx|link|host]`);
  process.exit(2);
}

const missing = words.includes('--native') ? 'it was asked for' : wineMissing();
const where = missing === undefined ? 'wine' : 'native';
if (missing !== undefined) console.log(`The demo runs natively: ${missing}.`);

try {
  if (where === 'wine') await buildWindows('x64', buildFolder(where));
  else await buildNative(buildFolder(where));
  await runDemo(where, broken, console.log);
  console.log('\nEvery step of every call was there, in order.');
} catch (error) {
  if (!(error instanceof BrokenLeg)) throw error;
  console.error(`\nThe path is broken at the leg ${error.leg}. ${error.message}.`);
  process.exitCode = 1;
}
