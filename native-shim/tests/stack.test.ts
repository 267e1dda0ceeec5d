import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { exportedNames } from '../../tools/generate/definition.ts';
import { root } from '../../tools/native/build.ts';
import { toolPrefixes, windowsFlags } from '../../tools/native/compile.ts';

const run = promisify(execFile);

/** The bytes of arguments of each function, as host/arguments.c lists them from the TSPI reference. */
async function listed(): Promise<Map<string, number>> {
  const source = await readFile(join(root, 'native-shim/host/arguments.c'), 'utf8');
  return new Map(
    [...source.matchAll(/\{"(\w+)", (\d+)\}/g)].map(([, name = '', size]) => [name, Number(size)]),
  );
}

/** Refers to every function of the table as the headers declare it; a definition that differs does not compile. */
const PROGRAM = `#include "shim/telephony.h"
#define REFER(name, call, address, line) (void *)name,
void *const functions[] = {TAPLINE_EXPORTS(REFER) TAPLINE_UI_EXPORTS(REFER)};
`;

/** The same as the compiler for x86 decorates the functions: the callee takes so many bytes off the stack. */
async function compiled(): Promise<Map<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'tapline-stack-'));
  const source = join(folder, 'functions.c');
  const object = join(folder, 'functions.o');
  await writeFile(source, PROGRAM);
  const parameters = [...windowsFlags, '-I', join(root, 'native-shim'), '-c', source, '-o', object];
  await run(`${toolPrefixes.x86}-gcc`, parameters);
  const { stdout } = await run(`${toolPrefixes.x86}-nm`, ['--undefined-only', object]);
  await rm(folder, { recursive: true });
  const decorated = [...stdout.matchAll(/ U _((?:TUISPI|TSPI)_\w+)@(\d+)$/gm)];
  return new Map(decorated.map(([, name = '', size]) => [name, Number(size)]));
}

test('each function takes the arguments of the reference, on x86', async () => {
  const names = exportedNames(await readFile(join(root, 'native-shim/shim/exports.h'), 'utf8'));
  const reference = await listed();
  const real = await compiled();
  for (const name of names) expect([name, real.get(name)]).toEqual([name, reference.get(name)]);
}, 120_000);
