import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'out/stand-in');

const common: BuildOptions = { bundle: true, logLevel: 'warning' };
const world: BuildOptions = {
  ...common,
  platform: 'browser',
  format: 'iife',
  globalName: 'world',
  target: 'chrome120',
};

/**
 * Bundles the stand-in: the script that is required before an application's main script, on Linux or under Wine, and
 * beside it the two that run in pages.
 * @returns the script to require
 */
export async function bundleStandIn(): Promise<string> {
  const script = join(folder, 'stand-in.cjs');
  await Promise.all([
    build({
      ...common,
      entryPoints: [join(import.meta.dirname, 'module/index.ts')],
      outfile: script,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      // Refusals name the class of what was asked for.
      keepNames: true,
    }),
    ...['main-world', 'isolated-world'].map((name) =>
      build({
        ...world,
        entryPoints: [join(import.meta.dirname, `worlds/${name}.ts`)],
        outfile: join(folder, `${name}.js`),
      }),
    ),
  ]);
  return script;
}
