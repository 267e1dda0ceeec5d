import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWindows } from '../../tools/native/build.ts';
import { startWindowsNode, startWine, windowsPath, wineEnvironment } from '../../tools/rig/wine.ts';

const root = join(import.meta.dirname, '../..');
const scriptOf = (name: string): string => join(root, `out/wine/${name}.mjs`);

let folder: string;
let library: string;
let host: string;

beforeAll(async () => {
  startWine();
  ({ library, host } = await buildWindows('x64'));
  for (const name of ['serve-pipe', 'false-companion']) {
    await build({
      entryPoints: [join(import.meta.dirname, `programs/${name}.ts`)],
      outfile: scriptOf(name),
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'esm',
      external: ['koffi'],
      logLevel: 'warning',
    });
  }
}, 300_000);

beforeEach(() => {
  folder = mkdtempSync(join(root, 'out/wine/pipe-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A program in Windows' Node, and what it told so far. */
function start(name: string, ...words: string[]): { child: ChildProcess; told: () => string[] } {
  const file = join(folder, 'told.txt');
  const child = startWindowsNode(scriptOf(name), [...words, windowsPath(file)], join(folder, 'log.txt'));
  const told = (): string[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean) : [];
  return { child, told };
}

/** Runs the DLL in the test host, idle, until told to end. Wine writes what files it opens to the error output. */
function startHost(debug: string): { told: () => string; end: () => Promise<string> } {
  const child = spawn('wine', [host, windowsPath(library)], {
    env: { ...wineEnvironment, WINEDEBUG: debug },
  });
  let opened = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    opened += chunk.toString('latin1');
  });
  const ended = once(child, 'close');
  return {
    told: () => told,
    async end() {
      child.stdin.end('sleep 1500\nquit\n');
      await ended;
      return opened;
    },
  };
}

describe('the companion’s pipe', () => {
  it('has the owner and the rights that were asked for, and lets the telephony service in', async () => {
    const { child, told } = start('serve-pipe', 'telephony service');
    await once(child, 'exit');
    expect(told().sort()).toEqual(['connected this process', 'rights as asked']);
  });

  it.each([
    ['somebody else', []],
    // Windows' service manager is asked: Wine's knows services, and no telephony service, so nobody is it.
    ['as shipped', ['services are known']],
  ])('turns another process away: %s', async (whom, further) => {
    const { child, told } = start('serve-pipe', whom);
    await once(child, 'exit');
    const refused = ['refused it is not the telephony service', 'rights as asked'];
    expect(told().sort()).toEqual([...refused, ...further]);
  });
});

describe('the shim', () => {
  // Statement 118 as far as Wine shows it: the flags that are passed. That Windows heeds them is for a Windows to show.
  it('opens pipes at identification level, asks for no right to make one, and looks once', async () => {
    const opened = await startHost('-all,trace+file').end();
    for (const session of [0, 1]) {
      const name = `Tapline\\.Companion\\.${session}"`;
      // SECURITY_SQOS_PRESENT, SECURITY_IDENTIFICATION and FILE_FLAG_OVERLAPPED.
      expect(opened.match(new RegExp(`:CreateFileW .*${name} .*`, 'g'))).toEqual([
        expect.stringMatching(/creation 3 attributes 0x40110000$/),
      ]);
      expect(opened.match(new RegExp(`:NtCreateFile .* access=0012019b name=.*${name}`, 'g'))).toHaveLength(
        1,
      );
    }
  });

  it('that waits without a timer is woken by a companion that starts', async () => {
    const running = startHost('-all');
    await expect.poll(running.told, { timeout: 30_000 }).toContain('"providerInit"');
    const { child, told } = start('serve-pipe', 'a shim');
    await expect.poll(told, { timeout: 30_000 }).toEqual(['connected another process']);
    await running.end();
    if (child.exitCode === null) await once(child, 'exit');
  });

  it.each([
    ['the pipe of its session and user', '1', 'own', 'a shim said hello'],
    ['a pipe of another session', '0', 'own', 'nobody said a word'],
    ['a pipe that is not the user’s', '1', 'SY', 'nobody said a word'],
  ])('that finds %s', async (_, session, owner, outcome) => {
    const { child, told } = start('false-companion', session, owner);
    await expect.poll(told, { timeout: 30_000 }).toContain('serving');
    const running = startHost('-all');
    await expect.poll(told, { timeout: 30_000 }).toEqual(['serving', outcome]);
    await running.end();
    if (child.exitCode === null) await once(child, 'exit');
  });
});
