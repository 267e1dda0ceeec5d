/** Builds the C unit tests for Windows: without the sanitizers, which its compiler does not have. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { providerFolders, providerSources, unitTestSources, windowsLibraries } from './build.ts';
import {
  compile,
  linkFlags,
  root,
  selfContained,
  toolPrefixes,
  type WindowsArchitecture,
  windowsFlags,
} from './compile.ts';

const folders = [...providerFolders, 'tests', 'ui/tests'];

/** @returns the program */
export async function buildWindowsTests(architecture: WindowsArchitecture): Promise<string> {
  const outDir = join(root, 'out/tests', architecture);
  await mkdir(outDir, { recursive: true });
  const compiler = `${toolPrefixes[architecture]}-gcc`;
  const program = join(outDir, 'shim-tests.exe');
  const headers = ['shim/telephony.h'];
  const flags = [...windowsFlags, '-O0', '-D_WIN32_WINNT=0x0601', '-D__USE_MINGW_ANSI_STDIO=1'];
  await compile(
    compiler,
    program,
    folders,
    async () => [
      ...selfContained,
      ...(await unitTestSources()),
      ...(await providerSources('windows')),
      ...linkFlags(architecture),
      ...windowsLibraries,
    ],
    { headers, flags },
  );
  return program;
}
