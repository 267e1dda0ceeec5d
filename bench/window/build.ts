import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { type BuiltApp, buildApp } from '../../tools/app/build.ts';

/** The project's folder: that of the application's package.json. */
export const appPath = join(import.meta.dirname, '../..');
const folder = join(appPath, 'out/bench/app');

let built: Promise<BuiltApp> | undefined;

/** The application as it is delivered, built once. */
export const builtApp = (): Promise<BuiltApp> => (built ??= buildApp(folder));

/** A main script that does nothing: what is left is the stand-in and Node. */
export async function emptyMain(): Promise<string> {
  const script = join(dirname((await builtApp()).main), 'empty-main.cjs');
  await writeFile(script, "'use strict';\nrequire('electron');\n");
  return script;
}

/** The application's main script with the flood inside (flood.ts). */
export async function floodedMain(): Promise<string> {
  const outfile = join(dirname((await builtApp()).main), 'flooded-main.cjs');
  await build({
    ...mainOptions,
    entryPoints: [join(appPath, 'main/index.ts')],
    inject: [join(import.meta.dirname, 'flood.ts')],
    outfile,
  });
  return outfile;
}

const mainOptions: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['electron', 'koffi', '@napi-rs/keyring'],
  define: { 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
};
