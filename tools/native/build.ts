/**
 * Builds native-shim: the TSP DLL, the test host and the programs for Windows, the same code as a shared object for
 * this machine, the unit tests and the fuzz target. Rebuilds only what is older than its sources.
 *
 *   node tools/native/build.ts [native|x64|x86|tests|fuzz|all]
 *
 * The Windows builds are judged by dll.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compile,
  linkFlags,
  root,
  selfContained,
  shimRoot,
  sourcesIn,
  tableFlags,
  toolPrefixes,
  type WindowsArchitecture,
  windowsFlags,
} from './compile.ts';
import { buildProbe, buildSetup } from './programs.ts';
import { compileResource, type Resource } from './resources.ts';

export { root, type WindowsArchitecture, warnings } from './compile.ts';

export interface NativeBuild {
  /** The provider as a shared object. */
  library: string;
  host: string;
}

export interface WindowsBuild {
  /** The provider, tapline.tsp. */
  library: string;
  host: string;
}

const providerResource: Resource = {
  file: 'tapline.tsp',
  kind: 'library',
  description: 'Tapline telephony provider',
};

const dllVersion = '-D_WIN32_WINNT=0x0601';
/** The host reads the precise clock, which Windows 8 brought. */
const hostVersion = ['-D_WIN32_WINNT=0x0602', '-D__USE_MINGW_ANSI_STDIO=1'];
export const sanitizers = [
  '-g',
  '-O1',
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover',
];

/** What of Windows the provider is linked with. */
export const windowsLibraries = ['-ladvapi32', '-luser32', '-lgdi32', '-lwtsapi32'];

/** The provider's sources for this kind of system. */
export async function providerSources(system: 'posix' | 'windows'): Promise<string[]> {
  const port = await sourcesIn('port', (name) => name.startsWith(system));
  const other = system === 'posix' ? 'windows-' : 'posix-';
  const ui = await sourcesIn('ui', (name) => !name.startsWith(other));
  return [...(await sourcesIn('shim')), ...ui, join(shimRoot, 'generated/wire.c'), ...port];
}

export async function hostSources(system: 'posix' | 'windows'): Promise<string[]> {
  const shared = ['shim/utf16.c', 'ui/dialog-data.c', `port/${system}.c`];
  return [...(await sourcesIn('host')), ...shared.map((file) => join(shimRoot, file))];
}

/** The unit tests' own sources. */
export async function unitTestSources(): Promise<string[]> {
  const ui = await sourcesIn('ui/tests', (name) => name.endsWith('-test.c'));
  return [...(await sourcesIn('tests')), ...ui];
}

/** The unit tests' sources: those of the provider and of the tests. */
export async function testSources(): Promise<string[]> {
  return [...(await unitTestSources()), ...(await providerSources('posix'))];
}

/** The folders of native-shim a program is made of; a change elsewhere does not rebuild it. */
export const providerFolders = ['shim', 'ui', 'port', 'posix', 'generated', 'wire'];
export const hostFolders = [...providerFolders, 'host'];

/** Builds the provider and the host for this machine into `outDir`: tapline.so and tsphost. */
export async function buildNative(outDir = join(root, 'out/native')): Promise<NativeBuild> {
  await mkdir(outDir, { recursive: true });
  const library = join(outDir, 'tapline.so');
  const host = join(outDir, 'tsphost');
  const common = ['-O2', '-g', '-D_GNU_SOURCE', '-pthread'];
  const shared = ['-fPIC', '-fvisibility=hidden', '-shared', '-Wl,--no-undefined'];
  await compile('gcc', library, providerFolders, async () => [
    ...common,
    ...shared,
    ...(await providerSources('posix')),
  ]);
  await compile('gcc', host, hostFolders, async () => [...common, ...(await hostSources('posix')), '-ldl']);
  return { library, host };
}

/** Builds tapline.tsp and tsphost.exe for Windows into `outDir`. */
export async function buildWindows(
  architecture: WindowsArchitecture,
  outDir = join(root, 'out', architecture),
): Promise<WindowsBuild> {
  await mkdir(outDir, { recursive: true });
  const compiler = `${toolPrefixes[architecture]}-gcc`;
  const library = join(outDir, 'tapline.tsp');
  const host = join(outDir, 'tsphost.exe');
  const headers = ['shim/telephony.h'];
  const libraryFront = { headers, flags: [...windowsFlags, ...tableFlags(architecture), dllVersion] };
  const hostFront = { headers, flags: [...windowsFlags, ...hostVersion] };
  await compile(
    compiler,
    library,
    providerFolders,
    async () => [
      '-shared',
      ...selfContained,
      ...(await providerSources('windows')),
      join(shimRoot, 'tapline.def'),
      await compileResource(architecture, library, providerResource),
      '-Wl,--enable-stdcall-fixup', // the .def has bare names, the x86 objects decorated ones
      ...linkFlags(architecture),
      ...windowsLibraries,
    ],
    libraryFront,
  );
  await compile(
    compiler,
    host,
    hostFolders,
    async () => [...selfContained, ...(await hostSources('windows')), ...linkFlags(architecture)],
    hostFront,
  );
  return { library, host };
}

/** Builds the C unit tests with the address and undefined-behaviour sanitizers; returns the program. */
export async function buildTests(outDir = join(root, 'out/tests')): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const program = join(outDir, 'shim-tests');
  await compile('gcc', program, [...providerFolders, 'tests', 'ui/tests'], async () => [
    ...sanitizers,
    ...['-D_GNU_SOURCE', '-pthread'],
    ...(await testSources()),
  ]);
  return program;
}

/** A clang of this machine: Debian names it by its version. */
function fuzzingCompiler(): string {
  const names = ['clang-14', 'clang-19', 'clang-18', 'clang-17', 'clang-16', 'clang-15', 'clang'];
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) throw new Error('there is no clang here: npm run setup brings it');
  return found;
}

/** Builds the fuzz target with libFuzzer and the sanitizers; returns the program. Its corpus is fuzz/corpus. */
export async function buildFuzz(outDir = join(root, 'out/fuzz')): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const program = join(outDir, 'shim-fuzz');
  const fuzzer = ['-g', '-O1', '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all'];
  await compile(fuzzingCompiler(), program, [...providerFolders, 'fuzz'], async () => [
    ...fuzzer,
    ...['-D_GNU_SOURCE', '-pthread'],
    ...(await sourcesIn('fuzz')),
    ...(await providerSources('posix')),
  ]);
  return program;
}

const targets: Record<string, () => Promise<unknown>> = {
  native: () => buildNative(),
  x64: async () => ({
    ...(await buildWindows('x64')),
    setup: await buildSetup(),
    probe: await buildProbe('x64'),
  }),
  x86: async () => ({ ...(await buildWindows('x86')), probe: await buildProbe('x86') }),
  tests: () => buildTests(),
  fuzz: () => buildFuzz(),
};

async function main(wanted: string): Promise<void> {
  const names = wanted === 'all' ? Object.keys(targets) : [wanted];
  for (const name of names) {
    const build = targets[name];
    if (build === undefined) {
      throw new Error(`unknown target ${name}; there are ${Object.keys(targets).join(', ')} and all`);
    }
    console.log(name, JSON.stringify(await build()));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv[2] ?? 'native');
}
