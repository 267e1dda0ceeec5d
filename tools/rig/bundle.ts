import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Lets any process connect as a shim: see any-process.ts. */
export const anyProcess: Plugin = {
  name: 'any process',
  setup({ onResolve }) {
    onResolve({ filter: /\/telephony-process\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'any-process.ts'),
    }));
  },
};

/**
 * Bundles the headless companion into one script, which starts faster than its many sources. Native packages stay
 * outside: they are found in the project's node_modules, for Linux and for Windows.
 * @param serves who may connect to it on Windows: the telephony service, or, where Wine has none, any process
 * @returns the script to start
 */
export async function bundleCompanion(
  serves: 'telephony service' | 'any process' = 'telephony service',
): Promise<string> {
  const isAnyone = serves === 'any process';
  const script = join(root, isAnyone ? 'out/headless/headless-open.mjs' : 'out/headless/headless.mjs');
  await build({
    entryPoints: [join(root, 'headless/main.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['koffi', '@napi-rs/keyring'],
    plugins: isAnyone ? [anyProcess] : [],
    // Packages that are CommonJS inside call require, which a module does not have.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return script;
}
