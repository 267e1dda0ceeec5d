/**
 * Looks into a built tapline.tsp: what Windows will find in it. Exports must be exactly those of tapline.def, without
 * decoration; imports must come from Windows alone; the image must be hardened.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, type WindowsArchitecture } from './build.ts';

const run = promisify(execFile);

/** Libraries every Windows has; nothing has to be shipped beside the provider. */
export const allowedImports = ['ADVAPI32.dll', 'KERNEL32.dll', 'msvcrt.dll'];

const hardening: Record<WindowsArchitecture, readonly string[]> = {
  x64: ['HIGH_ENTROPY_VA', 'DYNAMIC_BASE', 'NX_COMPAT'],
  x86: ['DYNAMIC_BASE', 'NX_COMPAT'],
};

export interface ImageFacts {
  exports: string[];
  imports: string[];
  characteristics: string[];
}

/** Reads the names out of what `objdump -p` prints about an image. */
export function parseImage(dump: string): ImageFacts {
  const table = dump.slice(dump.indexOf('[Ordinal/Name Pointer] Table'));
  return {
    exports: [...table.matchAll(/^\s+\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+)?(?:[0-9a-f]+\s+)?(\S+)\s*$/gm)]
      .map((match) => match[1] ?? '')
      .sort(),
    imports: [...dump.matchAll(/DLL Name: (\S+)/g)].map((match) => match[1] ?? '').sort(),
    characteristics: [...dump.matchAll(/^\s+([A-Z_]+)$/gm)].map((match) => match[1] ?? ''),
  };
}

/** The names tapline.def lists. */
export function parseDefinition(text: string): string[] {
  const names = text.slice(text.indexOf('EXPORTS') + 'EXPORTS'.length);
  return names.split(/\s+/).filter(Boolean).sort();
}

/** What is wrong with an image; empty when nothing is. */
export function judgeImage(
  facts: ImageFacts,
  expected: readonly string[],
  architecture: WindowsArchitecture,
): string[] {
  const problems: string[] = [];
  for (const name of facts.exports.filter((name) => !expected.includes(name))) {
    problems.push(`exports ${name}, which tapline.def does not list`);
  }
  for (const name of expected.filter((name) => !facts.exports.includes(name))) {
    problems.push(`does not export ${name}`);
  }
  for (const name of facts.imports.filter((name) => !allowedImports.includes(name))) {
    problems.push(`imports ${name}`);
  }
  for (const flag of hardening[architecture].filter((flag) => !facts.characteristics.includes(flag))) {
    problems.push(`is linked without ${flag}`);
  }
  return problems;
}

/** Inspects a built provider; the problems found. */
export async function inspect(library: string, architecture: WindowsArchitecture): Promise<string[]> {
  const definition = await readFile(join(root, 'native-shim/tapline.def'), 'utf8');
  const { stdout } = await run('objdump', ['-p', library]);
  return judgeImage(parseImage(stdout), parseDefinition(definition), architecture);
}
