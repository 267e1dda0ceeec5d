/**
 * The static analysers of native-shim, and what each of them is asked: clang-tidy (native-shim/.clang-tidy), cppcheck
 * (native-shim/cppcheck-suppressions.txt) and gcc -fanalyzer, for the code of this system and for that of Windows.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, shimRoot, sourcesIn, toolPrefixes, windowsFlags } from './compile.ts';

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
const RELEASE = '-DTAPLINE_VERSION="0.0.0"';
const common = ['-std=c11', RELEASE];

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

/** Without optimisation: what the compiler has simplified, its analyser no longer sees. */
function analyzer(system: System, file: string): Analysis {
  const compiler = system === 'windows' ? `${toolPrefixes.x64}-gcc` : 'gcc';
  const asked = ['-fanalyzer', '-Werror', '-c', '-o', '/dev/null'];
  const command = [compiler, ...asked, ...common, ...flags[system], '-O0', file] as const;
  return { analyser: 'gcc', system, files: [file], command: [...command] };
}

function cppcheck(system: System, files: readonly string[]): Analysis {
  const asked = ['--quiet', '--std=c11', '--inline-suppr', '--inconclusive', '--error-exitcode=1', RELEASE];
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

/**
 * What is analysed: all C code that ships, the test host and the stand-ins, each file for the system it is built for. The
 * unit tests are left to the sanitizers they run under: a test that goes on after a failed check may fall, and then fails.
 */
export async function ownAnalyses(): Promise<Analysis[]> {
  const of = (prefix: string) => (name: string) => name.startsWith(prefix);
  const shared = await Promise.all(['shim', 'generated', 'host'].map((folder) => sourcesIn(folder)));
  const ui = await sourcesIn('ui', (name) => !of('windows-')(name));
  const programs = ['setup', 'setup/tests/tapi32', 'setup/tests/limited-user', 'probe', 'probe/tests/tapi32'];
  const windows = await Promise.all(programs.map((folder) => sourcesIn(folder)));
  return analysesOf({
    posix: [...shared.flat(), ...ui, ...(await sourcesIn('port', of('posix')))],
    windows: [
      ...(await sourcesIn('port', of('windows'))),
      ...(await sourcesIn('ui', of('windows-'))),
      ...(await sourcesIn('ui/tests', of('uihost'))),
      ...windows.flat(),
    ],
  });
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
