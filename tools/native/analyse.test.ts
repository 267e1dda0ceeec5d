import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unreasoned } from './analyse.ts';
import { analysedFiles } from './analysers.ts';
import { root } from './compile.ts';

it('looks at all C code of the repository but the planted faults', async () => {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.c'];
  const names = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\0');
  const wanted = names.filter((name) => name.endsWith('.c') && !name.startsWith('tools/native/planted/'));
  const { posix, windows } = await analysedFiles();
  const paths = wanted.map((name) => join(root, name)).filter((path) => existsSync(path));
  expect([...new Set([...posix, ...windows])].sort()).toEqual(paths.sort());
});

it('looks at each file as it is for its systems', async () => {
  const files = await analysedFiles();
  const systemsOf = (path: string) =>
    (['posix', 'windows'] as const).filter((system) => files[system].includes(join(root, path)));
  expect(systemsOf('native-shim/shim/frame.c')).toEqual(['posix']);
  expect(systemsOf('native-shim/tests/relay/relay.c')).toEqual(['windows']);
  expect(systemsOf('native-shim/tests/state-folder.c')).toEqual(['posix', 'windows']);
});

it.each([
  '/* NOLINTNEXTLINE(bugprone-branch-clone): their order counts. */',
  'call(); /* NOLINT(cert-err34-c,bugprone-branch-clone): the text was checked. */',
  '/* cppcheck-suppress nullPointer ; the check above ends the test */',
  'an ordinary line',
])('takes a suppression that says why: %s', (line) => {
  expect(unreasoned('a.c', line)).toEqual([]);
});

it.each([
  '/* NOLINT */',
  '/* NOLINT: because */',
  '/* NOLINTNEXTLINE(bugprone-branch-clone) */',
  '/* NOLINTBEGIN(bugprone-branch-clone): a whole region */',
  '/* cppcheck-suppress nullPointer */',
  '/* cppcheck-suppress[nullPointer] ; too many */',
])('names the place of one that does not: %s', (line) => {
  expect(unreasoned('a.c', `\n${line}\n`)).toEqual(['a.c:2']);
});
