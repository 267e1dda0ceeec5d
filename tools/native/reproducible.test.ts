import { expect, test } from 'vitest';
import { firstDifference } from './reproducible.ts';

test.each([
  ['the same', [1, 2, 3], [1, 2, 3], undefined],
  ['another byte', [1, 2, 3], [1, 9, 3], 1],
  ['longer', [1, 2], [1, 2, 3], 2],
  ['shorter', [1, 2, 3], [1, 2], 2],
  ['empty', [], [1], 0],
])('two images are compared: %s', (_, one, other, at) => {
  expect(firstDifference(Uint8Array.from(one), Uint8Array.from(other))).toBe(at);
});
