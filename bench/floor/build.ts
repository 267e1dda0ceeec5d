import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { root, warnings } from '../../tools/native/build.ts';
import type { Where } from '../../tools/rig/companion-process.ts';

const run = promisify(execFile);

/** The two programs that stand in for companion and shim. */
export type FloorPrograms = { readonly peer: string; readonly client: string };

/** Builds both into out/bench. */
export async function buildFloor(where: Where): Promise<FloorPrograms> {
  const folder = join(root, 'out/bench');
  await mkdir(folder, { recursive: true });
  const peer = join(folder, 'peer.mjs');
  const entryPoints = [join(import.meta.dirname, 'peer.ts')];
  await build({ entryPoints, outfile: peer, platform: 'node', target: 'node22', format: 'esm' });
  const windows = where === 'wine';
  const client = join(folder, windows ? 'pipe-client.exe' : 'pipe-client');
  const [compiler, flags] = windows
    ? ['x86_64-w64-mingw32-gcc', ['-D__USE_MINGW_ANSI_STDIO=1', '-static', '-static-libgcc']]
    : ['gcc', ['-D_GNU_SOURCE']];
  const source = join(import.meta.dirname, 'pipe-client.c');
  await run(compiler, [...warnings, '-O2', ...flags, source, '-o', client]);
  return { peer, client };
}
