import { expect, test } from 'vitest';
import { resourceScript } from './resources.ts';

const library = { file: 'tapline.tsp', kind: 'library', description: 'A provider' } as const;

test('a library carries its version in numbers and in words, and a manifest for its dialogs alone', () => {
  const script = resourceScript(library, '1.20.3');
  expect(script).toContain('FILEVERSION 1,20,3,0\nPRODUCTVERSION 1,20,3,0\n');
  expect(script).toContain('VALUE "OriginalFilename", "tapline.tsp"');
  expect(script).toContain('FILETYPE 2');
  expect(script.match(/^\d+ 24$/gm)).toEqual(['3 24']);
  expect(script).toContain('name=""Microsoft.Windows.Common-Controls""');
});

test('a program tells Windows that it runs with the rights it is given', () => {
  const script = resourceScript({ ...library, kind: 'program' }, '1.20.3');
  expect(script).toContain('FILETYPE 1');
  expect(script.match(/^\d+ 24$/gm)).toEqual(['1 24']);
  expect(script).toContain('requestedExecutionLevel level=""asInvoker""');
});

test('a release that is not three numbers is refused', () => {
  expect(() => resourceScript(library, '1.0.0-beta')).toThrow('1.0.0-beta');
});
