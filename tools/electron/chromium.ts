import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where a Chromium may be, by name on the PATH and by place. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
};

/** How long Chromium may take to be there, in ms. */
const START_MS = 30_000;

/** Path of this machine's Chromium: what CHROMIUM says, or the first that is found. Undefined when there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const found = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...found, ...(places[process.platform] ?? [])].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type Chromium = {
  /** Its `ws:` address for the DevTools protocol. */
  readonly endpoint: string;
  readonly exited: Promise<void>;
  /** Ends it and removes what it has stored. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts a Chromium with a profile of its own. It reaches nothing but what the application serves: whatever else it
 * asks the network for goes to a proxy that does not exist.
 */
export async function startChromium(options: {
  readonly program: string;
  readonly headed: boolean;
  /** Like `de-DE`. */
  readonly locale: string;
}): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'tapline-chromium-'));
  const child = spawn(options.program, flags(profile, options), {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C is for the application; Chromium ends after it.
    detached: process.platform !== 'win32',
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  try {
    return { endpoint: await endpointOf(child, exited), exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function flags(profile: string, { headed, locale }: { headed: boolean; locale: string }): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    ...(headed ? [] : ['--headless', '--disable-gpu']),
    ...(isRoot ? ['--no-sandbox'] : []),
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--proxy-server=127.0.0.1:1',
    '--proxy-bypass-list=<-loopback>',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-features=Translate,MediaRouter,BackForwardCache',
    '--disable-renderer-backgrounding',
    '--disable-background-timer-throttling',
    '--password-store=basic',
    `--lang=${locale}`,
    `--accept-lang=${locale}`,
  ];
}

/** Chromium tells its address among what it complains about. */
function endpointOf({ stderr }: ChildProcess, exited: Promise<void>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const fail = (how: string): void => reject(new Error(`Chromium ${how}. It said: ${said.slice(-1_000)}`));
  const timer = setTimeout(() => fail(`was not there within ${START_MS} ms`), START_MS);
  void exited.then(() => fail('could not be started'));
  stderr?.setEncoding('utf8');
  stderr?.on('data', (chunk: string) => {
    said = `${said}${chunk}`.slice(-10_000);
    const endpoint = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (endpoint) resolve(endpoint);
  });
  return promise.finally(() => clearTimeout(timer));
}
