/** What a page can do, and who may ask main for anything: every page, not only one of them. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNEL, type WindowKind, windowKinds } from '../../contract/renderer-api.ts';
import { soon } from './support/condition.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.everyWindow();
});
afterAll(() => seat?.stop());

const addressOf = (kind: WindowKind) => `app://tapline/${kind}/index.html`;
const idOf = async (kind: WindowKind) => (await seat.window(kind))?.id ?? 0;
/** Does something that the policy forbids. @returns what the browser reported, and whether it happened */
const forbidden = (page: Page, act: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    delete window.ran;
    const reported = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      reported.push(event.effectiveDirective);
      setTimeout(() => resolve({ reported: [...new Set(reported)], ran: 'ran' in window }));
    });
    // In a turn of its own: what the tests themselves evaluate may evaluate.
    setTimeout(() => { ${act} });
  })`);

describe.each(windowKinds)('the page %s', (kind) => {
  it('sees nothing of Node and Electron', async () => {
    const page = await seat.page(kind);
    const seen = await page.evaluate(() => {
      const names = [
        'require',
        'process',
        'module',
        'exports',
        'global',
        'Buffer',
        'ipcRenderer',
        'electron',
        '__dirname',
      ];
      const world = globalThis as unknown as Record<string, unknown>;
      const reached = (value: unknown, depth: number): string[] =>
        depth === 0 || (typeof value !== 'object' && typeof value !== 'function') || value === null
          ? []
          : Reflect.ownKeys(value).flatMap((key) => [
              String(key),
              ...reached(Reflect.getOwnPropertyDescriptor(value, key)?.value, depth - 1),
            ]);
      return {
        names: names.filter((name) => name in world),
        bridge: Object.keys(world['tapline'] as object).sort(),
        beyond: reached(world['tapline'], 3).filter((name) =>
          /ipc|electron|send|process|require/i.test(name),
        ),
        replaced:
          Reflect.set(world, 'tapline', {}) || Reflect.set(world['tapline'] as object, 'invoke', () => 1),
        frames: [window.opener, window.parent === window],
      };
    });
    expect(seen).toEqual({
      names: [],
      bridge: ['invoke', 'kind', 'on'],
      beyond: [],
      replaced: false,
      frames: [null, true],
    });
  });

  it('knows its own kind', async () => {
    expect(
      await (await seat.page(kind)).evaluate(
        () => (window as unknown as { tapline: { kind: string } }).tapline.kind,
      ),
    ).toBe(kind);
  });

  it.each([
    [
      'an inline script',
      "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);",
      'script-src-elem',
    ],
    [
      'an event handler in the markup',
      "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">');",
      'script-src-attr',
    ],
    [
      'a script of data',
      "const s = document.createElement('script'); s.src = 'data:text/javascript,window.ran=1'; document.body.append(s);",
      'script-src-elem',
    ],
    [
      'a script of another host',
      "const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.body.append(s);",
      'script-src-elem',
    ],
    ['text run as a script', "try { eval('window.ran = 1'); } catch {}", 'script-src'],
    [
      'an inline style',
      "const s = document.createElement('style'); s.textContent = 'body{}'; document.body.append(s);",
      'style-src-elem',
    ],
    ['a request', "fetch('https://evil.example/').then(() => { window.ran = 1; }, () => {});", 'connect-src'],
    [
      'a request to its own origin',
      "fetch('page.js').then(() => { window.ran = 1; }, () => {});",
      'connect-src',
    ],
    ['a web socket', "try { new WebSocket('wss://evil.example/'); } catch {}", 'connect-src'],
    ['a picture of another host', "new Image().src = 'https://evil.example/x.png';", 'img-src'],
    [
      'a frame',
      "const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f);",
      'frame-src',
    ],
    [
      'another base',
      "const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b);",
      'base-uri',
    ],
    [
      'a form that is sent',
      "const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit();",
      'form-action',
    ],
    ['a worker', "try { new Worker('data:text/javascript,1'); } catch {}", 'worker-src'],
  ])('may not have %s', async (_, act, directive) => {
    const page = await seat.page(kind);
    const result = (await forbidden(page, act)) as { reported: string[]; ran: boolean };
    expect(result.ran).toBe(false);
    expect(result.reported).toContain(directive);
  });

  it('may not have a script in a frame of its own making', async () => {
    const page = await seat.page(kind);
    const ran = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const frame = document.createElement('iframe');
          frame.addEventListener('load', () => {
            resolve('ran' in window);
            frame.remove();
          });
          frame.srcdoc = '<script>parent.ran = 1</script>';
          document.body.append(frame);
        }),
    );
    expect(ran).toBe(false);
  });

  it('gets no permission', async () => {
    const id = await idOf(kind);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'display-capture',
      'openExternal',
      'fileSystem',
      'hid',
      'serial',
      'usb',
    ])
      expect(await seat.app.controls.permission(id, permission), permission).toBe(false);
    const page = await seat.page(kind);
    const states = await page.evaluate(() =>
      Promise.all(
        (['geolocation', 'notifications', 'microphone', 'camera'] as PermissionName[]).map(
          async (name) => (await navigator.permissions.query({ name })).state,
        ),
      ),
    );
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  it('is answered only itself: no other window, page or frame is', async () => {
    const window = await idOf(kind);
    const url = addressOf(kind);
    const ask = (sender: { window: number; url: string; topFrame: boolean }) =>
      seat.app.controls.invoke(sender, CHANNEL.command, 'subscribe', {});
    await expect(ask({ window, url, topFrame: true })).resolves.toHaveProperty('language');
    await expect(ask({ window: 0, url, topFrame: true })).rejects.toThrow();
    await expect(ask({ window, url, topFrame: false })).rejects.toThrow();
    for (const foreign of [
      'https://evil.example/',
      `https://tapline/${kind}/index.html`,
      `app://evil/${kind}/index.html`,
      `file:///${kind}/index.html`,
      'about:blank',
      'data:text/html,x',
      '',
    ])
      await expect(ask({ window, url: foreign, topFrame: true }), foreign).rejects.toThrow();
  });
});

it('a window that poses as another has the rights it always had', async () => {
  const posing = { window: await idOf('popup'), url: addressOf('flyout'), topFrame: true };
  await expect(seat.app.controls.invoke(posing, CHANNEL.command, 'signOut', {})).rejects.toThrow();
  expect(seat.pbx.sessions()).toHaveLength(1);
});

it('no other channel is answered', async () => {
  const sender = { window: await idOf('flyout'), url: addressOf('flyout'), topFrame: true };
  for (const channel of ['', 'tapline', CHANNEL.event, 'ELECTRON_BROWSER_REQUIRE', 'constructor'])
    await expect(seat.app.controls.invoke(sender, channel, 'subscribe', {}), channel).rejects.toThrow();
});

it('the call of all this still rings', async () => {
  await soon(() => seat.channels().map(({ state }) => state)).toEqual(['ringing']);
  expect(seat.app.log.entries.filter(({ what }) => what === 'problem')).toEqual([]);
});
