/** Builds relay.exe, which lets a test outside of Wine play the companion of a shim inside. Nothing of it ships. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compile,
  linkFlags,
  root,
  selfContained,
  sourcesIn,
  toolPrefixes,
  type WindowsArchitecture,
  windowsFlags,
} from './compile.ts';

/** Builds it into `outDir`. @returns the program */
export async function buildRelay(
  architecture: WindowsArchitecture,
  outDir = join(root, 'out', architecture),
): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const output = join(outDir, 'relay.exe');
  await compile(`${toolPrefixes[architecture]}-gcc`, output, ['tests/relay'], async () => [
    ...windowsFlags,
    '-D_WIN32_WINNT=0x0602',
    ...selfContained,
    ...(await sourcesIn('tests/relay')),
    ...linkFlags(architecture),
    ...['-lws2_32', '-ladvapi32'],
  ]);
  return output;
}
