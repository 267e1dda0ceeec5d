// Debian's package tool: which packages exist, how large they are, and installing them.

import { fileURLToPath } from 'node:url';
import { run, tail } from './process.mjs';
import { SetupError } from './report.mjs';

/** Answers are read by programs here, so they have to come in one language. */
const ENVIRONMENT = { LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' };

/** Another apt may be at work on a machine that has just started. Seconds. */
const LOCK_TIMEOUT = 300;

/** Keeps the services that packages bring from starting. */
const WITHOUT_SERVICES = fileURLToPath(new URL('./without-services.sh', import.meta.url));

/**
 * Reads `apt-cache policy`: the names that have a version to install.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function parsePolicy(text) {
  const found = new Set();
  let name = '';
  for (const line of text.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading) name = heading[1];
    const candidate = /^ {2}Candidate: (\S+)/.exec(line);
    if (candidate && candidate[1] !== '(none)') found.add(name);
  }
  return found;
}

/**
 * Reads the sizes that `apt-get install` announces, as it writes them (`113 MB`).
 *
 * @param {string} text
 * @returns {{ download: string, disk: string } | undefined} undefined when it announced none
 */
export function parseSizes(text) {
  const download = /^Need to get ([\d.,]+ \w+)/m.exec(text)?.[1];
  const disk = /^After this operation, ([\d.,]+ \w+) of additional disk space/m.exec(text)?.[1];
  return download && disk ? { download, disk } : undefined;
}

/**
 * Takes for each group the first alternative whose packages all exist.
 *
 * @param {import('./system.d.mts').SystemGroup[]} groups
 * @param {Set<string>} existing
 * @returns {{ group: import('./system.d.mts').SystemGroup, packages: string[] | undefined }[]}
 *   packages is undefined where no alternative exists
 */
export function choosePackages(groups, existing) {
  return groups.map((group) => ({
    group,
    packages: group.packages.find((alternative) => alternative.every((name) => existing.has(name))),
  }));
}

/**
 * Asks apt which of these packages it knows.
 *
 * @param {string[]} names
 * @returns {Promise<Set<string>>}
 */
export async function existingPackages(names) {
  const result = await run('apt-cache', ['policy', ...names], { env: ENVIRONMENT });
  return result.code === 0 ? parsePolicy(result.stdout) : new Set();
}

/**
 * The size of these packages with all they need, as apt would install them now.
 *
 * @param {string[]} packages
 * @returns {Promise<{ download: string, disk: string } | undefined>}
 */
export async function sizeOf(packages) {
  const args = ['install', '--no-install-recommends', '--assume-no', '-o', 'Debug::NoLocking=1', ...packages];
  return parseSizes((await run('apt-get', args, { env: ENVIRONMENT })).stdout);
}

/**
 * Fetches the package lists.
 *
 * @param {{ sudo: boolean }} how
 * @returns {Promise<void>}
 * @throws {SetupError} when apt fails
 */
export async function updateLists({ sudo }) {
  await apt(['update'], sudo, 'The package lists could not be fetched.');
}

/**
 * Installs packages. Lists that are out of date (the archive no longer has a version) are fetched
 * anew, once.
 *
 * @param {string[]} packages
 * @param {{ sudo: boolean, services: string[] }} how services: those of the packages; they neither start nor
 *   stay enabled
 * @returns {Promise<void>}
 * @throws {SetupError} when apt fails
 */
export async function installPackages(packages, { sudo, services }) {
  const args = ['install', '--yes', '--no-install-recommends', ...packages];
  const what = 'System packages could not be installed.';
  try {
    await apt(args, sudo, what, services);
  } catch (error) {
    if (!/404|Unable to fetch|Unable to locate|no installation candidate/.test(error.detail ?? ''))
      throw error;
    await updateLists({ sudo });
    await apt(args, sudo, what, services);
  }
}

async function apt(args, sudo, what, services = []) {
  const command = ['apt-get', '-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT}`, ...args];
  if (services.length > 0) command.unshift('sh', WITHOUT_SERVICES, services.join(' '));
  // sudo drops the environment, so the answers that apt needs are set on its command line.
  if (sudo)
    command.unshift('sudo', 'env', ...Object.entries(ENVIRONMENT).map(([key, value]) => `${key}=${value}`));
  const result = await run(command[0], command.slice(1), { env: ENVIRONMENT, askable: sudo });
  if (result.code === 0) return;
  throw new SetupError({
    what,
    why: `"apt-get ${args.join(' ')}" ended with ${result.code}.`,
    advice: 'Check the network and the package sources, then run "npm run setup" again.',
    detail: tail(`${result.stdout}\n${result.stderr}`),
  });
}
