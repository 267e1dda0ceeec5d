import { expect, test } from 'vitest';
import { judgeImage, parseDefinition, parseImage } from './inspect.ts';

const dump = `
DllCharacteristics	00000160
					HIGH_ENTROPY_VA
					DYNAMIC_BASE
					NX_COMPAT
	DLL Name: KERNEL32.dll
	DLL Name: msvcrt.dll
[Ordinal/Name Pointer] Table
	[   0] TSPI_lineClose
	[   1] TSPI_lineOpen
`;

test('an image is read: exports, imports, hardening', () => {
  const facts = parseImage(dump);
  expect(facts.exports).toEqual(['TSPI_lineClose', 'TSPI_lineOpen']);
  expect(facts.imports).toEqual(['KERNEL32.dll', 'msvcrt.dll']);
  expect(judgeImage(facts, ['TSPI_lineClose', 'TSPI_lineOpen'], 'x64')).toEqual([]);
});

test('each kind of fault is named', () => {
  const facts = parseImage(
    dump.replace('TSPI_lineOpen', 'TSPI_lineOpen@20').replace('msvcrt', 'libgcc_s_dw2-1'),
  );
  expect(judgeImage(facts, ['TSPI_lineClose', 'TSPI_lineOpen'], 'x64')).toEqual([
    'exports TSPI_lineOpen@20, which tapline.def does not list',
    'does not export TSPI_lineOpen',
    'imports libgcc_s_dw2-1.dll',
  ]);
  const soft = parseImage(dump.replace('NX_COMPAT', ''));
  expect(judgeImage(soft, ['TSPI_lineClose', 'TSPI_lineOpen'], 'x86')).toEqual([
    'is linked without NX_COMPAT',
  ]);
});

test('a program has no exports, and may import what it is allowed besides', () => {
  const program = dump.slice(0, dump.indexOf('[Ordinal')).replace('msvcrt.dll', 'TAPI32.dll');
  const facts = parseImage(program);
  expect(facts.exports).toEqual([]);
  expect(judgeImage(facts, [], 'x64', ['TAPI32.dll'])).toEqual([]);
  expect(judgeImage(facts, [], 'x64')).toEqual(['imports TAPI32.dll']);
});

test('the definition file is read', () => {
  expect(parseDefinition('LIBRARY tapline.tsp\nEXPORTS\n    B\n    A\n')).toEqual(['A', 'B']);
});
