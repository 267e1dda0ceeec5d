import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WINDOWS_NODE, windowsPath, wineEnvironment } from '../../../tools/rig/wine.ts';

const root = join(import.meta.dirname, '../../..');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly complaint: string;
}

/** A Wine of its own, for tests that change what lies in the system folder or in the registry of the machine. */
export class PrivatePrefix {
  readonly folder: string;
  /** C:\Windows\System32 */
  readonly system: string;
  readonly #environment: NodeJS.ProcessEnv;

  /** @param overrides libraries that are taken from the system folder instead of Wine */
  constructor(name: string, overrides: readonly string[]) {
    this.folder = join(root, 'out/wine', name);
    this.system = join(this.folder, 'drive_c/windows/system32');
    const libraries = [wineEnvironment['WINEDLLOVERRIDES'], ...overrides.map((library) => `${library}=n`)];
    this.#environment = {
      ...wineEnvironment,
      WINEPREFIX: this.folder,
      WINEDLLOVERRIDES: libraries.join(';'),
    };
  }

  /** Makes the prefix where there is none, and starts its server, which waits two minutes for the next program. */
  start(): void {
    const quietly = { env: this.#environment, stdio: 'ignore', timeout: 180_000 } as const;
    if (!existsSync(join(this.folder, 'system.reg'))) {
      mkdirSync(this.folder, { recursive: true });
      execFileSync('wine', ['wineboot', '-i'], quietly);
      execFileSync('wineserver', ['-w'], quietly);
    }
    // Programs of Windows itself start with the first program and keep its pipes: that one must have none.
    spawnSync('wineserver', ['-p120'], quietly);
    execFileSync('wine', ['cmd', '/c', 'exit'], quietly);
  }

  /**
   * Keeps a window open until `stop`. Without one, each program with windows starts a desktop, which holds that
   * program's pipes for a second after its end.
   */
  holdDesktop(): void {
    spawn('wine', ['notepad'], { env: this.#environment, stdio: 'ignore' }).unref();
  }

  /** Ends its server and every program in it. */
  stop(): void {
    spawnSync('wineserver', ['-k'], { env: this.#environment, stdio: 'ignore' });
  }

  /** Runs a Windows program of this machine to its end. */
  run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}, input = ''): Ran {
    const { status, stdout, stderr } = spawnSync('wine', [program, ...args], {
      env: { ...this.#environment, ...environment },
      encoding: 'utf8',
      timeout: 100_000,
      input,
    });
    return { code: status, out: stdout, complaint: stderr };
  }

  /** Runs a script in Windows' Node to its end; what it has to say it writes to a file. @returns its exit code */
  runNode(script: string, args: readonly string[]): number | null {
    const version = ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
    const silently = { env: this.#environment, stdio: 'ignore', timeout: 60_000 } as const;
    spawnSync('wine', version, silently);
    return spawnSync('wine', [WINDOWS_NODE, windowsPath(script), ...args], silently).status;
  }

  /** Replaces a key of the registry by these values: numbers and texts. */
  setKey(key: string, values: Readonly<Record<string, number | string>>): void {
    const lines = Object.entries(values).map(([name, value]) =>
      typeof value === 'number'
        ? `"${name}"=dword:${value.toString(16).padStart(8, '0')}`
        : `"${name}"="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
    );
    const file = join(this.folder, 'import.reg');
    const text = ['Windows Registry Editor Version 5.00', '', `[-${key}]`, '', `[${key}]`, ...lines, ''];
    writeFileSync(file, `\ufeff${text.join('\r\n')}`, 'utf16le');
    const { code } = this.run('regedit', ['/S', windowsPath(file)]);
    if (code !== 0) throw new Error(`the registry of the prefix could not be set: ${code}`);
  }

  /** The values of a key of the registry. */
  readKey(key: string): Record<string, number | string> {
    const { out } = this.run('reg', ['query', key]);
    const values: Record<string, number | string> = {};
    for (const [, name = '', type, value = ''] of out.matchAll(
      /^ {4}(\S+) {4}REG_(DWORD|SZ) {4}(.*?)\r?$/gm,
    )) {
      values[name] = type === 'DWORD' ? Number(value) : value;
    }
    return values;
  }
}
