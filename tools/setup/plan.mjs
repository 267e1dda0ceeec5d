// What set-up decides, as plain functions of what was found. Nothing here looks at the machine.

/** The oldest Node the project runs on. */
export const MINIMUM_NODE = '22.12.0';

/** Node from here on runs TypeScript files without a flag. Between 23.0 and 23.5 it still needs one. */
const STRIPS_TYPES = { 22: '22.18.0', 23: '23.6.0' };

/**
 * Reads a version such as `v22.12.0` or `24.21.0-rc.1`.
 *
 * @param {string} text
 * @returns {[number, number, number] | undefined} undefined when it is no version
 */
export function parseVersion(text) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/**
 * Tells whether `version` is `minimum` or newer. A text that is no version is not.
 *
 * @param {string} version
 * @param {string} minimum
 * @returns {boolean}
 */
export function isAtLeast(version, minimum) {
  const have = parseVersion(version);
  const want = parseVersion(minimum);
  if (!have || !want) return false;
  for (let part = 0; part < 3; part++) {
    if (have[part] !== want[part]) return have[part] > want[part];
  }
  return true;
}

/**
 * The flags a Node of this version needs to run the project's TypeScript files.
 *
 * @param {string} version 22.12 or newer
 * @returns {string[]}
 */
export function nodeFlags(version) {
  const flags = ['--disable-warning=ExperimentalWarning'];
  const threshold = STRIPS_TYPES[parseVersion(version)?.[0]];
  if (threshold && !isAtLeast(version, threshold)) flags.push('--experimental-strip-types');
  return flags;
}

/**
 * Which Node runs the project's tasks.
 *
 * @param {{ version: string, platform: string, arch: string }} running the Node that runs set-up
 * @returns {'running' | 'brought' | 'none'} `brought`: the one of tools/node; `none`: the person has to install one
 */
export function planNode({ version, platform, arch }) {
  if (isAtLeast(version, MINIMUM_NODE)) return 'running';
  return platform === 'linux' && arch === 'x64' ? 'brought' : 'none';
}

/**
 * What is to be done about a folder's node_modules.
 *
 * @param {{ stamp: string | undefined, fingerprint: string, matches: () => boolean }} found
 *   stamp: what set-up noted after its last installation; fingerprint: what it would note now;
 *   matches: tells whether the packages present are those of the lock file, however they came
 *   there; asked only when the note does not already say so
 * @returns {'ready' | 'adopt' | 'install'} `adopt`: only the note is missing
 */
export function planPackages({ stamp, fingerprint, matches }) {
  if (stamp === fingerprint) return 'ready';
  return matches() ? 'adopt' : 'install';
}

/**
 * Tells whether npm's own record of an installation agrees with the lock file. A person who ran
 * `npm ci` need not wait for a second one.
 *
 * @param {{ packages?: Record<string, object> } | undefined} lock package-lock.json
 * @param {{ packages?: Record<string, object> } | undefined} installed node_modules/.package-lock.json
 * @param {{ platform: string, arch: string }} machine
 * @returns {boolean}
 */
export function matchesLock(lock, installed, machine) {
  if (!lock?.packages || !installed?.packages) return false;
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '' || wanted.link) continue;
    const present = installed.packages[path];
    if (!present) {
      if (wanted.optional && !isMeantFor(wanted, machine)) continue;
      return false;
    }
    if (present.version !== wanted.version || present.integrity !== wanted.integrity) return false;
  }
  return Object.keys(installed.packages).every((path) => path in lock.packages);
}

// An optional package may be absent unless it names this very system. One that names a C library is
// left to npm, and so is one that names nothing: it belongs to a package for another system.
function isMeantFor(entry, { platform, arch }) {
  if (entry.libc || (!entry.os && !entry.cpu)) return false;
  return allows(entry.os, platform) && allows(entry.cpu, arch);
}

function allows(list, value) {
  if (list === undefined) return true;
  const names = Array.isArray(list) ? list : [list];
  if (names.includes(`!${value}`)) return false;
  return names.includes(value) || names.every((name) => name.startsWith('!'));
}

/**
 * What is to be done about missing system packages.
 *
 * @param {object} found
 * @param {string[]} found.missing ids of the missing groups
 * @param {string[]} found.declined ids the person declined, or was told about, in an earlier run
 * @param {string[]} found.unavailable ids this system's package sources did not have in an earlier run
 * @param {boolean} found.explicit `npm run setup` itself, not a task that calls it
 * @param {boolean} found.apt Debian or one of its children
 * @param {boolean} found.terminal a person can answer
 * @param {boolean} found.root
 * @param {boolean} found.sudo
 * @returns {{ action: 'nothing' | 'install' | 'ask' | 'tell', groups: string[] }}
 */
export function planSystem({ missing, declined, unavailable, explicit, apt, terminal, root, sudo }) {
  // What is known from an earlier run is asked again only when the person runs set-up himself. A "no" is a
  // person's: it does not bind a run without one.
  const known = explicit ? [] : [...unavailable, ...(terminal ? declined : [])];
  const groups = missing.filter((id) => !known.includes(id));
  if (groups.length === 0) return { action: 'nothing', groups: [] };
  if (!apt) return { action: 'tell', groups };
  if (terminal) return { action: root || sudo ? 'ask' : 'tell', groups };
  return { action: root ? 'install' : 'tell', groups };
}
