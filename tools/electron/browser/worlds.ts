import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PreloadOptions } from '../worlds/isolated-world.ts';

/** Name of the world of preloads, as the browser knows it. */
export const PRELOAD_WORLD = 'electron-preload';

/** The two bundles that run in pages; they lie beside the stand-in's own bundle. */
const bundle = (name: 'main-world' | 'isolated-world'): string =>
  readFileSync(join(__dirname, `${name}.js`), 'utf8');

const inTopFrame = (script: string): string => `if (globalThis === globalThis.top) { ${script} }`;

/** Script for a page's own world. */
export function mainWorldScript(key: string): string {
  return inTopFrame(`${bundle('main-world')}; world.openMainWorld(${JSON.stringify(key)});`);
}

/** Script for the isolated world; runs the preload at a path. */
export function isolatedWorldScript(options: PreloadOptions, preload: string | undefined): string {
  const code = preload === undefined ? '' : readFileSync(preload, 'utf8');
  const run = `(require, module, exports, process) => {${code}\n}`;
  return inTopFrame(
    `${bundle('isolated-world')}; world.openIsolatedWorld(${JSON.stringify(options)}, ${run});`,
  );
}
