/**
 * Looks into a built image: what Windows will find in it. The provider's exports must be exactly those of tapline.def,
 * without decoration, a program has none; imports must come from Windows alone; the image must be hardened.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { root, type WindowsArchitecture } from './build.ts';

const run = promisify(execFile);

/** Libraries every Windows has; nothing has to be shipped beside the provider. */
export const allowedImports = [
  'ADVAPI32.dll',
  'GDI32.dll',
  'KERNEL32.dll',
  'USER32.dll',
  'WTSAPI32.dll',
  'msvcrt.dll',
];

/** What a program may import beyond that. tsp-setup loads tapi32 itself, from the system folder alone. */
const furtherImports: Readonly<Record<string, readonly string[]>> = { 'lineprobe.exe': ['TAPI32.dll'] };

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
  const start = dump.indexOf('[Ordinal/Name Pointer] Table');
  const table = start < 0 ? '' : dump.slice(start);
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
  further: readonly string[] = [],
): string[] {
  const problems: string[] = [];
  for (const name of facts.exports.filter((name) => !expected.includes(name))) {
    problems.push(`exports ${name}, which tapline.def does not list`);
  }
  for (const name of expected.filter((name) => !facts.exports.includes(name))) {
    problems.push(`does not export ${name}`);
  }
  for (const name of facts.imports.filter((name) => ![...allowedImports, ...further].includes(name))) {
    problems.push(`imports ${name}`);
  }
  for (const flag of hardening[architecture].filter((flag) => !facts.characteristics.includes(flag))) {
    problems.push(`is linked without ${flag}`);
  }
  return problems;
}

/** Inspects a built provider, or a program; the problems found. */
export async function inspect(image: string, architecture: WindowsArchitecture): Promise<string[]> {
  const definition = await readFile(join(root, 'native-shim/tapline.def'), 'utf8');
  const { stdout } = await run('objdump', ['-p', image]);
  const expected = image.endsWith('.tsp') ? parseDefinition(definition) : [];
  return judgeImage(parseImage(stdout), expected, architecture, furtherImports[basename(image)]);
}
