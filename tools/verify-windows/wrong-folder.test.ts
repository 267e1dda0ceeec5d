import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liesInWrongFolder } from './wrong-folder.ts';

let folder = '';
let system = '';
let system32Bit = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-folders-'));
  system = join(folder, 'System32');
  system32Bit = join(folder, 'SysWOW64');
  for (const made of [system, system32Bit]) mkdirSync(made);
  writeFileSync(join(system, 'tapline.tsp'), 'the DLL');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A service that finds the DLL in some of the two folders, and keeps what it has loaded until it stops. */
function service(...folders: readonly string[]) {
  let loaded: boolean | undefined;
  return {
    system,
    system32Bit,
    stop: () => {
      loaded = undefined;
    },
    shows: async () => {
      loaded ??= folders.some((one) => existsSync(join(one, 'tapline.tsp')));
      return loaded;
    },
  };
}

test('the lines are gone while it lies there, and back afterwards', async () => {
  await liesInWrongFolder(service(system));
  expect(existsSync(join(system, 'tapline.tsp'))).toBe(true);
  expect(existsSync(join(system32Bit, 'tapline.tsp'))).toBe(false);
});

test.each([
  ['a service that loads it from there', () => service(system, system32Bit), 'loaded the DLL from there'],
  ['lines that do not come back', () => service(), 'the lines are gone'],
  [
    'a program that fails meanwhile',
    () => ({ ...service(system), shows: () => Promise.reject(new Error('lineInitializeEx')) }),
    'lineInitializeEx',
  ],
])('%s is a failure, and the DLL is back in its place', async (_, made, problem) => {
  await expect(liesInWrongFolder(made())).rejects.toThrow(problem);
  expect(existsSync(join(system, 'tapline.tsp'))).toBe(true);
  expect(existsSync(join(system32Bit, 'tapline.tsp'))).toBe(false);
});

test('a file that lies there already is touched by nobody', async () => {
  writeFileSync(join(system32Bit, 'tapline.tsp'), 'another one');
  await expect(liesInWrongFolder(service(system))).rejects.toThrow('already');
  expect(existsSync(join(system32Bit, 'tapline.tsp'))).toBe(true);
});
