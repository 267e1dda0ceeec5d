import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { startWindowsNode, startWine, windowsPath } from '../../tools/rig/wine.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'out/wine/watch-network.mjs');

beforeAll(async () => {
  startWine();
  await build({
    entryPoints: [join(import.meta.dirname, 'programs/watch-network.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['koffi'],
    logLevel: 'warning',
  });
});

it.each(['open', 'closed'])(
  'a watch of the network that is left %s hears of a change and lets the process end',
  async (how) => {
    const folder = mkdtempSync(join(root, 'out/wine/network-'));
    const told = join(folder, 'told.txt');
    const child = startWindowsNode(script, [how, windowsPath(told)], join(folder, 'log.txt'));
    const [code] = await once(child, 'exit');
    expect(readFileSync(told, 'utf8').trim().split(/\s*\n/)).toEqual(['watching', 'changed', 'exit 0']);
    expect(code).toBe(0);
    rmSync(folder, { recursive: true });
  },
);
