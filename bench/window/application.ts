import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CHANNEL,
  type CommandArguments,
  type CommandName,
  type CommandResults,
  type WindowKind,
} from '../../contract/renderer-api.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type Application, startApplication } from '../../tools/electron/application.ts';
import { Devtools } from '../../tools/electron/browser/devtools.ts';
import type { Recorded, WindowState } from '../../tools/electron/control/messages.ts';
import { Log } from '../../tools/rig/log.ts';
import { ANNA, BEN } from '../../tools/rig/rig.ts';
import { wallClock } from '../clock.ts';
import { appPath, builtApp } from './build.ts';
import { findPage, type MeasuredPage } from './page.ts';
import { until } from './until.ts';

/** Something that happened in the main process, and when this process heard of it, µs since 1970. */
export type Heard = { readonly atUs: number; readonly recorded: Recorded };
type Did = Extract<Recorded, { what: 'window' }>['did'];

/** How long one step may take, in ms. */
const STEP_MS = 10_000;
const SETTLE_MS = 500;

/**
 * The application on the stand-in for Electron: Anna signed in to the embedded PBX, the way for TAPI programs open, no
 * window shown.
 */
export class MeasuredApplication {
  readonly pbx: Simulator;
  readonly app: Application;
  /** The wall clock, µs since 1970. */
  readonly now: () => number;
  readonly #heard: Log<Heard>;
  readonly #devtools: Devtools;

  private constructor(
    pbx: Simulator,
    app: Application,
    now: () => number,
    heard: Log<Heard>,
    devtools: Devtools,
  ) {
    this.pbx = pbx;
    this.app = app;
    this.now = now;
    this.#heard = heard;
    this.#devtools = devtools;
  }

  /** Lends an application to `measure` and ends it afterwards. @param main another main script than the delivered one */
  static async lend<Result>(
    measure: (application: MeasuredApplication) => Promise<Result>,
    main?: string,
  ): Promise<Result> {
    const script = main ?? (await builtApp()).main;
    const folder = mkdtempSync(join(tmpdir(), 'tapline-bench-'));
    const pbx = await startSimulator({ users: [ANNA, BEN] });
    try {
      const now = wallClock();
      const heard = new Log<Heard>();
      const app = await startApplication({
        main: script,
        appPath,
        where: 'native',
        env: { TAPLINE_SOCKET: join(folder, 'companion.sock') },
        hear: (recorded) => heard.add({ atUs: now(), recorded }),
      });
      try {
        const devtools = await Devtools.connect(app.browser);
        const application = new MeasuredApplication(pbx, app, now, heard, devtools);
        await application.#signIn();
        return await measure(application);
      } finally {
        await app.close();
      }
    } finally {
      await pbx.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** How much was heard so far: where to wait from for what comes next. */
  get mark(): number {
    return this.#heard.entries.length;
  }

  /** Waits until a window did something. @returns when it was heard, µs since 1970 */
  async did(what: readonly Did[], from: number): Promise<number> {
    const wanted = ({ recorded }: Heard): boolean =>
      recorded.what === 'window' && what.includes(recorded.did);
    return (await this.#heard.wait(`a window that was ${what.join(' or ')}`, wanted, STEP_MS, from)).atUs;
  }

  page(kind: WindowKind): Promise<MeasuredPage> {
    return findPage(this.#devtools, kind);
  }

  /** The window of that kind, once it is there and has its page. */
  window(kind: WindowKind): Promise<WindowState> {
    const wanted = new RegExp(`^[^:]+://[^/]+/${kind}/`);
    return until(`the window ${kind}`, STEP_MS, async () => {
      const { windows } = await this.app.controls.state();
      return windows.findLast(({ url }) => wanted.test(url));
    });
  }

  /** Opens a window by the menu of the tray icon. */
  async choose(label: string, kind: WindowKind): Promise<WindowState> {
    await this.app.controls.trayMenuClick(label);
    return this.window(kind);
  }

  /** Asks main for something, as the page of a window would. */
  async ask<Name extends CommandName>(
    kind: WindowKind,
    name: Name,
    args: CommandArguments<Name>,
  ): Promise<CommandResults[Name]> {
    const { id, url } = await this.window(kind);
    const sender = { window: id, url, topFrame: true };
    return (await this.app.controls.invoke(sender, CHANNEL.command, name, args)) as CommandResults[Name];
  }

  async #signIn(): Promise<void> {
    // Without an account the flyout opens by itself; the sign-in window takes the focus from it, which closes it.
    await this.did(['shown'], 0);
    const opened = this.mark;
    const { id } = await this.choose('Sign in…', 'signIn');
    await this.did(['shown'], opened);
    const { port, fingerprint } = this.pbx;
    const signedIn = await this.ask('signIn', 'signIn', {
      server: `127.0.0.1:${port}`,
      user: ANNA.name,
      password: ANNA.password,
      certificate: fingerprint,
    });
    if (!signedIn.ok) throw new Error(`signing in failed: ${signedIn.problem.what} ${signedIn.problem.why}`);
    await until('a line in service', STEP_MS, async () => {
      const { lines } = await this.ask('popup', 'subscribe', {});
      return lines?.find(({ inService }) => inService);
    });
    const from = this.mark;
    await this.app.controls.closeWindow(id);
    await this.did(['closed'], from);
    // A click on the tray icon soon after the flyout closed by itself counts as the click that closed it.
    await pause(SETTLE_MS);
  }
}
