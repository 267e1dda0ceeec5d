/** Fetches a release of Asterisk into the project's cache: neither root nor an installation is needed. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exclusively } from '../setup/lock.mjs';
import { run } from '../setup/process.mjs';
import { ArchiveError, type ArchiveFailure, download } from './archive.ts';
import { CACHE, installations, layout, STAMP } from './installation.ts';
import type { Release } from './releases.ts';

/** How it went with one release. A machine or mirror that does not give it is a result, not an accident. */
export type Fetched =
  | { readonly release: Release; readonly ok: true; readonly version: string; readonly fresh: boolean }
  | { readonly release: Release; readonly ok: false; readonly code: FetchFailure; readonly why: string };

export type FetchFailure = ArchiveFailure | 'doesNotRun';

/** Packages of the dependency tree that the running program opens nothing of: 60 MB less to unpack. */
const UNUSED =
  /^(perl|libperl|python3|libpython|gnupg|gpg|dirmngr|pinentry|tzdata|debconf|passwd|login|libpam|base-|adduser|openssl_|libldap-common|pci\.ids|libsemanage|libsepol|libc-gconv-modules-extra|asterisk-config_)/;
const UNUSED_FOLDERS = ['doc', 'man', 'locale', 'lintian'];

/** `dpkg-deb -x` would unpack manuals and translations too. $1: package, $2: target. */
const UNPACK = `dpkg-deb --fsys-tarfile "$1" | tar x --no-same-owner -C "$2" ${UNUSED_FOLDERS.map(
  (name) => `--exclude=./usr/share/${name}`,
).join(' ')}`;

/**
 * Brings a release, unless it is there already. About 10 s and 30 MB of download, 150 MB of disk.
 *
 * @param cache where releases are kept
 */
export async function fetchRelease(release: Release, cache = CACHE): Promise<Fetched> {
  const present = installed(release, cache);
  if (present) return { release, ok: true, version: present.version, fresh: false };
  return exclusively(join(cache, `${release.major}.lock`), async () => {
    const meanwhile = installed(release, cache);
    if (meanwhile) return { release, ok: true, version: meanwhile.version, fresh: false };
    const folder = join(cache, String(release.major));
    rmSync(folder, { recursive: true, force: true });
    try {
      return { release, ok: true, version: await build(release, folder), fresh: true };
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      if (!(error instanceof Error)) throw error;
      const code = error instanceof ArchiveError ? error.code : 'doesNotRun';
      return { release, ok: false, code, why: error.message };
    }
  });
}

const installed = (release: Release, cache: string) =>
  installations(cache).find(({ major }) => major === release.major);

async function build({ suite }: Release, folder: string): Promise<string> {
  const packages = join(folder, 'packages');
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const files = await download(suite, ['asterisk'], packages);
  for (const file of files.filter((name) => !UNUSED.test(basename(name)))) {
    const { code, stderr } = await run('sh', ['-c', UNPACK, 'sh', file, root]);
    if (code !== 0) throw new Error(stderr.trim());
  }
  rmSync(packages, { recursive: true });
  linkSounds(join(root, 'usr/share/asterisk/sounds'));
  const parts = layout(folder);
  const { code, stdout, stderr } = await run(parts.program, [...parts.arguments, '-V']);
  const version = /^Asterisk (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (code !== 0 || version === undefined) throw new Error(stderr.trim() || 'The program does not start.');
  const stamp = join(folder, STAMP);
  writeFileSync(`${stamp}.new`, JSON.stringify({ version }));
  renameSync(`${stamp}.new`, stamp);
  return version;
}

/** The package's own script makes this link; the prompts of transfers are looked for there. */
function linkSounds(folder: string): void {
  const english = readdirSync(folder).find((name) => /^en_US_f_/.test(name));
  if (english !== undefined && !readdirSync(folder).includes('en')) symlinkSync(english, join(folder, 'en'));
}
