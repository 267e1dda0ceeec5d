// System packages, step by step: what is missing, what it costs, the person's word, the installation.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { choosePackages, existingPackages, installPackages, sizeOf, updateLists } from './apt.mjs';
import { planSystem } from './plan.mjs';
import { say, step } from './report.mjs';
import { lookAtMachine, missingGroups } from './system.mjs';

/**
 * Offers, installs or names the missing system packages. Everything works in part without them, so a
 * machine that lacks them is no failure.
 *
 * @param {object} options
 * @param {boolean} options.explicit `npm run setup` itself, not a task that calls it
 * @param {string} options.memory file that keeps what a later run need not ask again
 * @returns {Promise<void>}
 * @throws {import('./report.mjs').SetupError} when apt fails
 */
export async function ensureSystemPackages({ explicit, memory }) {
  const machine = lookAtMachine({ path: process.env.PATH ?? '' });
  const missing = missingGroups(machine);
  if (missing.length === 0) return;

  const root = process.getuid?.() === 0;
  const plan = planSystem({
    missing: missing.map((group) => group.id),
    ...recall(memory),
    explicit,
    apt: machine.hasFile('/etc/debian_version') && machine.hasProgram('apt-get'),
    terminal: Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env['CI']),
    root,
    sudo: machine.hasProgram('sudo'),
  });
  const groups = missing.filter((group) => plan.groups.includes(group.id));
  if (plan.action === 'nothing') return;
  if (plan.action === 'tell') {
    tell(groups);
    remember(memory, 'declined', groups);
    return;
  }

  const chosen = await choose(groups, { sudo: !root, mayUpdate: root });
  const available = chosen.filter(({ packages }) => packages);
  const unavailable = chosen.filter(({ packages }) => !packages).map(({ group }) => group);
  if (unavailable.length > 0) {
    tell(unavailable);
    // Without the right to fetch the package lists, their silence proves nothing.
    if (root) remember(memory, 'unavailable', unavailable);
  }
  if (available.length === 0) return;
  const packages = available.flatMap((choice) => choice.packages);
  await list(available, packages);
  if (plan.action === 'ask' && !(await confirm('Install them now? [y/N] '))) {
    const declined = available.map(({ group }) => group);
    tell(declined);
    remember(memory, 'declined', declined);
    return;
  }
  const services = available.flatMap(({ group }) => group.services ?? []);
  await step('installing system packages', () => installPackages(packages, { sudo: !root, services }));
}

async function choose(groups, { sudo, mayUpdate }) {
  const names = [...new Set(groups.flatMap((group) => group.packages.flat()))];
  const chosen = choosePackages(groups, await existingPackages(names));
  if (!mayUpdate || chosen.every(({ packages }) => packages)) return chosen;
  // A new machine has no package lists yet.
  await step('fetching the package lists', () => updateLists({ sudo }));
  return choosePackages(groups, await existingPackages(names));
}

async function list(available, packages) {
  say('Set-up: these system packages are missing.');
  for (const choice of available) {
    say(`  ${choice.packages.join(' ')}${sizeText(await sizeOf(choice.packages))}`);
    say(`      ${choice.group.title}: ${choice.group.purpose}. Without it: ${choice.group.without}.`);
  }
  if (available.length > 1) say(`  all together${sizeText(await sizeOf(packages))}`);
}

function sizeText(size) {
  return size ? `: ${size.download} to download, ${size.disk} on the disk` : '';
}

function tell(groups) {
  for (const group of groups) {
    say(`Set-up: missing: ${group.title} (${group.packages[0].join(', ')}). Without it: ${group.without}.`);
  }
}

function confirm(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    terminal.on('close', () => resolve(false));
    terminal.question(question, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}

function recall(file) {
  try {
    const { declined, unavailable } = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(declined) && Array.isArray(unavailable)) return { declined, unavailable };
  } catch {
    // No earlier run, or one that was cut short: nothing is known.
  }
  return { declined: [], unavailable: [] };
}

function remember(file, kind, groups) {
  const known = recall(file);
  const ids = groups.map((group) => group.id);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...known, [kind]: [...new Set([...known[kind], ...ids])] }));
}
