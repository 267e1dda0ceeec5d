/**
 * Builds deliberately wrong providers for tests (native-shim/tests/wrong): everything once, and each fault
 * linked to it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../conformance/statement.ts';
import { providerFolders, providerSources, windowsLibraries } from './build.ts';
import {
  compile,
  linkFlags,
  root,
  selfContained,
  shimRoot,
  sourcesIn,
  toolPrefixes,
  type WindowsArchitecture,
  windowsFlags,
} from './compile.ts';

const folder = join(shimRoot, 'tests/wrong');
const inputs = [...providerFolders, 'tests/wrong'];

/** What alone is compiled once for each fault. */
const FAULT_FILE = 'fault.c';

/** Each name of the enumeration in faults.h, without FAULT_ and its right provider. */
export async function faults(): Promise<string[]> {
  const header = await readFile(join(folder, 'faults.h'), 'utf8');
  const names = [...header.matchAll(/^ {4}FAULT_(\w+),/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== 'NONE');
}

interface Toolchain {
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly sources: readonly string[];
  readonly suffix: string;
}

async function toolchain(where: Place): Promise<Toolchain> {
  if (where === 'native') {
    const flags = ['-O1', '-g', '-D_GNU_SOURCE', '-pthread', '-fPIC', '-fvisibility=hidden'];
    return { compiler: 'gcc', flags, sources: await providerSources('posix'), suffix: 'so' };
  }
  return {
    compiler: `${toolPrefixes[where]}-gcc`,
    flags: [...windowsFlags, '-O0', '-D_WIN32_WINNT=0x0601'],
    sources: await providerSources('windows'),
    suffix: 'tsp',
  };
}

/** The provider's list of exports with TSPI_lineSwapHold as the fault has it. */
async function definition(fault: string, outDir: string): Promise<string> {
  const text = await readFile(join(shimRoot, 'tapline.def'), 'utf8');
  const name = 'TSPI_lineSwapHold';
  const written: Record<string, string> = { EXPORT_MISSING: '', EXPORT_DECORATED: `${name}@12=${name}` };
  const path = join(outDir, `${fault}.def`);
  await writeFile(path, text.replace(name, written[fault] ?? name));
  return path;
}

const linkedForWindows = async (
  fault: string,
  architecture: WindowsArchitecture,
  outDir: string,
): Promise<string[]> => [
  ...selfContained,
  await definition(fault, outDir),
  '-Wl,--enable-stdcall-fixup',
  ...linkFlags(architecture),
  ...windowsLibraries,
];

/** Builds the provider with one fault of faults.h. @returns the library */
export async function buildWrong(fault: string, where: Place): Promise<string> {
  const outDir = join(root, 'out/wrong', where);
  await mkdir(outDir, { recursive: true });
  const tools = await toolchain(where);
  const right = join(outDir, 'right.o');
  const library = join(outDir, `${fault}.${tools.suffix}`);
  const headers = ['tests/wrong/faults.h', 'shim/telephony.h'];
  const sources = [...tools.sources, ...(await sourcesIn('tests/wrong', (name) => name !== FAULT_FILE))];
  await compile(tools.compiler, right, inputs, async () => ['-r', ...sources], {
    headers,
    flags: tools.flags,
  });
  await compile(tools.compiler, library, inputs, async () => [
    ...tools.flags,
    `-DFAULT=FAULT_${fault}`,
    ...(fault.startsWith('EXPORT_') && where === 'native' ? ['-DFAULT_WITHOUT_SWAPHOLD'] : []),
    ...['-shared', right, join(folder, FAULT_FILE)],
    ...(where === 'native' ? [] : await linkedForWindows(fault, where, outDir)),
  ]);
  return library;
}
