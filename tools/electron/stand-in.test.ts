/** The stand-in runs a small application of its own in a real Chromium. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApplication } from './launch.ts';
import type { FixtureApi } from './testing/fixture/preload.ts';
import { launchFixture } from './testing/launch-fixture.ts';

declare const fixture: FixtureApi;
const START_MS = 30_000;

describe('an application on the stand-in', { timeout: 20_000 }, () => {
  let app: LaunchedApplication;
  let page: Page;
  const said = (text: string): Promise<void> =>
    page.getByText(`${text} at 1970-01-01T00:00:00.000Z`).waitFor();
  const home = async (): Promise<number> => (await app.window('home'))?.id ?? 0;

  beforeAll(async () => {
    app = await launchFixture();
    page = await app.page('home');
  }, START_MS);
  afterAll(() => app?.close());

  it('has its pages as Playwright’s, one for each window, with the preload’s arguments', async () => {
    expect(await page.evaluate(() => fixture.kind)).toBe('home');
    expect(await (await app.page('other')).evaluate(() => fixture.kind)).toBe('other');
    expect(await page.evaluate('isSecureContext')).toBe(true);
  });

  it('shows a page nothing of Node, Electron or itself', async () => {
    const seen = await page.evaluate(() => [
      ...['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
      ...Object.getOwnPropertyNames(globalThis).filter((name) => /electron|crossing/i.test(name)),
    ]);
    expect(seen).toEqual([]);
  });

  it('gives a page what the preload exposes: cloned, frozen, not to be replaced', async () => {
    const result = await page.evaluate(() => {
      const replaced = Reflect.set(globalThis, 'fixture', {});
      const changed = Reflect.set(fixture.nested.numbers, 0, 9);
      return [replaced, changed, Object.isFrozen(fixture), fixture.nested.numbers, fixture.twice(21)];
    });
    expect(result).toEqual([false, false, true, [1, 2, 3], 42]);
  });

  it('hands on what a preload throws, and refuses what cannot be cloned', async () => {
    const errors = await page.evaluate(() => {
      const attempt = (act: () => unknown): string => {
        try {
          return String(act());
        } catch (error) {
          return String(error);
        }
      };
      return [
        attempt(() => fixture.fail()),
        attempt(() => fixture.invoke('describe', Reflect.get(globalThis, 'document'))),
        attempt(() => fixture.missing()),
      ];
    });
    expect(errors).toEqual([
      'RangeError: thrown in the preload',
      'Error: An object could not be cloned.',
      'Error: The stand-in for Electron has no ipcRenderer.sendSync',
    ]);
  });

  it('carries an invocation to another process and its result back', async () => {
    const result = await page.evaluate(() =>
      fixture.invoke('describe', { at: new Date(5), bytes: new Uint8Array([7]) }),
    );
    expect(result).toMatchObject({ pid: app.pid, from: 'app://fixture', top: true, date: true });
    expect(result.value).toMatchObject({ at: new Date(5) });
  });

  it('rejects an invocation in Electron’s words', async () => {
    const failures = await page.evaluate(() =>
      Promise.all(['fail', 'nowhere'].map((channel) => fixture.invoke(channel).catch(String))),
    );
    expect(failures).toEqual([
      "Error: Error invoking remote method 'fail': TypeError: that number is bad",
      "Error: Error invoking remote method 'nowhere': Error: No handler registered for 'nowhere'",
    ]);
  });

  it('lets a test invoke as a frame that is not the window’s page', async () => {
    const window = await home();
    const foreign = { window, url: 'https://evil.example/', topFrame: false };
    expect(await app.controls.invoke(foreign, 'describe', {})).toMatchObject({
      from: 'https://evil.example',
      top: false,
    });
    expect(await app.controls.invoke({ ...foreign, window: 0 }, 'describe', {})).not.toHaveProperty('known');
    await expect(app.controls.invoke(foreign, 'fail')).rejects.toThrow('that number is bad');
  });

  it('clicks in the menu of the tray, but not on what is disabled or absent', async () => {
    const { tray } = await app.controls.state();
    expect(tray?.tooltip).toBe('Fixture');
    expect(tray?.menu.map(({ label, type }) => label || type)).toEqual(['Say', 'Never', 'separator', 'Quit']);
    await app.controls.trayMenuClick('Say', 'Hello');
    await said('hello');
    await expect(app.controls.trayMenuClick('Never')).rejects.toThrow('disabled');
    await expect(app.controls.trayMenuClick('Say', 'Goodbye')).rejects.toThrow('no item Goodbye');
  });

  it('shows and hides a window as clicks on the tray and elsewhere ask', async () => {
    expect(await app.window('home')).toMatchObject({ visible: false });
    await app.controls.trayClick('left');
    expect(await app.window('home')).toMatchObject({ visible: true, focused: true });
    await app.controls.clickElsewhere();
    expect(await app.window('home')).toMatchObject({ visible: false, focused: false });
    await expect.poll(() => page.evaluate('document.visibilityState')).toBe('hidden');
    await expect(app.controls.screenshot(await home())).rejects.toThrow('not shown');
    await app.controls.trayClick('left');
    await expect.poll(() => page.evaluate('document.visibilityState')).toBe('visible');
  });

  it('hands over second instances, links, power and notifications', async () => {
    await app.controls.secondInstance('tapline', 'tel:+4930');
    await said('second tapline tel:+4930');
    await app.controls.openUrl('tel:831');
    await said('url tel:831');
    await app.controls.power('resume');
    await said('resumed');
    await expect(app.controls.power('explode')).rejects.toThrow('no power event');
    await app.controls.notificationAction(0, 0);
    await said('action 0');
    const { notifications } = await app.controls.state();
    expect(notifications).toEqual([{ title: 'Call', body: '831', actions: ['Answer'], shown: false }]);
  });

  it('changes the colours of the application and of its pages', async () => {
    const dark = (): Promise<unknown> => page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
    expect(await dark()).toBe(false);
    await app.controls.theme(true, true);
    await said('dark');
    await expect.poll(dark).toBe(true);
    await app.controls.theme(false, true);
    await said('light');
  });

  it('copies and saves where a test can see it', async () => {
    await page.evaluate(() => fixture.invoke('copy', 'a text'));
    expect((await app.controls.state()).clipboard).toBe('a text');
    await app.controls.answerSaveDialog('/tmp/trace.txt');
    const answers = await page.evaluate(async () => [
      await fixture.invoke('save'),
      await fixture.invoke('save'),
    ]);
    expect(answers).toEqual(['/tmp/trace.txt', '']);
  });

  it('has the browser enforce the policy that comes with a page', async () => {
    const ran = await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
      return globalThis.ran;
    })()`);
    expect(ran).toBeUndefined();
    await app.happened('console', ({ text }) => text.includes('Content Security Policy'));
  });

  it('serves nothing that the application does not serve', async () => {
    const fetched = (url: string): Promise<string> =>
      page.evaluate((address) => fetch(address).then(({ status }) => `${status}`, String), url);
    expect(await fetched('./page.js')).toBe('200');
    expect(await fetched('./nothing.js')).toBe('404');
    expect(await fetched('/broken.js')).toContain('Failed to fetch');
    expect(await fetched('https://host.example/')).toContain('Failed to fetch');
  });

  it('asks the application about permissions, and has the browser obey', async () => {
    const window = await home();
    expect(await app.controls.permission(window, 'media')).toBe(false);
    expect(await app.controls.permission(window, 'notifications')).toBe(true);
    const state = (name: string): Promise<unknown> =>
      page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`);
    const states = [await state('notifications'), await state('geolocation'), await state('microphone')];
    expect(states).toEqual(['granted', 'denied', 'denied']);
  });

  it('keeps a page where it is when the application prevents it from leaving', async () => {
    const before = page.url();
    await page.evaluate("void (location.href = 'https://evil.example/')");
    const gone = await app.happened('navigation', ({ url }) => url === 'https://evil.example/');
    expect(gone.allowed).toBe(false);
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => fixture.twice(2))).toBe(4);
  });

  it('lets a page go where the application lets it', async () => {
    await page.evaluate("void (location.href = './nothing.html')");
    expect((await app.happened('navigation', ({ url }) => url.endsWith('nothing.html'))).allowed).toBe(true);
    await page.getByText('nothing').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'home' }).waitFor();
  });

  it('opens no window for a page', async () => {
    await page.getByText('elsewhere').click();
    await app.happened('windowOpen', ({ url }) => url === 'https://other.example/');
    await expect.poll(() => page.context().pages().length).toBe(2);
    expect((await app.controls.state()).windows).toHaveLength(2);
  });

  it('gives a page its bridge again after a reload', async () => {
    await page.reload();
    expect(await page.evaluate(() => fixture.invoke('describe', {}))).toMatchObject({ top: true });
    await app.controls.trayMenuClick('Say', 'Hello');
    await said('hello');
  });

  it('tells the application of a crash, and brings the page back when it is loaded again', async () => {
    await app.controls.crash(await home());
    await app.happened('window', ({ did }) => did === 'crashed');
    const after = app.log.entries.length;
    await app.log.wait(
      'the page',
      (entry) => entry.what === 'window' && entry.did === 'loaded',
      10_000,
      after - 1,
    );
    page = await app.page('home');
    expect(await page.evaluate(() => fixture.invoke('describe', {}))).toMatchObject({ top: true });
  });

  it('takes a picture of a window', async () => {
    const picture = Buffer.from(await app.controls.screenshot(await home()), 'base64');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
  });

  it('had no trouble of its own', () => {
    expect(app.log.entries.filter(({ what }) => what === 'problem')).toEqual([]);
  });

  it('quits from its tray', async () => {
    await app.controls.trayMenuClick('Quit');
    expect(await app.exited).toBe(0);
    expect(app.log.entries.at(-1)).toEqual({ what: 'exit', code: 0 });
  });
});

describe('the stand-in refuses', { timeout: START_MS }, () => {
  const refusals: Readonly<Record<string, string>> = {
    missingModule: 'has no electron.globalShortcut',
    missingMember: 'has no App.getGPUFeatureStatus',
    missingWindowMember: 'has no BrowserWindow.setOpacity',
    missingStatic: 'has no BrowserWindow.getExtensions',
    missingEvent: "has no BrowserWindow.on('maximize')",
    missingOption: 'no window option kiosk',
    insecureNode: 'Insecure web preference nodeIntegration',
    insecureIsolation: 'Insecure web preference contextIsolation',
    insecureSandbox: 'Insecure web preference sandbox',
    insecureWeb: 'Insecure web preference webSecurity',
    fraction: 'conversion failure',
  };

  it('what Electron has and it has not, and what is insecure', async () => {
    const app = await launchFixture({ attempts: Object.keys(refusals) });
    try {
      for (const [attempt, refusal] of Object.entries(refusals)) {
        expect((await app.happened('errorBox', ({ title }) => title === attempt)).content).toContain(refusal);
      }
    } finally {
      await app.close();
    }
  });

  it('a second instance, which ends by itself', async () => {
    await expect(launchFixture({ firstInstance: false })).rejects.toThrow('ended early with 0');
  });
});
