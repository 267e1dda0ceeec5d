import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { WINE_X86_ROOT, wineX86Present } from '../wine-x86/root.ts';
import { wineEnvironment } from './wine.ts';

/**
 * Wine for programs of 32 and of 64 bits side by side, in the root that tools/wine-x86 brings. Each program enters the
 * root by itself: ended, it leaves nothing mounted. It sees the project and /tmp under their own paths.
 */

const root = join(import.meta.dirname, '../..');
const ENTER = join(root, 'tools/wine-x86/enter.sh');

/** A prefix of its own: the other one was made by a Wine that knows 64 bits alone. */
const PREFIX = join(root, 'out/wine-x86/prefix');

/** As root, or as the root of an own user namespace, where the system lets everybody have one. */
const WAYS = [['--mount'], ['--user', '--map-root-user', '--mount']] as const;

/** What a program is started with. */
export const wineX86Environment: NodeJS.ProcessEnv = { ...wineEnvironment, WINEPREFIX: PREFIX };

const quietly = { env: wineX86Environment, stdio: 'ignore' } as const;

/** What stands before a program and its arguments, so that it runs in that root. */
function entered(way: (typeof WAYS)[number]): readonly string[] {
  return ['unshare', ...way, 'sh', ENTER, WINE_X86_ROOT, root];
}

function runs([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, quietly).status === 0;
}

let found: readonly string[] | undefined;

/** Finds out once how this machine lets a program into the root. */
function wayIn(): readonly string[] | undefined {
  found ??= WAYS.map(entered).find((command) => runs([...command, 'wine', '--version']));
  return found;
}

/** Why programs of 32 bits cannot be run here; undefined when they can. */
export function wineX86Missing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Wine is used on Linux for x64 only';
  if (!wineX86Present()) return 'Wine for 32-bit programs is not there: node tools/wine-x86/main.ts';
  return wayIn() ? undefined : 'this machine lets no program into another root (unshare --mount, chroot)';
}

/** What stands before a Windows program of 32 or 64 bits on a command line. @throws where it cannot be run */
export function wineX86Command(): readonly string[] {
  const way = wayIn();
  if (!way) throw new Error(wineX86Missing());
  return [...way, 'wine'];
}

function run(timeout: number, ...words: readonly string[]): void {
  const [program = '', ...args] = [...(wayIn() ?? []), ...words];
  execFileSync(program, args, { ...quietly, timeout });
}

/** Sets a value of Wine's own, below a key of its settings. */
function setValue(key: string, name: string, value: string): void {
  const path = ['HKCU', 'Software', 'Wine', key].filter(Boolean).join('\\');
  run(60_000, 'wine', 'reg', 'add', path, '/v', name, '/d', value, '/f');
}

/** Makes the prefix where there is none and starts its server, which stays for a minute after its last program. */
export function startWineX86(): void {
  const missing = wineX86Missing();
  if (missing !== undefined) throw new Error(missing);
  if (!existsSync(join(PREFIX, 'system.reg'))) {
    mkdirSync(PREFIX, { recursive: true });
    run(180_000, 'wineboot', '-i');
    // Windows of programs are drawn nowhere: there is no display, and none is looked for.
    setValue('Drivers', 'Graphics', 'null');
    run(60_000, 'wineserver', '-w');
  }
  // As in wine.ts: the server first and alone. It says 2 where one runs already.
  const [program = '', ...args] = [...wineX86Command().slice(0, -1), 'wineserver', '-p60'];
  spawnSync(program, args, quietly);
  setValue('', 'Version', 'win10');
}
