import { join } from 'node:path';
import { findChromium } from '../electron/chromium.ts';
import { buildNative, buildWindows } from '../native/build.ts';
import type { Where } from '../rig/companion-process.ts';
import { buildFolder, Rig } from '../rig/rig.ts';
import { wineMissing } from '../rig/wine.ts';
import { headlessSeat } from './headless-seat.ts';
import { takePictures } from './pictures.ts';
import { type Break, BrokenLeg, runDemo } from './run.ts';
import type { Seat } from './seat.ts';
import { windowSeat } from './window-seat.ts';

const USAGE = 'Usage: npm run demo [-- asterisk] [--native] [--headless] [--break=pbx|link|host]';
const breaks: readonly Break[] = ['pbx', 'link', 'host'];
const known = ['asterisk', '--native', '--headless', ...breaks.map((leg) => `--break=${leg}`)];
const given = process.argv.slice(2);
const unknown = given.find((word) => !known.includes(word));
if (unknown !== undefined) {
  console.error(`${unknown} is unknown. ${USAGE}`);
  process.exit(2);
}

const system = given.includes('asterisk') ? 'asterisk' : 'mobydick';
const broken = breaks.find((leg) => given.includes(`--break=${leg}`));
const noWine = given.includes('--native') ? 'it was asked for' : wineMissing();
const noWindow = given.includes('--headless')
  ? 'it was asked for'
  : findChromium() === undefined && 'there is no Chromium';
const where: Where = noWine === undefined ? 'wine' : 'native';
if (noWine !== undefined) console.log(`The demo runs natively: ${noWine}.`);
if (noWindow) console.log(`The demo shows no window: ${noWindow}.`);
const pictures = join(import.meta.dirname, '../../out/pictures');

try {
  if (where === 'wine') await buildWindows('x64', buildFolder(where));
  else await buildNative(buildFolder(where));
  if (noWindow) await runDemo({ where, system, broken, seat: headlessSeat, say: console.log });
  else await demoWithWindow();
  console.log('\nEvery step of every call was there, in order.');
  if (!noWindow && system === 'mobydick')
    console.log(`Pictures of the windows, in both languages, light and dark: ${pictures}`);
} catch (error) {
  if (!(error instanceof BrokenLeg)) throw error;
  console.error(`\nThe path is broken at the leg ${error.leg}. ${error.message}.`);
  process.exitCode = 1;
}

/** The documentation's pictures are those of the first phone system. */
function afterwards(own: Rig, seat: Seat): Promise<void> {
  return takePictures(own, seat as ReturnType<typeof windowSeat>, 'en', pictures);
}

async function demoWithWindow(): Promise<void> {
  let rig: Rig | undefined;
  await runDemo({
    where,
    system,
    broken,
    say: console.log,
    seat: (own) => {
      rig = own;
      return windowSeat(own, 'en');
    },
    ...(system === 'mobydick' && { afterwards }),
  });
  if (rig && system === 'mobydick') await germanPictures();
}

/** The same windows once more, in German: the application takes its language from the system. No DLL is needed here. */
async function germanPictures(): Promise<void> {
  const rig = await Rig.start('native');
  const seat = windowSeat(rig, 'de');
  try {
    await seat.start(rig, false);
    await seat.signIn(rig);
    await takePictures(rig, seat, 'de', pictures);
  } finally {
    await seat.stop();
    await rig.stop();
  }
}
