/** The application with its real windows, a PBX, and what somebody who sits there does. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type {
  Bridge,
  CommandArguments,
  CommandName,
  CommandResults,
  WindowKind,
} from '../../../contract/renderer-api.ts';
import {
  type SimulatedUser,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../simulator/simulator.ts';
import { buildApp } from '../../../tools/app/build.ts';
import type { ApplicationOptions } from '../../../tools/electron/application.ts';
import type { TrayState, WindowState } from '../../../tools/electron/control/messages.ts';
import { type LaunchedApplication, launch } from '../../../tools/electron/launch.ts';
import { awaited, SOON_MS } from './condition.ts';
import { ANNA, BEN, CUSTOMER } from './people.ts';

declare const tapline: Bridge;

const root = join(import.meta.dirname, '../../..');

export type SeatOptions = Partial<Pick<ApplicationOptions, 'locale' | 'dark' | 'userData' | 'args'>> & {
  readonly pbx?: Partial<SimulatorOptions>;
  /** A PBX that is there already, and stays. */
  readonly at?: Simulator;
};

export type Seat = {
  readonly pbx: Simulator;
  readonly app: LaunchedApplication;
  /** The page of a window that is there or will be. */
  readonly page: (kind: WindowKind) => Promise<Page>;
  readonly window: (kind: WindowKind) => Promise<WindowState | undefined>;
  readonly seen: (kind: WindowKind) => Promise<boolean>;
  readonly tray: () => Promise<TrayState>;
  /** Opens the flyout by the tray icon, unless it is open. */
  readonly flyout: () => Promise<Page>;
  /** Opens the diagnostics by the tray's menu. */
  readonly diagnostics: (menuItem?: string) => Promise<Page>;
  /** Asks main for a command, as the page of a window may. */
  readonly ask: <Name extends CommandName>(
    kind: WindowKind,
    name: Name,
    args: CommandArguments<Name>,
  ) => Promise<CommandResults[Name]>;
  /** What the sign-in form would be filled with. */
  readonly credentials: (user?: SimulatedUser) => CommandArguments<'signIn'>;
  /** Signs somebody in, without the form, and waits until the line is in service. */
  readonly signIn: (user?: SimulatedUser) => Promise<void>;
  /** Anna's channels at the exchange. */
  readonly channels: () => ReturnType<Simulator['exchange']['channels']>;
  /** Somebody from outside calls Anna. @returns the popup's page, once it is shown */
  readonly ring: (caller?: { readonly number: string; readonly name: string }) => Promise<Page>;
  /** It rings, and Anna lifts the handset. @returns the channel's id at the exchange */
  readonly talk: () => Promise<string>;
  /** Signs in, lets it ring and opens every window there is. The flyout has the focus and stays. */
  readonly everyWindow: () => Promise<void>;
  /** What the stand-in or a page had trouble with. */
  readonly trouble: () => readonly string[];
  /** Ends everything. @returns the application's exit code */
  readonly stop: () => Promise<number | null>;
};

/** Builds the application, starts it on the stand-in with a PBX, and sits down. */
export async function takeSeat({ pbx: pbxOptions, at, ...options }: SeatOptions = {}): Promise<Seat> {
  const { main } = await buildApp(join(root, 'out/tests/window'));
  const pbx = at ?? (await startSimulator({ users: [ANNA, BEN], ...pbxOptions }));
  const app = await launch({
    main,
    appPath: root,
    where: 'native',
    // No test asks the credential store of whoever runs it.
    env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    ...options,
  });
  // Main has read its settings and shows what there is to show.
  await app.page('popup');
  return new SeatAtWindows(pbx, app, at === undefined);
}

class SeatAtWindows implements Seat {
  readonly pbx: Simulator;
  readonly app: LaunchedApplication;
  readonly #ownsPbx: boolean;

  constructor(pbx: Simulator, app: LaunchedApplication, ownsPbx: boolean) {
    this.pbx = pbx;
    this.app = app;
    this.#ownsPbx = ownsPbx;
  }

  readonly page: Seat['page'] = async (kind) => {
    const page = await this.app.page(kind);
    page.setDefaultTimeout(SOON_MS);
    return page;
  };

  readonly window: Seat['window'] = (kind) => this.app.window(kind);

  readonly seen: Seat['seen'] = async (kind) => (await this.window(kind))?.visible ?? false;

  readonly tray: Seat['tray'] = async () => {
    const { tray } = await this.app.controls.state();
    if (!tray) throw new Error('there is no tray icon');
    return tray;
  };

  readonly flyout: Seat['flyout'] = async () => {
    await awaited('the flyout', async () => {
      if (await this.seen('flyout')) return true;
      // A click just after the flyout closed by itself counts as the one that closed it.
      await this.app.controls.trayClick('left');
      return (await this.seen('flyout')) || undefined;
    });
    return this.page('flyout');
  };

  readonly diagnostics: Seat['diagnostics'] = async (menuItem = 'Diagnostics') => {
    await this.app.controls.trayMenuClick(menuItem);
    await awaited('the diagnostics', async () => (await this.seen('diagnostics')) || undefined);
    return this.page('diagnostics');
  };

  readonly ask: Seat['ask'] = async (kind, name, args) => {
    const page = await this.page(kind);
    const result: unknown = await page.evaluate(
      ([command, given]) => tapline.invoke(command as CommandName, given as never),
      [name, args] as const,
    );
    // What crosses into the page and back loses its type on the way.
    return result as CommandResults[typeof name];
  };

  readonly credentials = (user = ANNA) => ({
    server: `127.0.0.1:${this.pbx.port}`,
    user: user.name,
    password: user.password,
    certificate: this.pbx.fingerprint,
  });

  readonly signIn: Seat['signIn'] = async (user = ANNA) => {
    // Through the form's page, but without its boxes: those are a test's own matter.
    const { controls } = this.app;
    const label = (await this.tray()).menu.find(({ label }) => /Sign in|nmelden/.test(label))?.label;
    await controls.trayMenuClick(label ?? 'Sign in…');
    await awaited('the sign-in form', async () => (await this.seen('signIn')) || undefined);
    const outcome = await this.ask('signIn', 'signIn', this.credentials(user));
    if (!outcome.ok) throw new Error(outcome.problem.what);
    await awaited('a line in service', async () => {
      const { lines } = await this.ask('popup', 'subscribe', {});
      const own = lines?.find(({ extension }) => extension === user.extension);
      return own?.inService || undefined;
    });
    const form = await this.window('signIn');
    if (form) await controls.closeWindow(form.id);
  };

  readonly channels = () => this.pbx.exchange.channels(ANNA.name);

  readonly ring: Seat['ring'] = async ({ number, name } = CUSTOMER) => {
    const result = this.pbx.exchange.outside.call(number, name, ANNA.extension);
    if (!result.ok) throw new Error(result.message);
    await awaited('the popup', async () => (await this.seen('popup')) || undefined);
    return this.page('popup');
  };

  readonly talk: Seat['talk'] = async () => {
    await this.ring();
    const answered = this.pbx.exchange.answer(ANNA.name);
    if (!answered.ok) throw new Error(answered.message);
    await awaited('the popup’s end', async () => !(await this.seen('popup')) || undefined);
    return answered.channel;
  };

  readonly everyWindow: Seat['everyWindow'] = async () => {
    await this.signIn();
    await this.diagnostics();
    await this.ask('diagnostics', 'openWindow', { kind: 'signIn' });
    // A window that came to the front later would take the focus from the flyout, which closes it.
    await awaited('the form’s focus', async () => (await this.window('signIn'))?.focused || undefined);
    await this.ring();
    await this.flyout();
  };

  readonly trouble: Seat['trouble'] = () =>
    this.app.log.entries.flatMap((entry) => {
      if (entry.what === 'problem') return [entry.problem];
      if (entry.what === 'errorBox') return [`${entry.title}: ${entry.content}`];
      return entry.what === 'console' && entry.level === 'error' ? [entry.text] : [];
    });

  readonly stop: Seat['stop'] = async () => {
    const code = await this.app.close();
    if (this.#ownsPbx) await this.pbx.close();
    return code;
  };
}
