import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWindows, root } from '../../../tools/native/build.ts';
import { buildForTests, buildSetup } from '../../../tools/native/programs.ts';
import { windowsPath } from '../../../tools/rig/wine.ts';
import { PrivatePrefix, type Ran } from './private-prefix.ts';

/** Windows' own layout of the provider list. The stand-in for tapi32 keeps it there, too; tsp-setup never writes it. */
export const PROVIDERS =
  'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers';

/** What the list holds when a test begins: providers of others. */
export const OTHERS = {
  NumProviders: 2,
  NextProviderID: 9,
  ...entry(0, 3, 'unimdm.tsp'),
  ...entry(1, 7, 'hidphone.tsp'),
};

export const wine = new PrivatePrefix('private', ['tapi32']);
/** tapline.tsp in the system folder. */
export const dll = join(wine.system, 'tapline.tsp');
/** Where the DLL keeps its lines. */
export const state = join(wine.folder, 'drive_c/ProgramData/Tapline/Tapi');

const testPrograms = join(root, 'out/wine/setup');
let program = '';
let limitedUser = '';
let library = '';

/** Builds what is needed, and puts the stand-in for tapi32 where tsp-setup finds it. */
export async function prepare(): Promise<void> {
  program = await buildSetup();
  library = (await buildWindows('x64')).library;
  const standIn = await buildForTests('setup/tests/tapi32', testPrograms, 'tapi32.dll');
  limitedUser = await buildForTests('setup/tests/limited-user', testPrograms, 'limited-user.exe');
  wine.start();
  copyFileSync(standIn, join(wine.system, 'tapi32.dll'));
}

/** A machine with the DLL in its place, providers of others, and no line kept. */
export function startAnew(): void {
  placeLibrary();
  rmSync(state, { recursive: true, force: true });
  wine.setKey(PROVIDERS, OTHERS);
}

/** An entry of the list as the registry has it. */
export function entry(at: number, id: number, file: string): Record<string, number | string> {
  return { [`ProviderID${at}`]: id, [`ProviderFilename${at}`]: file };
}

/** Runs tsp-setup. `mood`: how the stand-in for tapi32 behaves. */
export function setup(words: string, mood = ''): Ran {
  return wine.run(program, words.split(' '), { TAPLINE_TEST_TELEPHONY: mood });
}

/** Runs tsp-setup as a user who is no administrator. */
export function setupAsLimitedUser(words: string): Ran {
  return wine.run(limitedUser, [`${windowsPath(program)} ${words}`]);
}

/** What status says, with the exit code. */
export function status(mood = '') {
  const { code, out } = setup('status --json', mood);
  return { code, ...JSON.parse(out) };
}

/** Puts a changed copy of the DLL into the system folder. */
export function placeLibrary(change: (image: Buffer) => void = () => undefined): void {
  const image = readFileSync(library);
  change(image);
  writeFileSync(dll, image);
}
