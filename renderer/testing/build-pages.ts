import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type WindowKind, windowKinds } from '../../contract/renderer-api.ts';

const renderer = join(import.meta.dirname, '..');

/** Builds one page's script and style sheet as the application does. */
async function buildPage(kind: WindowKind, folder: string): Promise<void> {
  await build({
    entryPoints: { page: join(renderer, kind, 'page.tsx') },
    outdir: join(folder, kind),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome140',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}

/** Builds every page, and the double of the bridge, into a new temporary folder. */
export async function buildPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tapline-pages-'));
  await Promise.all(windowKinds.map((kind) => buildPage(kind, folder)));
  await build({
    entryPoints: [join(import.meta.dirname, 'fake-bridge.ts')],
    outfile: join(folder, 'fake-bridge.js'),
    bundle: true,
    format: 'iife',
    logLevel: 'error',
  });
  return folder;
}

export const indexHtml = (kind: WindowKind): string => join(renderer, kind, 'index.html');
