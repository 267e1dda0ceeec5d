/**
 * Compiling native-shim: the compilers, their flags, and when something is built again. build.ts and programs.ts say
 * what is built.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const shimRoot = join(root, 'native-shim');

export type WindowsArchitecture = 'x64' | 'x86';

/** What each architecture's mingw-w64 programs are called: `<prefix>-gcc`, `<prefix>-windres`. */
export const toolPrefixes: Record<WindowsArchitecture, string> = {
  x64: 'x86_64-w64-mingw32',
  x86: 'i686-w64-mingw32',
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

export const windowsFlags = ['-O2', '-DUNICODE', '-D_UNICODE', '-DTAPI_CURRENT_VERSION=0x00030001'];

/**
 * On x86 Windows finds exception handlers on the stack: tables for unwinding are for C++ and debuggers, and were a
 * seventh of the DLL. On x64 they are part of what Windows prescribes.
 */
export function tableFlags(architecture: WindowsArchitecture): string[] {
  return architecture === 'x86' ? ['-fno-unwind-tables', '-fno-asynchronous-unwind-tables'] : [];
}

/** Nothing of a toolchain has to be shipped, and no symbol or name of a temporary file stays in the image. */
export const selfContained = ['-static', '-static-libgcc', '-s'];

/**
 * Hardening, and what makes two builds of the same sources the same bytes. Left alone, the linker writes the time into
 * an image and, into a DLL, a base address made from the name of the output file.
 */
export function linkFlags(architecture: WindowsArchitecture): string[] {
  const flags = ['--dynamicbase', '--nxcompat', '--no-insert-timestamp', '--disable-auto-image-base'];
  if (architecture === 'x64') flags.push('--high-entropy-va');
  return flags.map((flag) => `-Wl,${flag}`);
}

/** The release, as package.json has it. */
export async function releaseVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The C files of a folder of native-shim, in the order of their names. */
export async function sourcesIn(
  folder: string,
  keep: (name: string) => boolean = () => true,
): Promise<string[]> {
  const names = await readdir(join(shimRoot, folder));
  return names
    .filter((name) => name.endsWith('.c') && keep(name))
    .sort()
    .map((name) => join(shimRoot, folder, name));
}

async function newestInput(folders: readonly string[]): Promise<number> {
  const tools = await readdir(import.meta.dirname);
  const own = tools.filter((name) => /^(build|compile|programs|resources)\.ts$/.test(name));
  const inputs = own.map((name) => join(import.meta.dirname, name));
  inputs.push(join(root, 'package.json'), join(shimRoot, 'tapline.def'));
  for (const folder of folders) {
    const names = await readdir(join(shimRoot, folder));
    const wanted = names.filter((name) => /\.[ch]$/.test(name));
    inputs.push(...wanted.map((name) => join(shimRoot, folder, name)));
  }
  const times = await Promise.all(inputs.map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(...times);
}

/** Whether an output is newer than everything it is made from. */
async function isCurrent(output: string, folders: readonly string[]): Promise<boolean> {
  try {
    return (await stat(output)).mtimeMs > (await newestInput(folders));
  } catch {
    return false;
  }
}

/** What stands in front of every source. Windows' headers are longer than most sources behind them: read once. */
export interface Front {
  /** Paths within native-shim, in their order. */
  readonly headers: readonly string[];
  /** Those the sources are compiled with: the compiler takes what it has read with no others. */
  readonly flags: readonly string[];
}

/**
 * Compiles and links, unless the output is newer than everything in `folders`; `parameters` is asked only when it is
 * not. Throws with the compiler's words.
 */
export async function compile(
  compiler: string,
  output: string,
  folders: readonly string[],
  parameters: () => Promise<readonly string[]>,
  front?: Front,
): Promise<void> {
  if (await isCurrent(output, folders)) return;
  const release = `-DTAPLINE_VERSION="${await releaseVersion()}"`;
  const common = [...warnings, release];
  const folder = await mkdtemp(`${output}.`);
  try {
    const included = front === undefined ? [] : await precompile(compiler, folder, common, front);
    await replace(compiler, output, [...common, ...included, ...(await parameters())]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Has the compiler read the headers. @returns the options that use it */
async function precompile(
  compiler: string,
  folder: string,
  common: readonly string[],
  { headers, flags }: Front,
): Promise<string[]> {
  const header = join(folder, 'front.h');
  await writeFile(header, headers.map((path) => `#include "${join(shimRoot, path)}"\n`).join(''));
  await replace(compiler, `${header}.gch`, [...common, ...flags, '-x', 'c-header', header]);
  return [...flags, '-include', header];
}

/** Runs a compiler that writes to `-o`, and puts the output in its place in one step: another process may load it. */
export async function replace(
  compiler: string,
  output: string,
  parameters: readonly string[],
): Promise<void> {
  const unfinished = `${output}.${randomUUID()}`;
  try {
    await run(compiler, [...parameters, '-o', unfinished]);
    await rename(unfinished, output);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { stderr } = error as { stderr?: string };
    throw new Error(`${compiler} could not build ${output}:\n${stderr || String(error)}`);
  }
}
