import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Bridge, TapiRow, WindowKind } from '../../contract/renderer-api.ts';
import { buildApp } from '../app/build.ts';
import { type LaunchedApplication, launch } from '../electron/launch.ts';
import { anyProcess } from '../rig/bundle.ts';
import { phonesOf } from '../rig/phone-system.ts';
import { ANNA, type Rig } from '../rig/rig.ts';
import { type Seat, STEP_MS } from './seat.ts';
import { type DemoLanguage, words } from './words.ts';

/** What the preload puts into every page: known there, not here. */
declare const tapline: Bridge;

/** The application for Wine, apart from the one that ships. */
const WINE_FOLDER = join(import.meta.dirname, '../../out/rig/app');

/** At the application's windows: real pages in Chromium, with the mouse. */
export type WindowSeat = Seat & {
  /** The page of a window that is there or will be. */
  readonly page: (kind: WindowKind) => Promise<Page>;
  /** Opens the flyout as a click on the tray icon does, unless it is open. */
  readonly flyout: () => Promise<Page>;
  /** Opens the diagnostics from the flyout, unless they are open. */
  readonly diagnostics: () => Promise<Page>;
};

/** The companion hosted by the application's own main bundle, on the stand-in for Electron. */
export function windowSeat(rig: Rig, language: DemoLanguage): WindowSeat {
  const said = words[language];
  let running: LaunchedApplication | undefined;
  const app = (): LaunchedApplication => {
    if (!running) throw new Error('the application does not run');
    return running;
  };
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click({ timeout: STEP_MS });
  const reads = (page: Page, text: string): Promise<void> =>
    page.getByText(text).first().waitFor({ timeout: STEP_MS });

  const flyout = async (): Promise<Page> => {
    if (!(await app().window('flyout'))?.visible) await app().controls.trayClick('left');
    return app().page('flyout');
  };
  const diagnostics = async (): Promise<Page> => {
    if (!(await app().window('diagnostics'))?.visible) await press(await flyout(), said.diagnostics);
    return app().page('diagnostics');
  };

  /** The TAPI messages of the line, as the diagnostics page can have them. */
  const tapiRows = async (): Promise<readonly TapiRow[]> => {
    const page = await diagnostics();
    return page.evaluate(async () => {
      const { lines = [] } = await tapline.invoke('subscribe', {});
      const line = lines[0]?.key;
      return line === undefined ? [] : tapline.invoke('tapiFlow', { line });
    });
  };

  return {
    title: `in the application’s main bundle, ${
      rig.where === 'wine' ? 'in Windows Node under Wine' : 'natively'
    }, its windows in Chromium`,
    page: (kind) => app().page(kind),
    flyout,
    diagnostics,
    async start(_, serveShim) {
      const built = rig.where === 'wine' ? await buildApp(WINE_FOLDER, [anyProcess]) : await buildApp();
      running = await launch({
        main: built.main,
        appPath: rig.root,
        where: rig.where,
        locale: language === 'de' ? 'de-DE' : 'en-US',
        env: serveShim ? { TAPLINE_SOCKET: rig.socket } : {},
      });
      // Without an account the flyout opens by itself; a click on the tray icon before that would close it.
      await running.happened('window', ({ did }) => did === 'shown');
    },
    async signIn({ pbx, anna, system }) {
      await press(await flyout(), said.welcomeSignIn);
      const form = await app().page('signIn');
      if (system === 'asterisk') {
        await form.getByLabel('Asterisk', { exact: true }).check();
        await form.locator('textarea[name=phones]').fill(phonesOf(ANNA));
        await form.locator('input[name=remoteAnswer]').check();
      }
      await form.locator('input[name=server]').fill(anna.server);
      await form.locator('input[name=user]').fill(String(anna.account['user']));
      await form.locator('input[name=password]').fill(anna.password);
      // Nobody vouches for the demo's certificate: the form shows it and asks.
      await press(form, said.test);
      await form.getByText(pbx.fingerprint.slice(0, 23)).first().waitFor({ timeout: STEP_MS });
      await form.locator('.certificate-trust').click();
      await press(form, said.signIn);
      await reads(await flyout(), said.online);
    },
    linked: async () => reads(await flyout(), said.linked),
    answer: async () => press(await app().page('popup'), said.answer),
    offered: async () => {
      const button = (await flyout()).getByRole('button', { name: said.pickUp });
      await button.first().waitFor({ timeout: STEP_MS });
    },
    pickUp: async () => press(await flyout(), said.pickUp),
    mark: async () => (await tapiRows()).at(-1)?.sequence ?? 0,
    async steps(mark) {
      const call = (await tapiRows()).find(({ sequence }) => sequence > mark)?.callId;
      if (call === undefined) return [];
      const page = await diagnostics();
      const rows = await page.evaluate((id) => tapline.invoke('ladder', { call: id }), call);
      return rows.map((row) => ({ ...row, call }));
    },
    async stop() {
      await running?.close();
    },
  };
}
