import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { WindowKind } from '../../contract/renderer-api.ts';
import { appPath, builtApp } from './build.ts';

/** Bytes of the application's scripts. */
export type PageSizes = {
  /** Gzipped, by window. */
  readonly pages: readonly { readonly kind: WindowKind; readonly gzipped: number }[];
  /** Gzipped: a page that shows one empty paragraph, which needs all of React and ReactDOM. */
  readonly reactAlone: number;
  readonly main: number;
  readonly preload: number;
};

const LEVEL = 9;

/** Builds the application as it is delivered, and a page of React alone with the same tools. */
export async function measurePageSizes(): Promise<PageSizes> {
  const { main, preload, pages, kinds } = await builtApp();
  const gzipped = (script: Uint8Array): number => gzipSync(script, { level: LEVEL }).length;
  return {
    pages: kinds.map((kind) => ({ kind, gzipped: gzipped(readFileSync(join(pages, kind, 'page.js'))) })),
    reactAlone: gzipped(await reactAlone()),
    main: statSync(main).size,
    preload: statSync(preload).size,
  };
}

async function reactAlone(): Promise<Uint8Array> {
  const contents = `
    import { createRoot } from 'react-dom/client';
    createRoot(document.getElementById('root')).render(<p />);`;
  const { outputFiles } = await build({
    stdin: { contents, loader: 'tsx', resolveDir: appPath },
    write: false,
    bundle: true,
    platform: 'browser',
    target: 'chrome140',
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const [script] = outputFiles;
  if (!script) throw new Error('esbuild made no page of React alone');
  return script.contents;
}
