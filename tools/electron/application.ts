import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Where } from '../rig/companion-process.ts';
import type { Log } from '../rig/log.ts';
import { startWindowsNode, startWine, windowsPath } from '../rig/wine.ts';
import { bundleStandIn } from './bundle.ts';
import { findChromium, startChromium } from './chromium.ts';
import type { Configuration, Recorded, RemoteControls } from './control/messages.ts';
import { ControlServer } from './control/server.ts';

export type ApplicationOptions = {
  /** The main script, built as CommonJS with `electron` left outside. */
  readonly main: string;
  /** Folder of the application's package.json: app.getAppPath(). */
  readonly appPath: string;
  readonly where: Where;
  /** Words after the script. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Path of a Chromium; otherwise the machine's own. */
  readonly chromium?: string;
  /** Whether a person is to see the windows. */
  readonly headed?: boolean;
  /** Folder of the application's data; otherwise a fresh one that is removed at the end. */
  readonly userData?: string;
  readonly locale?: string;
  readonly dark?: boolean;
  /** Whether no other instance runs. */
  readonly firstInstance?: boolean;
  /** Called with everything that happens, as it happens. */
  readonly hear?: (recorded: Recorded) => void;
};

/** How long an application may take to be ready, in ms: Wine's first program starts slowly. */
const READY_MS = 30_000;
/** How long it may take to quit before it is killed, in ms. */
const QUIT_MS = 5_000;

/** An application that runs on the stand-in. */
export type Application = {
  readonly controls: RemoteControls;
  /** Everything that happened, in order. */
  readonly log: Log<Recorded>;
  /** The browser's `ws:` address. */
  readonly browser: string;
  readonly pid: number | undefined;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** What it wrote to its standard output and error. */
  readonly output: () => string;
  /** Waits for something that happened or will happen. Rejects after `ms`. */
  readonly happened: <What extends Recorded['what']>(
    what: What,
    wanted?: (recorded: Extract<Recorded, { what: What }>) => boolean,
    ms?: number,
  ) => Promise<Extract<Recorded, { what: What }>>;
  /** Quits it, kills it when it does not, and ends its browser. @returns its exit code */
  readonly close: () => Promise<number | null>;
};

/** Starts an application's own main script on the stand-in and waits until it is ready. */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { headed = false, locale = 'en-US' } = options;
  const program = options.chromium ?? findChromium();
  if (program === undefined) throw new Error('there is no Chromium on this machine');
  const script = await bundleStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'tapline-app-'));
  const chromium = await startChromium({ program, headed, locale });
  const control = new ControlServer(options.hear);
  const configuration = configurationOf(options, folder, await control.listen(), chromium.endpoint);
  if (options.where === 'wine') startWine();
  const main = startMain(options, script, configuration, folder);

  const happened: Application['happened'] = (what, wanted = () => true, ms = READY_MS) => {
    const matches = (recorded: Recorded): boolean => recorded.what === what && wanted(recorded as never);
    return control.log.wait(`the application's ${what}`, matches, ms) as never;
  };
  const clean = async (): Promise<void> => {
    control.close();
    await chromium.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const close = async (): Promise<number | null> => {
    control.controls.quit().catch(() => undefined);
    const late = setTimeout(() => main.child.kill('SIGKILL'), QUIT_MS);
    const code = await main.exited;
    clearTimeout(late);
    await clean();
    return code;
  };

  const early = main.exited.then((code) => {
    const problems = control.log.entries.flatMap((entry) =>
      entry.what === 'problem' ? [entry.problem] : [],
    );
    const said = [...problems, main.output()].join('\n').slice(-2_000);
    throw new Error(`the application ended early with ${code}. It said: ${said}`);
  });
  early.catch(() => undefined);
  await Promise.race([happened('ready'), early]).catch(async (error) => {
    main.child.kill('SIGKILL');
    await main.exited;
    await clean();
    throw error;
  });
  const { child, exited, output } = main;
  const { controls, log } = control;
  return { controls, log, browser: chromium.endpoint, pid: child.pid, exited, output, happened, close };
}

function configurationOf(
  options: ApplicationOptions,
  folder: string,
  controlPort: number,
  browser: string,
): Configuration {
  const path = options.where === 'wine' ? windowsPath : (own: string): string => own;
  return {
    main: path(options.main),
    env: options.env ?? {},
    controlPort,
    browser,
    headed: options.headed ?? false,
    appPath: path(options.appPath),
    userData: path(options.userData ?? join(folder, 'user-data')),
    locale: options.locale ?? 'en-US',
    dark: options.dark ?? false,
    firstInstance: options.firstInstance ?? true,
  };
}

type MainProcess = {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly output: () => string;
};

/** Starts the stand-in, with all it writes going to a file: under Wine it cannot write to a pipe. */
function startMain(
  { where, args = [] }: ApplicationOptions,
  script: string,
  configuration: Configuration,
  folder: string,
): MainProcess {
  const file = join(folder, 'configuration.json');
  const log = join(folder, 'output.log');
  writeFileSync(file, JSON.stringify(configuration));
  const child =
    where === 'wine'
      ? startWindowsNode(script, [windowsPath(file), ...args], log)
      : startNode([script, file, ...args], log);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return { child, exited, output: () => readFileSync(log, 'utf8') };
}

function startNode(words: readonly string[], log: string): ChildProcess {
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', output, output],
    // A Ctrl-C at the terminal reaches the owner alone, who quits the application as a person would.
    detached: process.platform !== 'win32',
  });
  closeSync(output);
  return child;
}
