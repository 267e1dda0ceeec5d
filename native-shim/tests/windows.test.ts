import { describe, expect, test } from 'vitest';
import { buildWindows } from '../../tools/native/build.ts';
import { inspect } from '../../tools/native/inspect.ts';

describe.each(['x64', 'x86'] as const)('the provider for Windows %s', (architecture) => {
  test('builds without a warning, exports what it should, and needs nothing but Windows', async () => {
    const { library } = await buildWindows(architecture);
    expect(await inspect(library, architecture)).toEqual([]);
  }, 180_000);
});
