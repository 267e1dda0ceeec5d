/** The image of this place. */
import { expect, test } from 'vitest';
import { buildWindows } from '../../tools/native/build.ts';
import { inspect } from '../../tools/native/inspect.ts';
import { PLACE } from './place.ts';

test('the provider exports what it should, needs nothing but Windows, and is hardened', async () => {
  if (PLACE === 'native') throw new Error('only Windows has this image');
  const { library } = await buildWindows(PLACE);
  expect(await inspect(library, PLACE)).toEqual([]);
}, 180_000);
