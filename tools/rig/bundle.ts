import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles the headless companion into one script, which starts faster than its many sources. Native packages stay
 * outside: they are found in the project's node_modules, for Linux and for Windows.
 * @returns the script to start
 */
export async function bundleCompanion(): Promise<string> {
  const script = join(root, 'out/headless/headless.mjs');
  await build({
    entryPoints: [join(root, 'headless/main.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['koffi', '@napi-rs/keyring'],
    // Packages that are CommonJS inside call require, which a module does not have.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return script;
}
