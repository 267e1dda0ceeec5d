/**
 * Builds native-shim: the TSP DLL and the test host for Windows, the same code as a shared object for this machine,
 * the unit tests and the fuzz target. Rebuilds only what is older than its sources.
 *
 *   node tools/native/build.ts [native|x64|x86|tests|fuzz|all]
 *
 * The Windows builds are judged by inspect.ts in native-shim/tests/windows.test.ts.
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../', import.meta.url));
const shimRoot = join(root, 'native-shim');

export type WindowsArchitecture = 'x64' | 'x86';

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

const compilers: Record<WindowsArchitecture, string> = {
  x64: 'x86_64-w64-mingw32-gcc',
  x86: 'i686-w64-mingw32-gcc',
};

/** Warnings, all of them errors; signs are left out because TAPI mixes LONG and DWORD by design. */
export const warnings = [
  '-std=c11',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wformat=2',
  '-Wshadow',
  '-Wstrict-prototypes',
  '-Wmissing-prototypes',
  '-Wconversion',
  '-Wno-sign-conversion',
];

const windowsFlags = ['-O2', '-DUNICODE', '-D_UNICODE', '-DTAPI_CURRENT_VERSION=0x00030001'];
const dllVersion = '-D_WIN32_WINNT=0x0601';
/** The host reads the precise clock, which Windows 8 brought. */
const hostVersion = ['-D_WIN32_WINNT=0x0602', '-D__USE_MINGW_ANSI_STDIO=1'];
const sanitizers = [
  '-g',
  '-O1',
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover',
];

async function releaseFlag(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return `-DTAPLINE_VERSION="${version}"`;
}

async function sourcesIn(folder: string, keep: (name: string) => boolean = () => true): Promise<string[]> {
  const names = await readdir(join(shimRoot, folder));
  return names
    .filter((name) => name.endsWith('.c') && keep(name))
    .sort()
    .map((name) => join(shimRoot, folder, name));
}

/** The provider's sources for this kind of system. */
export async function providerSources(system: 'posix' | 'windows'): Promise<string[]> {
  const port = await sourcesIn('port', (name) => name.startsWith(system));
  return [...(await sourcesIn('shim')), join(shimRoot, 'generated/wire.c'), ...port];
}

async function hostSources(system: 'posix' | 'windows'): Promise<string[]> {
  const shared = [join(shimRoot, 'shim/utf16.c'), join(shimRoot, `port/${system}.c`)];
  return [...(await sourcesIn('host')), ...shared];
}

/** The unit tests' sources: those of the provider and of the tests. */
export async function testSources(): Promise<string[]> {
  return [...(await sourcesIn('tests')), ...(await providerSources('posix'))];
}

/** The folders of native-shim a program is made of; a change elsewhere does not rebuild it. */
const providerFolders = ['shim', 'port', 'posix', 'generated', 'wire'];
const hostFolders = [...providerFolders, 'host'];

async function newestInput(folders: readonly string[]): Promise<number> {
  const inputs = [fileURLToPath(import.meta.url), join(root, 'package.json'), join(shimRoot, 'tapline.def')];
  for (const folder of folders) {
    const names = await readdir(join(shimRoot, folder));
    inputs.push(...names.filter((name) => /\.[ch]$/.test(name)).map((name) => join(shimRoot, folder, name)));
  }
  const times = await Promise.all(inputs.map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(...times);
}

async function isCurrent(output: string, folders: readonly string[]): Promise<boolean> {
  try {
    return (await stat(output)).mtimeMs > (await newestInput(folders));
  } catch {
    return false;
  }
}

/** Compiles and links, unless the output is newer than everything in `folders`. Throws with the compiler's words. */
async function compile(
  compiler: string,
  output: string,
  folders: readonly string[],
  parameters: string[],
): Promise<void> {
  if (await isCurrent(output, folders)) {
    return;
  }
  // Another process may load the output at this moment: it is replaced in one step.
  const unfinished = `${output}.${randomUUID()}`;
  try {
    await run(compiler, [...warnings, await releaseFlag(), ...parameters, '-o', unfinished]);
    await rename(unfinished, output);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { stderr } = error as { stderr?: string };
    throw new Error(`${compiler} could not build ${output}:\n${stderr || String(error)}`);
  }
}

/** Builds the provider and the host for this machine into `outDir`: tapline.so and tsphost. */
export async function buildNative(outDir = join(root, 'out/native')): Promise<NativeBuild> {
  await mkdir(outDir, { recursive: true });
  const library = join(outDir, 'tapline.so');
  const host = join(outDir, 'tsphost');
  const common = ['-O2', '-g', '-D_GNU_SOURCE', '-pthread'];
  const shared = ['-fPIC', '-fvisibility=hidden', '-shared', '-Wl,--no-undefined'];
  await compile('gcc', library, providerFolders, [...common, ...shared, ...(await providerSources('posix'))]);
  await compile('gcc', host, hostFolders, [...common, ...(await hostSources('posix')), '-ldl']);
  return { library, host };
}

/** Builds tapline.tsp and tsphost.exe for Windows into `outDir`. */
export async function buildWindows(
  architecture: WindowsArchitecture,
  outDir = join(root, 'out', architecture),
): Promise<WindowsBuild> {
  await mkdir(outDir, { recursive: true });
  const compiler = compilers[architecture];
  const library = join(outDir, 'tapline.tsp');
  const host = join(outDir, 'tsphost.exe');
  const hardening = ['-Wl,--dynamicbase', '-Wl,--nxcompat', '-Wl,--no-insert-timestamp'];
  if (architecture === 'x64') {
    hardening.push('-Wl,--high-entropy-va');
  }
  await compile(compiler, library, providerFolders, [
    ...windowsFlags,
    dllVersion,
    ...['-shared', '-static', '-static-libgcc', '-s'],
    ...(await providerSources('windows')),
    join(shimRoot, 'tapline.def'),
    '-Wl,--enable-stdcall-fixup', // the .def has bare names, the x86 objects decorated ones
    ...hardening,
    '-ladvapi32',
  ]);
  await compile(compiler, host, hostFolders, [
    ...windowsFlags,
    ...hostVersion,
    ...['-static', '-static-libgcc', '-s'],
    ...(await hostSources('windows')),
    ...hardening,
  ]);
  return { library, host };
}

/** Builds the C unit tests with the address and undefined-behaviour sanitizers; returns the program. */
export async function buildTests(outDir = join(root, 'out/tests')): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const program = join(outDir, 'shim-tests');
  const sources = await testSources();
  await compile(
    'gcc',
    program,
    [...providerFolders, 'tests'],
    [...sanitizers, '-D_GNU_SOURCE', '-pthread', ...sources],
  );
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
  const sources = [...(await sourcesIn('fuzz')), ...(await providerSources('posix'))];
  const fuzzer = ['-g', '-O1', '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all'];
  await compile(
    fuzzingCompiler(),
    program,
    [...providerFolders, 'fuzz'],
    [...fuzzer, '-D_GNU_SOURCE', '-pthread', ...sources],
  );
  return program;
}

const targets: Record<string, () => Promise<unknown>> = {
  native: () => buildNative(),
  x64: () => buildWindows('x64'),
  x86: () => buildWindows('x86'),
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
