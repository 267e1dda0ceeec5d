import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { windowsPath } from '../../tools/rig/wine.ts';
import { judgePipeRights } from '../../tools/verify-windows/pipe-rights.ts';
import { PrivatePrefix } from './support/private-prefix.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'out/wine/look-at-pipe.mjs');
const wine = new PrivatePrefix('private', []);

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'programs/look-at-pipe.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['koffi'],
    logLevel: 'warning',
  });
  wine.start();
}, 300_000);
afterAll(() => wine.stop());

// Wine keeps rights and shows them, but enforces none: that a second user is denied is for Windows to show.
it('the rights of the real pipe are read from outside, and are as they should be', () => {
  const file = join(mkdtempSync(join(root, 'out/wine/pipe-')), 'saw.json');
  expect(wine.runNode(script, [windowsPath(file)])).toBe(0);
  const { rights, gone } = JSON.parse(readFileSync(file, 'utf8')) as { rights: string; gone: string };
  const user = /^O:(S-1-5-21-[\d-]+)D:/.exec(rights)?.[1] ?? '';
  expect(judgePipeRights(rights, user)).toEqual([]);
  expect(gone).toBe('Error: the pipe cannot be opened (Windows error 2)');
});
