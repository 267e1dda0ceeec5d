import { join } from 'node:path';
import { build } from 'esbuild';
import type { ApplicationOptions } from '../application.ts';
import { type LaunchedApplication, launch } from '../launch.ts';

const fixture = join(import.meta.dirname, 'fixture');
const out = join(import.meta.dirname, '../../../out/stand-in/fixture');

/** Builds the small application of the tests and launches it. `attempts` name things for it to try. */
export async function launchFixture(
  options: Partial<ApplicationOptions> & { readonly attempts?: readonly string[] } = {},
): Promise<LaunchedApplication> {
  const { attempts = [], ...rest } = options;
  await build({
    entryPoints: ['main', 'preload'].map((name) => join(fixture, `${name}.ts`)),
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['electron'],
    logLevel: 'warning',
  });
  const args = attempts.map((attempt) => `--try=${attempt}`);
  return launch({ main: join(out, 'main.cjs'), appPath: fixture, where: 'native', args, ...rest });
}
