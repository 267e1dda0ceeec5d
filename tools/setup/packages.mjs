// npm packages: a folder's node_modules as its lock file says, and a note of it for the next run.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { matchesLock, planPackages } from './plan.mjs';
import { run, tail } from './process.mjs';
import { SetupError, step } from './report.mjs';

const NOTE = 'node_modules/.tapline-setup';

/**
 * Tells what is to be done about a folder's packages.
 *
 * @param {string} folder holds package.json and package-lock.json
 * @param {{ platform: string, arch: string }} [machine] the system the packages are for
 * @returns {'ready' | 'adopt' | 'install'}
 * @throws {SetupError} when there is no lock file
 */
export function packagesState(folder, machine = process) {
  return planPackages({
    stamp: readText(join(folder, NOTE)),
    fingerprint: fingerprint(folder, machine),
    matches: () =>
      matchesLock(
        readJson(join(folder, 'package-lock.json')),
        readJson(join(folder, 'node_modules/.package-lock.json')),
        machine,
      ),
  });
}

/**
 * Brings a folder's packages to what its lock file says, with no package's script run.
 *
 * @param {object} what
 * @param {string} what.folder
 * @param {string} what.title for the person
 * @param {{ platform: string, arch: string }} [what.machine] the system the packages are for
 * @param {string} [what.nodeFolder] the folder of the Node that runs npm; the running one by default
 * @returns {Promise<void>}
 * @throws {SetupError} when npm fails
 */
export async function ensurePackages({
  folder,
  title,
  machine = process,
  nodeFolder = dirname(process.execPath),
}) {
  const state = packagesState(folder, machine);
  if (state === 'ready') return;
  if (state === 'install') await step(title, () => install(folder, machine, nodeFolder));
  writeNote(folder, fingerprint(folder, machine));
}

async function install(folder, machine, nodeFolder) {
  // NODE_ENV=production or a personal setting would leave out the compiler and the test runner.
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--include=dev', '--include=optional'];
  args.push('--no-audit', '--no-fund', '--no-progress', '--loglevel=error');
  if (machine.platform !== process.platform || machine.arch !== process.arch) {
    // npm refuses packages for another system unless it is forced, even when that system is named.
    args.push(`--os=${machine.platform}`, `--cpu=${machine.arch}`, '--force');
  }
  const npm = npmCommand();
  const result = await run(npm.command, [...npm.args, ...args], {
    cwd: folder,
    env: { PATH: `${nodeFolder}${delimiter}${process.env.PATH ?? ''}` },
    shell: npm.shell,
  });
  if (result.code === 0) return;
  throw new SetupError({
    what: 'The npm packages could not be installed.',
    why: npmReason(result),
    advice: npmAdvice(result),
    detail: tail(`${result.stdout}\n${result.stderr}`.replace(/^npm error +at .*\n/gm, '')),
  });
}

function npmCommand() {
  // Set when npm itself started set-up: the same npm again, whatever PATH says.
  const script = process.env['npm_execpath'];
  if (script && basename(script) === 'npm-cli.js') {
    return { command: process.execPath, args: [script], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function npmReason({ code, stderr }) {
  if (code === 127) return 'There is no npm on the PATH.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH/.test(stderr)) {
    return 'The package registry cannot be reached.';
  }
  if (/EINTEGRITY/.test(stderr)) return 'A package differs from what the lock file expects.';
  if (/ENOSPC/.test(stderr)) return 'The disk is full.';
  if (/EACCES|EPERM/.test(stderr)) return 'A file or folder cannot be written.';
  return `"npm ci" ended with ${code}.`;
}

function npmAdvice({ code, stderr }) {
  if (code === 127) return 'Install npm (it comes with Node), then run "npm run setup" again.';
  if (/EACCES|EPERM/.test(stderr)) return 'Make the project folder yours, then run "npm run setup" again.';
  if (/ENOSPC/.test(stderr)) return 'Free about 2 GB, then run "npm run setup" again.';
  return 'Check the network, a proxy and npm\'s own settings ("npm config list"), then run "npm run setup" again.';
}

function fingerprint(folder, { platform, arch }) {
  const file = join(folder, 'package-lock.json');
  const lock = readText(file);
  if (lock === undefined) {
    throw new SetupError({
      what: 'The lock file is missing.',
      why: `${file} cannot be read.`,
      advice: 'Restore it from version control.',
    });
  }
  return `${createHash('sha256').update(lock).digest('hex')} ${platform}-${arch}`;
}

function writeNote(folder, text) {
  const file = join(folder, NOTE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
