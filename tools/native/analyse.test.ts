import { expect, it } from 'vitest';
import { unreasoned } from './analyse.ts';

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
