/**
 * The static analysers of the C code, and what each of them is asked: clang-tidy (native-shim/.clang-tidy), cppcheck
 * (native-shim/cppcheck-suppressions.txt) and gcc -fanalyzer, for the code of this system and for that of Windows.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replace, root, shimRoot, toolPrefixes, windowsFlags } from './compile.ts';

/** The system a file is analysed for: it decides which headers there are. */
export type System = 'posix' | 'windows';

/** One run of one analyser. A clean one ends with 0 and says nothing. */
export interface Analysis {
  readonly analyser: 'clang-tidy' | 'cppcheck' | 'gcc';
  readonly system: System;
  readonly files: readonly string[];
  readonly command: readonly [program: string, ...args: string[]];
}

const VERSIONS = ['-14', '-19', '-18', '-17', '-16', '-15', ''];
/** What a build says of itself: its release, and the fault of a wrong provider. */
const BUILD = ['-DTAPLINE_VERSION="0.0.0"', '-DFAULT=FAULT_NONE'];
const common = ['-std=c11', ...BUILD];

/** What a compiler is told beside its warnings; the highest Windows of all programs, so that one set does for all. */
const flags: Readonly<Record<System, readonly string[]>> = {
  posix: ['-D_GNU_SOURCE'],
  windows: [...windowsFlags, '-D_WIN32_WINNT=0x0A00', '-D__USE_MINGW_ANSI_STDIO=1', '-municode'],
};

/** cppcheck reads no compiler's headers: it knows the functions of these libraries instead. */
const platforms: Readonly<Record<System, readonly string[]>> = {
  posix: ['--platform=unix64', '--library=posix,gnu', '-D__linux__', '-D__x86_64__'],
  windows: ['--platform=win64', '--library=windows', '-D_WIN32', '-D_WIN64', '-DUNICODE', '-D__x86_64__'],
};

const mingw = [`--target=${toolPrefixes.x64}`, '-isystem', `/usr/${toolPrefixes.x64}/include`];

/** clang-tidy of this machine: Debian names it by its version. */
function clangTidy(): string {
  const names = VERSIONS.map((version) => `clang-tidy${version}`);
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) throw new Error('there is no clang-tidy here: npm run setup brings it');
  return found;
}

/** One file a run: with several, clang-tidy 14 forgets what va_start does. */
function tidy(program: string, system: System, file: string): Analysis {
  const config = `--config-file=${join(shimRoot, '.clang-tidy')}`;
  const target = system === 'windows' ? mingw : [];
  const command = [program, '--quiet', config, file, '--', ...target, ...common, ...flags[system]] as const;
  return { analyser: 'clang-tidy', system, files: [file], command: [...command] };
}

const gcc: Readonly<Record<System, string>> = { posix: 'gcc', windows: `${toolPrefixes.x64}-gcc` };

/** Without optimisation: what the compiler has simplified, its analyser no longer sees. */
const gccFlags = (system: System) => ['-fanalyzer', '-Werror', ...common, ...flags[system], '-O0'];

/** What gcc has read of Windows' headers: they are longer than most files behind them. */
const windowsHeaders = join(root, 'out/analyse/telephony.h');

/** Has gcc read Windows' headers, once for all analyses. */
export async function readWindowsHeaders(): Promise<void> {
  await mkdir(dirname(windowsHeaders), { recursive: true });
  const header = join(shimRoot, 'shim/telephony.h');
  await replace(gcc.windows, `${windowsHeaders}.gch`, [...gccFlags('windows'), '-x', 'c-header', header]);
}

function analyzer(system: System, file: string): Analysis {
  const front = system === 'windows' ? ['-include', windowsHeaders] : [];
  const command = [gcc[system], ...gccFlags(system), ...front, '-c', '-o', '/dev/null', file] as const;
  return { analyser: 'gcc', system, files: [file], command: [...command] };
}

function cppcheck(system: System, files: readonly string[]): Analysis {
  const asked = ['--quiet', '--std=c11', '--inline-suppr', '--inconclusive', '--error-exitcode=1', ...BUILD];
  const kinds = '--enable=warning,style,performance,portability';
  const suppressions = `--suppressions-list=${join(shimRoot, 'cppcheck-suppressions.txt')}`;
  const command = ['cppcheck', ...asked, kinds, suppressions, ...platforms[system], ...files] as const;
  return { analyser: 'cppcheck', system, files, command: [...command] };
}

/** Everything that is asked about these files. */
function analysesOf(files: Readonly<Record<System, readonly string[]>>): Analysis[] {
  const program = clangTidy();
  return (['posix', 'windows'] as const).flatMap((system) => [
    cppcheck(system, files[system]),
    ...files[system].flatMap((file) => [tidy(program, system, file), analyzer(system, file)]),
  ]);
}

/** The folders with C code, and what of it is for Windows alone. */
const FOLDERS = ['native-shim', 'bench'];
const WINDOWS_ONLY =
  /^native-shim\/(?:setup\/|probe\/|tests\/relay\/|port\/windows|ui\/windows|ui\/tests\/uihost)/;

/** A part of the code that is there on Windows only, or everywhere else. */
const FORKED = /^#\s*(?:el)?if.*\b_WIN32\b/m;

/** All C files with this ending, from the root of the repository, in the order of their names. */
export async function cFiles(ending: '.c' | '.h'): Promise<string[]> {
  const names = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((name) => `${folder}/${name}`),
    ),
  );
  return names
    .flat()
    .filter((name) => name.endsWith(ending))
    .sort();
}

/**
 * All C code of the repository, each file for the system it is built for. What is built for both is asked about on this
 * one, and on Windows too where it forks.
 */
export async function analysedFiles(): Promise<Record<System, string[]>> {
  const files: Record<System, string[]> = { posix: [], windows: [] };
  for (const name of await cFiles('.c')) {
    const file = join(root, name);
    const isWindows = WINDOWS_ONLY.test(name);
    if (!isWindows) files.posix.push(file);
    if (isWindows || FORKED.test(await readFile(file, 'utf8'))) files.windows.push(file);
  }
  return files;
}

/** What is asked about all C code of the repository. */
export async function ownAnalyses(): Promise<Analysis[]> {
  return analysesOf(await analysedFiles());
}

/** One analysis for each analyser and system, each of a file with a fault that analyser has to find. */
export function plantedAnalyses(): Analysis[] {
  const planted = ['clang-tidy', 'cppcheck', 'gcc'].map((name) =>
    join(root, 'tools/native/planted', `${name}.c`),
  );
  return analysesOf({ posix: planted, windows: planted }).flatMap((analysis) => {
    const own = analysis.files.filter((file) => file.endsWith(`/${analysis.analyser}.c`));
    return own.length === 0 ? [] : [analysis];
  });
}
