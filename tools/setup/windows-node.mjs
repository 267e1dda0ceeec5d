// Node for Windows, to be run by Wine, and the Windows halves of the packages with native code.

import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ensurePackages, packagesState } from './packages.mjs';

const WINDOWS = { platform: 'win32', arch: 'x64' };

/**
 * Packages that load their native half by name from the node_modules they lie in. The project's own
 * holds only this system's half, so the Windows one is linked beside it.
 */
const NATIVE_HALVES = ['@koromix/koffi-win32-x64', '@napi-rs/keyring-win32-x64-msvc'];

/**
 * Tells whether nothing is left to do.
 *
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function isWindowsNodeReady(root) {
  return (
    packagesState(folderOf(root), WINDOWS) === 'ready' &&
    NATIVE_HALVES.every((name) => existsSync(join(root, 'node_modules', name)))
  );
}

/**
 * Brings Node for Windows and links the native halves.
 *
 * @param {string} root the project's folder, its own packages already there
 * @param {string} nodeFolder the folder of the Node that runs npm
 * @returns {Promise<void>}
 */
export async function ensureWindowsNode(root, nodeFolder) {
  const folder = folderOf(root);
  await ensurePackages({
    folder,
    title: 'fetching Node for Windows (for Wine)',
    machine: WINDOWS,
    nodeFolder,
  });
  for (const name of NATIVE_HALVES) {
    link(join(folder, 'node_modules', name), join(root, 'node_modules', name));
  }
}

function folderOf(root) {
  return join(root, 'tools/wine');
}

function link(target, file) {
  const path = relative(dirname(file), target);
  const present = lstatSync(file, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(file) === path) return;
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { recursive: true, force: true });
  symlinkSync(path, file);
}
