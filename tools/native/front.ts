/** What stands in front of every source of a build that only tests use. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, shimRoot } from './compile.ts';

/**
 * A header of several, read once and not for each source: Windows' own are longer than most sources behind them.
 * @param included paths within native-shim, in their order
 * @returns the path to compile with `-include`
 */
export async function precompiled(
  compiler: string,
  outDir: string,
  included: readonly string[],
  folders: readonly string[],
  flags: readonly string[],
): Promise<string> {
  const header = join(outDir, 'front.h');
  await writeFile(header, included.map((path) => `#include "${join(shimRoot, path)}"\n`).join(''));
  await compile(compiler, `${header}.gch`, folders, async () => [...flags, '-x', 'c-header', header]);
  return header;
}
