/**
 * A Wine for programs of both word sizes, in a root of its own below out/. On a Debian of 64 bits Wine's half for
 * programs of 32 needs packages of a second architecture; a machine that has those locks every library to one version
 * of both, so it is not asked to: nothing of it is changed, and no root is needed.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveError, type ArchiveFailure, download } from '../asterisk/archive.ts';
import { exclusively } from '../setup/lock.mjs';
import { run } from '../setup/process.mjs';

const FOLDER = fileURLToPath(new URL('../../out/wine-x86/', import.meta.url));

/** Where it lies. */
export const WINE_X86_ROOT = join(FOLDER, 'root');

/** How it went. A machine or a mirror that does not give it is a result, not an accident. */
export type Brought =
  | { readonly ok: true; readonly fresh: boolean }
  | { readonly ok: false; readonly code: ArchiveFailure | 'unpacking'; readonly why: string };

/** The Debian this was tried with; the machine's own may be another. */
const SUITE = 'bookworm';
/** Besides Wine, what its scripts and enter.sh call. */
const PACKAGES = ['wine', 'wine64', 'wine32:i386', 'bash', 'coreutils', 'grep', 'mawk'];
/** Packages of the dependency tree that no program here opens anything of. */
const UNUSED = /^(perl|libperl|tzdata|debconf|base-)/;
/** `dpkg-deb -x` would unpack manuals and translations too. $1: package, $2: target. */
const UNPACK = `dpkg-deb --fsys-tarfile "$1" | tar x --no-same-owner -C "$2" ${['doc', 'man', 'locale']
  .map((name) => `--exclude=./usr/share/${name}`)
  .join(' ')}`;

/** Whether it is complete: it gets its place only then. */
export const wineX86Present = (): boolean => existsSync(WINE_X86_ROOT);

/** Brings it, unless it is there already: some 250 MB to download, 1.2 GB on the disk, a minute. */
export async function bringWineX86(): Promise<Brought> {
  if (wineX86Present()) return { ok: true, fresh: false };
  return exclusively(join(FOLDER, 'lock'), async () => {
    if (wineX86Present()) return { ok: true, fresh: false };
    try {
      await build();
      return { ok: true, fresh: true };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const code = error instanceof ArchiveError ? error.code : 'unpacking';
      return { ok: false, code, why: error.message };
    }
  });
}

async function build(): Promise<void> {
  const packages = join(FOLDER, 'packages');
  const root = join(FOLDER, 'unfinished');
  for (const folder of [packages, root]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const files = await download(SUITE, PACKAGES, packages, ['i386']);
  for (const file of files.filter((name) => !UNUSED.test(basename(name)))) {
    const { code, stderr } = await run('sh', ['-c', UNPACK, 'sh', file, root]);
    if (code !== 0) throw new Error(stderr.trim());
  }
  rmSync(packages, { recursive: true });
  finish(root);
  renameSync(root, WINE_X86_ROOT);
}

/** What the packages' own scripts do when they are installed. */
function finish(root: string): void {
  const programs = join(root, 'usr/bin');
  link(join(root, 'bin/sh'), 'bash');
  link(join(programs, 'awk'), 'mawk');
  for (const name of readdirSync(programs).filter((file) => file.endsWith('-stable'))) {
    link(join(programs, name.slice(0, -'-stable'.length)), name);
  }
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\n');
  stampLibraries(root);
}

function link(path: string, target: string): void {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

/** Wine loads a library of mingw only with the mark of its own libraries in the header: without zlib, no windows. */
function stampLibraries(root: string): void {
  const MARK = 'Wine builtin DLL';
  const MARK_AT = 64;
  for (const machine of ['x86_64', 'i686']) {
    const image = readFileSync(join(root, `usr/${machine}-w64-mingw32/lib/zlib1.dll`));
    image.fill(0, MARK_AT, MARK_AT + 2 * MARK.length);
    image.write(MARK, MARK_AT, 'latin1');
    const architecture = machine === 'i686' ? 'i386' : machine;
    for (const library of ['x86_64', 'i386']) {
      const folder = join(root, `usr/lib/${library}-linux-gnu/wine/${architecture}-windows`);
      if (existsSync(folder)) writeFileSync(join(folder, 'zlib1.dll'), image);
    }
  }
}
