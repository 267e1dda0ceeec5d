// One set-up at a time: two tasks started together must not install into the same folder.

import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './report.mjs';

/** Longer than the slowest first set-up. Milliseconds. */
const PATIENCE = 20 * 60_000;
const POLL = 250;

/**
 * Runs `work` while no other process on this machine holds the same lock. A lock whose process has
 * ended counts for nothing.
 *
 * @template T
 * @param {string} file holds the process id of the holder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetupError} when the other process does not finish
 */
export async function exclusively(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + PATIENCE;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && !isRunning(holder)) rmSync(file, { force: true });
    else if (Date.now() > deadline) {
      throw new SetupError({
        what: 'Another set-up is still running.',
        why: `Process ${holder} holds ${file}.`,
        advice: 'Wait for it or end it, then start again.',
      });
    } else await sleep(POLL);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  // A link appears together with its content; a file that is opened and then written does not.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
