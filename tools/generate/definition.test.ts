import { expect, test } from 'vitest';
import { emitDefinition, exportedNames } from './definition.ts';

const table =
  '#define TABLE(EXPORT) \\\n    EXPORT(TSPI_lineOpen, 0, 0, 0) \\\n    EXPORT(TSPI_lineDrop, X, 0, 0)\n';

test('the definition lists what the table lists, in its order', () => {
  expect(exportedNames(table)).toEqual(['TSPI_lineOpen', 'TSPI_lineDrop']);
  expect(emitDefinition(table)).toMatch(/EXPORTS\n {4}TSPI_lineOpen\n {4}TSPI_lineDrop\n$/);
});

test('a function listed twice, or none at all, is refused', () => {
  expect(() => exportedNames(table.replace('lineDrop', 'lineOpen'))).toThrow('TSPI_lineOpen twice');
  expect(() => emitDefinition('')).toThrow('no function');
});
