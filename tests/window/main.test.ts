/** The built main process with its real pages, on the stand-in for Electron and in a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bridge, CHANNEL, type WindowKind } from '../../contract/renderer-api.ts';
import { buildApp } from '../../tools/app/build.ts';
import { launch } from '../../tools/electron/launch.ts';
import { awaited, soon } from './support/condition.ts';
import { ANNA, CUSTOMER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

const root = join(import.meta.dirname, '../..');

let seat: Seat;
let folder: string;

/** It rings at Anna's phone, and main knows. @returns the call's id */
async function ring(): Promise<number> {
  await seat.ring();
  const { calls } = await seat.ask('popup', 'subscribe', {});
  const call = calls?.find(({ state }) => state === 'offering');
  if (!call) throw new Error('the popup has no call');
  return call.id;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-main-'));
  seat = await takeSeat();
});
afterAll(async () => {
  await seat?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the first start', () => {
  it('shows the flyout beside the tray, and warms the popup without showing it', async () => {
    await soon(() => seat.seen('flyout')).toBe(true);
    await seat.page('popup');
    const [flyout, popup] = [await seat.window('flyout'), await seat.window('popup')];
    expect(flyout).toMatchObject({ focused: true, alwaysOnTop: true, inTaskbar: false });
    expect(popup).toMatchObject({ visible: false, alwaysOnTop: true, inTaskbar: false });
    const { tooltip, image, menu } = await seat.tray();
    expect(tooltip).toBe('Tapline: not signed in');
    expect(image).toMatch(/tray-offline-light\.png$/);
    expect(menu.map(({ label }) => label)).toEqual(['Diagnostics', '', 'Sign in…', 'Quit']);
  });

  it('gives a page the bridge and nothing else', async () => {
    const page = await seat.page('flyout');
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
    await seat.flyout();
    await seat.app.controls.clickElsewhere();
    await seat.app.controls.trayClick('left');
    expect(await seat.window('flyout'), 'closed means gone').toBeUndefined();
    await seat.flyout();
    await seat.app.controls.trayClick('left');
    expect(await seat.window('flyout')).toBeUndefined();
  });
});

describe('what a page may not', () => {
  it.each([
    ['popup', 'signOut', {}, 'The window popup may not ask for signOut.'],
    ['popup', 'answer', { call: 'all' }, 'The arguments of answer are wrong: call (number).'],
    ['popup', 'reboot', {}, 'The window popup asked for a command that does not exist.'],
  ])('%s: %s %j', async (kind, name, args, sentence) => {
    await expect(seat.ask(kind as WindowKind, name as 'answer', args as never)).rejects.toThrow(sentence);
    await seat.diagnostics();
    const rows = await seat.ask('diagnostics', 'followTrace', { from: 0 });
    expect(rows.findLast(({ label }) => label === 'a command was refused')?.detail).toBe(sentence);
  });

  it('is asked by nobody else: a foreign window, a foreign page, a frame', async () => {
    const { id } = (await seat.window('popup')) ?? { id: 0 };
    const url = 'app://tapline/popup/index.html';
    const invoke = (sender: { window: number; url: string; topFrame: boolean }) =>
      seat.app.controls.invoke(sender, CHANNEL.command, 'subscribe', {});
    await expect(invoke({ window: id, url, topFrame: true })).resolves.toHaveProperty('calls');
    await expect(invoke({ window: 0, url, topFrame: true })).rejects.toThrow('not known');
    await expect(invoke({ window: id, url: 'https://example.com/', topFrame: true })).rejects.toThrow(
      'foreign page',
    );
    await expect(invoke({ window: id, url, topFrame: false })).rejects.toThrow('inside a frame');
  });

  it('is to run a script that is no file of ours', async () => {
    const page = await seat.diagnostics();
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
    const page = await seat.diagnostics();
    const { id } = (await seat.window('diagnostics')) ?? { id: 0 };
    const before = (await seat.app.controls.state()).windows.length;
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        target: '_blank',
      });
      document.body.append(link);
      link.click();
    });
    await seat.app.happened('windowOpen', ({ window }) => window === id);
    await page.evaluate(() => location.assign('https://example.com/'));
    await seat.app.happened('navigation', ({ window, allowed }) => window === id && !allowed);
    expect(page.url()).toContain('/diagnostics/');
    expect((await seat.app.controls.state()).windows).toHaveLength(before);
    for (const permission of ['media', 'notifications', 'clipboard-read', 'openExternal'])
      expect(await seat.app.controls.permission(id, permission)).toBe(false);
  });
});

describe('a call', () => {
  beforeAll(async () => {
    await seat.signIn();
    const ready = 'Tapline – Anna Müller (340): ready';
    await awaited(ready, async () => (await seat.tray()).tooltip === ready || undefined);
  });
  beforeEach(async () => {
    seat.pbx.exchange.clear();
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('shows the popup without taking the focus, is answered there, and hides it', async () => {
    await seat.diagnostics();
    const id = await ring();
    const { windows } = await seat.app.controls.state();
    expect(windows.find(({ url }) => url.includes('/popup/'))?.focused).toBe(false);
    expect((await seat.tray()).tooltip).toContain('ringing: Zoë Zimmer');
    expect(await seat.ask('popup', 'answer', { call: id })).toEqual({ ok: true });
    await soon(() => seat.seen('popup')).toBe(false);
    await soon(async () => (await seat.tray()).tooltip).toContain('in a call: Zoë Zimmer');
    await seat.app.controls.trayMenuClick('Hang up: Zoë Zimmer');
    await soon(() => seat.pbx.exchange.channels().length).toBe(0);
  });

  it('shows the popup clear of a flyout that is open', async () => {
    await seat.flyout();
    await ring();
    const areas = async () =>
      [(await seat.window('popup'))?.bounds, (await seat.window('flyout'))?.bounds] as const;
    await soon(async () => {
      const [popup, flyout] = await areas();
      return popup && flyout && popup.y + popup.height <= flyout.y && popup.x === flyout.x;
    }).toBe(true);
  });

  it('goes on when its page is loaded anew or crashes, and the popup comes back with it', async () => {
    const id = await ring();
    const before = await seat.window('popup');
    const page = await seat.page('popup');
    await page.evaluate(() => Object.assign(globalThis, { old: true }));
    await seat.app.controls.reload(before?.id ?? 0);
    await page.waitForFunction(() => !('old' in globalThis));
    expect((await seat.ask('popup', 'subscribe', {})).calls?.[0]?.id).toBe(id);
    await seat.app.controls.crash(before?.id ?? 0);
    await soon(async () => {
      const now = await seat.window('popup');
      return now !== undefined && now.id !== before?.id && now.visible;
    }).toBe(true);
    expect((await seat.ask('popup', 'subscribe', {})).calls?.[0]).toMatchObject({
      id,
      verbs: ['answer', 'drop'],
    });
    expect(seat.channels()).toHaveLength(1);
    expect(await seat.ask('popup', 'drop', { call: id })).toEqual({ ok: true });
  });

  it('is a notification too for somebody with a screen reader, and is answered by its button', async () => {
    await seat.app.controls.accessibility(true);
    await ring();
    const { notifications } = await seat.app.controls.state();
    const at = notifications.findLastIndex(({ title }) => title === 'Call from Zoë Zimmer');
    expect(notifications[at]).toMatchObject({
      body: 'for Anna Müller (340)',
      actions: ['Answer', 'Decline'],
    });
    await seat.app.controls.notificationAction(at, 0);
    await soon(() => seat.channels()[0]?.state).toBe('talking');
    expect((await seat.app.controls.state()).notifications[at]?.shown).toBe(false);
    await seat.app.controls.accessibility(false);
  });

  it('is asked for by a link: the dial box shows it, and nothing is dialled', async () => {
    await seat.app.controls.secondInstance('Tapline.exe', 'tel:+49-991-29691');
    await soon(() => seat.seen('flyout')).toBe(true);
    const page = await seat.page('flyout');
    await soon(() => page.locator('input').first().inputValue()).toBe('+49-991-29691');
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });

  it('is in the trace that goes out: followed in batches, copied and saved without its numbers', async () => {
    const page = await seat.diagnostics();
    await page.evaluate(() => {
      const world = globalThis as unknown as { tapline: Bridge; batches: number[][] };
      world.batches = [];
      world.tapline.on('trace', (rows) => world.batches.push(rows.map(({ sequence }) => sequence)));
    });
    const last = (await seat.ask('diagnostics', 'followTrace', { from: 0 })).at(-1)?.sequence ?? 0;
    const id = await ring();
    await seat.ask('popup', 'drop', { call: id });
    const ladder = () => seat.ask('diagnostics', 'ladder', { call: id });
    await soon(async () => (await ladder()).some(({ label }) => label === 'IDLE')).toBe(true);
    const rows = await ladder();
    const sequences = () =>
      page.evaluate(() => (globalThis as unknown as { batches: number[][] }).batches.flat());
    await soon(async () => (await sequences()).at(-1)).toBeGreaterThanOrEqual(rows.at(-1)?.sequence ?? 0);
    const got = await sequences();
    expect(got).toEqual(Array.from({ length: got.length }, (_, at) => last + 1 + at));

    await seat.ask('diagnostics', 'copyText', { text: `call ${id} from ${CUSTOMER.number} at 09:30:05.123` });
    expect((await seat.app.controls.state()).clipboard).toBe(`call ${id} from …67 at 09:30:05.123`);

    expect(await seat.ask('diagnostics', 'saveTrace', {})).toEqual({ ok: true, cancelled: true });
    const path = join(folder, 'trace.txt');
    await seat.app.controls.answerSaveDialog(path);
    expect(await seat.ask('diagnostics', 'saveTrace', {})).toEqual({ ok: true });
    const saved = readFileSync(path, 'utf8');
    expect(saved).toContain('OFFERING');
    expect(saved).not.toContain(CUSTOMER.number);
    await seat.app.controls.answerSaveDialog(join(folder, 'nowhere/trace.txt'));
    expect(await seat.ask('diagnostics', 'saveTrace', {})).toMatchObject({
      ok: false,
      problem: { what: 'The trace was not saved.' },
    });
  });

  it('goes on at the PBX when the application quits, which ends cleanly', async () => {
    await ring();
    seat.pbx.exchange.answer(ANNA.name);
    await soon(async () => (await seat.tray()).tooltip).toContain('in a call');
    await seat.app.controls.trayMenuClick('Quit');
    expect(await seat.app.exited).toBe(0);
    await soon(() => seat.pbx.sessions()).toEqual([]);
    expect(seat.channels()[0]?.state).toBe('talking');
    expect(seat.app.log.entries.filter(({ what }) => what === 'problem')).toEqual([]);
  });
});

describe('a second start', () => {
  it('ends at once and leaves the first one alone', async () => {
    const { main } = await buildApp(join(root, 'out/tests/window'));
    await expect(launch({ main, appPath: root, where: 'native', firstInstance: false })).rejects.toThrow(
      'ended early with 0',
    );
  });
});
