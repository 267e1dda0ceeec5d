import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../electron/chromium.ts';
import type { Machine } from './plan.ts';

const electron = join(import.meta.dirname, '../../node_modules/electron');

const programs: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/**
 * Path of Electron's program: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, or where its package keeps it. Its
 * package is never loaded: that alone would begin to fetch the program.
 */
export function findElectron(): string | undefined {
  const program = programs[process.platform] ?? 'electron';
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electron, 'dist');
  const path = join(folder, program);
  return existsSync(path) ? path : undefined;
}

/** Version of the Electron that belongs to the project. */
export const electronVersion = (): string =>
  (JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')) as { version: string }).version;

/** Fetches Electron's program as `npx install-electron` does. @returns its path; undefined when it cannot be had */
export async function fetchElectron(signal: AbortSignal): Promise<string | undefined> {
  const child = spawn(process.execPath, [join(electron, 'install.js')], { stdio: 'ignore', signal });
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return findElectron();
}

/** What this machine has besides Electron. */
export function lookAtMachine(): Omit<Machine, 'electron'> {
  const { platform, env } = process;
  return {
    platform,
    chromium: findChromium(),
    display: platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']),
    compiler: spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status === 0,
  };
}
