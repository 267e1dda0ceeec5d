import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type WindowKind, windowKinds } from '../../contract/renderer-api.ts';

const root = join(import.meta.dirname, '../..');

/** The application as Electron starts it. */
export const APP_FOLDER = join(root, 'out/app');

export type BuiltApp = {
  /** The main process: one script. The demo PBX lies beside it and is read when somebody asks for the demo. */
  readonly main: string;
  readonly preload: string;
  /** Folder with a folder for each page. */
  readonly pages: string;
  /** The pages that were built. */
  readonly kinds: readonly WindowKind[];
};

/** Loaded by Electron or found in node_modules at run time: natives and Electron itself. */
const external = ['electron', 'koffi', '@napi-rs/keyring'];

const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  // The oldest Node this runs in: the Windows one that tests use. Electron's is newer.
  target: 'node22',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external,
  // A CommonJS script knows its folder by another name, and reads its neighbours at once from an archive too.
  define: { 'import.meta.dirname': '__dirname' },
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
};

const DEMO = 'simulator.cjs';

/** The simulator is a script of its own: a companion that serves a real PBX never reads it. */
const simulatorApart: Plugin = {
  name: 'simulator apart',
  setup(builder) {
    builder.onResolve({ filter: /\/simulator\/simulator\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${DEMO}`, external: true } : undefined,
    );
  },
};

/**
 * Builds the application from nothing: main process, preload, pages and icons. A page that has no source is left out. It
 * is built beside its folder and put there when it is complete, so that nobody ever starts half of one.
 * @param folder inside the project, where the native modules are found
 * @param further plugins for the main process, where it is to run on something that is no Windows
 */
export async function buildApp(
  folder: string = APP_FOLDER,
  further: readonly Plugin[] = [],
): Promise<BuiltApp> {
  const beside = `${folder}.${randomUUID()}`;
  const kinds = windowKinds.filter((kind) => existsSync(join(root, 'renderer', kind, 'page.tsx')));
  await mkdir(beside, { recursive: true });
  await Promise.all([
    build({
      ...node,
      entryPoints: [join(root, 'main/index.ts')],
      outfile: join(beside, 'main.cjs'),
      plugins: [simulatorApart, ...further],
    }),
    build({ ...node, entryPoints: [join(root, 'simulator/simulator.ts')], outfile: join(beside, DEMO) }),
    // The sandbox gives a preload one script, and of Node's modules almost none.
    build({
      ...node,
      platform: 'browser',
      entryPoints: [join(root, 'main/preload.ts')],
      outfile: join(beside, 'preload.cjs'),
      external: ['electron'],
    }),
    ...kinds.map((kind) => buildPage(kind, join(beside, 'pages', kind))),
    cp(join(root, 'build/icons'), join(beside, 'icons'), { recursive: true }),
  ]);
  await replace(folder, beside);
  return {
    main: join(folder, 'main.cjs'),
    preload: join(folder, 'preload.cjs'),
    pages: join(folder, 'pages'),
    kinds,
  };
}

async function replace(folder: string, by: string): Promise<void> {
  const old = `${by}.old`;
  await rename(folder, old).catch(() => undefined);
  await rename(by, folder);
  await rm(old, { recursive: true, force: true });
}

async function buildPage(kind: WindowKind, folder: string): Promise<void> {
  const source = join(root, 'renderer', kind);
  await mkdir(folder, { recursive: true });
  // A page without a style of its own still links one.
  await writeFile(join(folder, 'page.css'), '');
  await cp(join(source, 'index.html'), join(folder, 'index.html'));
  await build({
    entryPoints: [join(source, 'page.tsx')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    platform: 'browser',
    // Electron 45's Chromium and the one that tests drive are both newer.
    target: 'chrome140',
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
}

if (import.meta.main) {
  const { main, kinds } = await buildApp();
  console.log(`${main}, with the pages ${kinds.join(', ') || 'none'}`);
}
