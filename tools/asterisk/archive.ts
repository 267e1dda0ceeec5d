/**
 * Debian's archive through a private apt: its own lists, its own status, nothing of the machine's changed, no root. The
 * mirror is the one of the machine's own package sources; signatures are checked with Debian's keyring.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/process.mjs';

/** Why an archive did not give a package. */
export type ArchiveFailure = 'notDebian' | 'notOnMirror' | 'unreachable' | 'signature' | 'apt';

/** An archive's refusal: which, and apt's own words. */
export class ArchiveError extends Error {
  readonly code: ArchiveFailure;

  constructor(code: ArchiveFailure, words: string) {
    super(words);
    this.name = 'ArchiveError';
    this.code = code;
  }
}

/** Debian's own name for the file; its suffix changed in 2025. */
const KEYRINGS = ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp'];
const KEYRING_FOLDER = '/usr/share/keyrings';
const LANGUAGE = { LC_ALL: 'C' };
/** Lines of apt's complaint that are worth telling. */
const WORDS = 3;

/**
 * The Debian mirror in `apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)|$(LABEL)'`, whatever way the sources are
 * written. Where the machine's lists were never fetched, origin and label stand there unfilled.
 */
export function mirrorIn(targets: string): string | undefined {
  const rows = targets
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => row.split('|'));
  const named = rows.find(([, origin, label]) => origin === 'Debian' && label === 'Debian');
  const unnamed = rows.find(([uri, origin]) => origin?.startsWith('$(') && !uri?.includes('security'));
  return (named ?? unnamed)?.[0];
}

/** How the machine reaches the network, of what `apt-config dump` prints: proxies above all. */
export function transportSettings(dump: string): string[] {
  return dump.split('\n').filter((line) => /^Acquire::(http|https|ftp|socks5h)::/i.test(line));
}

/** What apt's complaint means. */
export function failureOf(words: string): ArchiveFailure {
  if (/NO_PUBKEY|not signed|BADSIG|EXPKEYSIG|REVKEYSIG|invalid signature/i.test(words)) return 'signature';
  if (/404 |does not have a Release file|Unable to locate package|no installation candidate/i.test(words))
    return 'notOnMirror';
  if (
    /Could not resolve|Temporary failure|Could not connect|Connection (failed|refused|timed out)/i.test(words)
  )
    return 'unreachable';
  return 'apt';
}

/**
 * Downloads packages with all they need, as for an empty system, into `folder`.
 *
 * @param further architectures besides the machine's own, for packages like `wine32:i386`
 * @returns the downloaded files
 * @throws {ArchiveError}
 */
export async function download(
  suite: string,
  packages: readonly string[],
  folder: string,
  further: readonly string[] = [],
): Promise<string[]> {
  const targets = ['indextargets', '--format', '$(REPO_URI)|$(ORIGIN)|$(LABEL)', 'Created-By: Packages'];
  const mirror = mirrorIn((await run('apt-get', targets, { env: LANGUAGE })).stdout);
  const keyring = readdirSync(KEYRING_FOLDER).find((name) => KEYRINGS.includes(name));
  if (mirror === undefined || keyring === undefined) {
    throw new ArchiveError('notDebian', 'The package sources of this machine name no archive of Debian.');
  }
  const source = `deb [signed-by=${join(KEYRING_FOLDER, keyring)}] ${mirror} ${suite} main\n`;
  const configuration = await writeConfiguration(folder, source, further);
  await apt(configuration, ['update']);
  await apt(configuration, ['--yes', '--download-only', '--no-install-recommends', 'install', ...packages]);
  const archives = join(folder, 'cache/archives');
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

async function writeConfiguration(
  folder: string,
  source: string,
  further: readonly string[],
): Promise<string> {
  for (const part of ['etc', 'state/lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  // An empty status is an empty system: everything down to the C library comes along.
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'etc/sources.list'), source);
  const architecture = (await run('dpkg', ['--print-architecture'])).stdout.trim();
  const machine = (await run('apt-config', ['dump'], { env: LANGUAGE })).stdout;
  const file = join(folder, 'apt.conf');
  const settings = [
    ['Dir::Etc', join(folder, 'etc')],
    ['Dir::Etc::sourcelist', join(folder, 'etc/sources.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::Etc::parts', '/dev/null'],
    ['Dir::Etc::preferencesparts', '/dev/null'],
    ['Dir::State', join(folder, 'state')],
    ['Dir::State::status', join(folder, 'status')],
    ['Dir::Cache', join(folder, 'cache')],
    ['APT::Architecture', architecture],
    ['APT::Architectures', [architecture, ...further].join(',')],
    ['APT::Sandbox::User', ''],
    ['Acquire::Languages', 'none'],
    ['Acquire::Retries', '3'],
    // A mirror may lag behind. What is fetched is signed all the same, and no system is built from it.
    ['Acquire::Check-Valid-Until', 'false'],
    ['Debug::NoLocking', 'true'],
  ].map(([name, value]) => `${name} "${value}";`);
  writeFileSync(file, [...transportSettings(machine), ...settings, ''].join('\n'));
  return file;
}

async function apt(configuration: string, args: readonly string[]): Promise<void> {
  const env = { ...LANGUAGE, APT_CONFIG: configuration, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await run('apt-get', ['--quiet=2', ...args], { env });
  // apt-get update goes on without a suite that it could not fetch, and says so.
  if (result.code === 0 && !/^[EW]: /m.test(result.stderr)) return;
  const words = result.stderr.trim() || `apt-get ended with ${result.code}`;
  if (result.code === 0 && failureOf(words) === 'apt') return;
  throw new ArchiveError(failureOf(words), words.split('\n').slice(0, WORDS).join(' '));
}
