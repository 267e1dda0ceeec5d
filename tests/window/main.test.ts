/** The built main process with its real pages, on the stand-in for Electron and in a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Bridge,
  CHANNEL,
  type CommandArguments,
  type CommandName,
  type CommandResults,
  type WindowKind,
} from '../../contract/renderer-api.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { buildApp } from '../../tools/app/build.ts';
import { type LaunchedApplication, launch } from '../../tools/electron/launch.ts';
import { ANNA, BEN } from '../mobydick/signed-in.ts';

const appPath = join(import.meta.dirname, '../..');
const CUSTOMER = '0891234567';

let main: string;
let folder: string;
let pbx: Simulator;
let app: LaunchedApplication;

/** What a page of ours would do: it asks by the bridge and by nothing else. */
async function ask<Name extends CommandName>(
  kind: WindowKind,
  name: Name,
  args: CommandArguments<Name>,
): Promise<CommandResults[Name]> {
  const page = await app.page(kind);
  return page.evaluate(
    ([command, given]) =>
      (globalThis as unknown as { tapline: Bridge }).tapline.invoke(command as Name, given as never),
    [name, args] as const,
  );
}

/** What is so now or soon: machines differ in speed. */
const soon = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000, interval: 20 });

const windowNow = async (kind: WindowKind) => (await app.window(kind)) ?? { visible: false };
const seen = async (kind: WindowKind) => (await windowNow(kind)).visible;
const tray = async () => (await app.controls.state()).tray;
const until = async (what: string, wanted: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await wanted()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not in time: ${what}`);
};
/** Opens a window as a person does: by the tray icon or its menu. */
async function open(kind: 'flyout' | 'signIn' | 'diagnostics'): Promise<Page> {
  await until(kind, async () => {
    if (await seen(kind)) return true;
    // A click just after the flyout closed by itself counts as the one that closed it.
    if (kind === 'flyout') await app.controls.trayClick('left');
    else await app.controls.trayMenuClick(kind === 'signIn' ? 'Sign in…' : 'Diagnostics');
    return seen(kind);
  });
  return app.page(kind);
}
const signIn = () =>
  ask('signIn', 'signIn', {
    server: `127.0.0.1:${pbx.port}`,
    user: ANNA.name,
    password: ANNA.password,
    certificate: pbx.fingerprint,
  });

/** It rings at Anna's phone, and main knows. @returns the call's id */
async function ring(): Promise<number> {
  pbx.exchange.outside.call(CUSTOMER, 'Zoë Zimmer', ANNA.extension);
  await soon(() => seen('popup')).toBe(true);
  const { calls } = await ask('popup', 'subscribe', {});
  const call = calls?.find(({ state }) => state === 'offering');
  if (!call) throw new Error('the popup has no call');
  return call.id;
}

beforeAll(async () => {
  ({ main } = await buildApp(join(appPath, 'out/tests/app')));
  folder = mkdtempSync(join(tmpdir(), 'tapline-main-'));
  pbx = await startSimulator({ users: [ANNA, BEN] });
  // No test asks the credential store of whoever runs it.
  app = await launch({ main, appPath, where: 'native', env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
});
afterAll(async () => {
  await app?.close();
  await pbx?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the first start', () => {
  it('shows the flyout beside the tray, and warms the popup without showing it', async () => {
    await soon(() => seen('flyout')).toBe(true);
    await app.page('popup');
    const [flyout, popup] = [await app.window('flyout'), await app.window('popup')];
    expect(flyout).toMatchObject({ focused: true, alwaysOnTop: true, inTaskbar: false });
    expect(popup).toMatchObject({ visible: false, alwaysOnTop: true, inTaskbar: false });
    const { tooltip, image, menu } = (await tray()) ?? { tooltip: '', image: '', menu: [] };
    expect(tooltip).toBe('Tapline: not signed in');
    expect(image).toMatch(/tray-offline-light\.png$/);
    expect(menu.map(({ label }) => label)).toEqual(['Diagnostics', '', 'Sign in…', 'Quit']);
  });

  it('gives a page the bridge and nothing else', async () => {
    const page = await app.page('flyout');
    const found = await page.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown> & { tapline: Bridge };
      return {
        members: Object.keys(world.tapline).sort(),
        frozen: Object.isFrozen(world.tapline),
        kind: world.tapline.kind,
        others: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in world,
        ),
      };
    });
    expect(found).toEqual({ members: ['invoke', 'kind', 'on'], frozen: true, kind: 'flyout', others: [] });
  });
});

describe('the flyout', () => {
  it('closes when the focus goes elsewhere, and the click that did it does not open it again', async () => {
    await open('flyout');
    await app.controls.clickElsewhere();
    await app.controls.trayClick('left');
    expect(await app.window('flyout'), 'closed means gone').toBeUndefined();
    await open('flyout');
    await app.controls.trayClick('left');
    expect(await app.window('flyout')).toBeUndefined();
  });
});

describe('what a page may not', () => {
  it.each([
    ['popup', 'signOut', {}, 'The window popup may not ask for signOut.'],
    ['popup', 'answer', { call: 'all' }, 'The arguments of answer are wrong: call (number).'],
    ['popup', 'reboot', {}, 'The window popup asked for a command that does not exist.'],
  ])('%s: %s %j', async (kind, name, args, sentence) => {
    await expect(ask(kind as WindowKind, name as 'answer', args as never)).rejects.toThrow(sentence);
    await open('diagnostics');
    const rows = await ask('diagnostics', 'followTrace', { from: 0 });
    expect(rows.findLast(({ label }) => label === 'a command was refused')?.detail).toBe(sentence);
  });

  it('is asked by nobody else: a foreign window, a foreign page, a frame', async () => {
    const { id } = (await app.window('popup')) ?? { id: 0 };
    const url = 'app://tapline/popup/index.html';
    const invoke = (sender: { window: number; url: string; topFrame: boolean }) =>
      app.controls.invoke(sender, CHANNEL.command, 'subscribe', {});
    await expect(invoke({ window: id, url, topFrame: true })).resolves.toHaveProperty('calls');
    await expect(invoke({ window: 0, url, topFrame: true })).rejects.toThrow('not known');
    await expect(invoke({ window: id, url: 'https://example.com/', topFrame: true })).rejects.toThrow(
      'foreign page',
    );
    await expect(invoke({ window: id, url, topFrame: false })).rejects.toThrow('inside a frame');
  });

  it('is to run a script that is no file of ours', async () => {
    const page = await open('diagnostics');
    const blocked = await page.evaluate(async () => {
      const violation = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        }),
      );
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.head.append(script);
      return [await violation, 'ran' in globalThis];
    });
    expect(blocked).toEqual(['script-src-elem', false]);
  });

  it('is to open a window, to go elsewhere, or to get a permission', async () => {
    const page = await open('diagnostics');
    const { id } = (await app.window('diagnostics')) ?? { id: 0 };
    const before = (await app.controls.state()).windows.length;
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        target: '_blank',
      });
      document.body.append(link);
      link.click();
    });
    await app.happened('windowOpen', ({ window }) => window === id);
    await page.evaluate(() => location.assign('https://example.com/'));
    await app.happened('navigation', ({ window, allowed }) => window === id && !allowed);
    expect(page.url()).toContain('/diagnostics/');
    expect((await app.controls.state()).windows).toHaveLength(before);
    for (const permission of ['media', 'notifications', 'clipboard-read', 'openExternal'])
      expect(await app.controls.permission(id, permission)).toBe(false);
  });
});

describe('a call', () => {
  beforeAll(async () => {
    await open('signIn');
    expect(await signIn()).toEqual({ ok: true });
    await until('online', async () => (await tray())?.tooltip === 'Tapline – Anna Müller (340): ready');
  });
  beforeEach(async () => {
    pbx.exchange.clear();
    await until('silence', async () => !(await seen('popup')));
  });

  it('shows the popup without taking the focus, is answered there, and hides it', async () => {
    await open('diagnostics');
    const id = await ring();
    const { windows } = await app.controls.state();
    expect(windows.find(({ url }) => url.includes('/popup/'))?.focused).toBe(false);
    expect((await tray())?.tooltip).toContain('ringing: Zoë Zimmer');
    expect(await ask('popup', 'answer', { call: id })).toEqual({ ok: true });
    await soon(() => seen('popup')).toBe(false);
    await soon(async () => (await tray())?.tooltip).toContain('in a call: Zoë Zimmer');
    await app.controls.trayMenuClick('Hang up: Zoë Zimmer');
    await soon(() => pbx.exchange.channels().length).toBe(0);
  });

  it('shows the popup clear of a flyout that is open', async () => {
    await open('flyout');
    await ring();
    const areas = async () =>
      [(await app.window('popup'))?.bounds, (await app.window('flyout'))?.bounds] as const;
    await soon(async () => {
      const [popup, flyout] = await areas();
      return popup && flyout && popup.y + popup.height <= flyout.y && popup.x === flyout.x;
    }).toBe(true);
  });

  it('goes on when its page is loaded anew or crashes, and the popup comes back with it', async () => {
    const id = await ring();
    const before = await app.window('popup');
    const page = await app.page('popup');
    await page.evaluate(() => Object.assign(globalThis, { old: true }));
    await app.controls.reload(before?.id ?? 0);
    await page.waitForFunction(() => !('old' in globalThis));
    expect((await ask('popup', 'subscribe', {})).calls?.[0]?.id).toBe(id);
    await app.controls.crash(before?.id ?? 0);
    await soon(async () => {
      const now = await app.window('popup');
      return now !== undefined && now.id !== before?.id && now.visible;
    }).toBe(true);
    expect((await ask('popup', 'subscribe', {})).calls?.[0]).toMatchObject({ id, verbs: ['answer', 'drop'] });
    expect(pbx.exchange.channels(ANNA.name)).toHaveLength(1);
    expect(await ask('popup', 'drop', { call: id })).toEqual({ ok: true });
  });

  it('is a notification too for somebody with a screen reader, and is answered by its button', async () => {
    await app.controls.accessibility(true);
    await ring();
    const { notifications } = await app.controls.state();
    const at = notifications.findLastIndex(({ title }) => title === 'Call from Zoë Zimmer');
    expect(notifications[at]).toMatchObject({
      body: 'for Anna Müller (340)',
      actions: ['Answer', 'Decline'],
    });
    await app.controls.notificationAction(at, 0);
    await soon(() => pbx.exchange.channels(ANNA.name)[0]?.state).toBe('talking');
    expect((await app.controls.state()).notifications[at]?.shown).toBe(false);
    await app.controls.accessibility(false);
  });

  it('is asked for by a link: the dial box shows it, and nothing is dialled', async () => {
    await app.controls.secondInstance('Tapline.exe', 'tel:+49-991-29691');
    await soon(() => seen('flyout')).toBe(true);
    const page = await app.page('flyout');
    await soon(() => page.locator('input').first().inputValue()).toBe('+49-991-29691');
    expect(pbx.exchange.channels()).toEqual([]);
  });

  it('is in the trace that goes out: followed in batches, copied and saved without its numbers', async () => {
    const page = await open('diagnostics');
    await page.evaluate(() => {
      const world = globalThis as unknown as { tapline: Bridge; batches: number[][] };
      world.batches = [];
      world.tapline.on('trace', (rows) => world.batches.push(rows.map(({ sequence }) => sequence)));
    });
    const last = (await ask('diagnostics', 'followTrace', { from: 0 })).at(-1)?.sequence ?? 0;
    const id = await ring();
    await ask('popup', 'drop', { call: id });
    const ladder = () => ask('diagnostics', 'ladder', { call: id });
    await soon(async () => (await ladder()).some(({ label }) => label === 'IDLE')).toBe(true);
    const rows = await ladder();
    const sequences = () =>
      page.evaluate(() => (globalThis as unknown as { batches: number[][] }).batches.flat());
    await soon(async () => (await sequences()).at(-1)).toBeGreaterThanOrEqual(rows.at(-1)?.sequence ?? 0);
    const got = await sequences();
    expect(got).toEqual(Array.from({ length: got.length }, (_, at) => last + 1 + at));

    await ask('diagnostics', 'copyText', { text: `call ${id} from ${CUSTOMER} at 09:30:05.123` });
    expect((await app.controls.state()).clipboard).toBe(`call ${id} from …67 at 09:30:05.123`);

    expect(await ask('diagnostics', 'saveTrace', {})).toEqual({ ok: true, cancelled: true });
    const path = join(folder, 'trace.txt');
    await app.controls.answerSaveDialog(path);
    expect(await ask('diagnostics', 'saveTrace', {})).toEqual({ ok: true });
    const saved = readFileSync(path, 'utf8');
    expect(saved).toContain('OFFERING');
    expect(saved).not.toContain(CUSTOMER);
    await app.controls.answerSaveDialog(join(folder, 'nowhere/trace.txt'));
    expect(await ask('diagnostics', 'saveTrace', {})).toMatchObject({
      ok: false,
      problem: { what: 'The trace was not saved.' },
    });
  });

  it('goes on at the PBX when the application quits, which ends cleanly', async () => {
    await ring();
    pbx.exchange.answer(ANNA.name);
    await soon(async () => (await tray())?.tooltip).toContain('in a call');
    await app.controls.trayMenuClick('Quit');
    expect(await app.exited).toBe(0);
    await soon(() => pbx.sessions()).toEqual([]);
    expect(pbx.exchange.channels(ANNA.name)[0]?.state).toBe('talking');
    expect(app.log.entries.filter(({ what }) => what === 'problem')).toEqual([]);
  });
});

describe('a second start', () => {
  it('ends at once and leaves the first one alone', async () => {
    await expect(launch({ main, appPath, where: 'native', firstInstance: false })).rejects.toThrow(
      'ended early with 0',
    );
  });
});
