import type { BrowserWindowConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { checkWindowOptions } from './preferences.ts';

const check = (options: object): void => checkWindowOptions(options as BrowserWindowConstructorOptions);

describe('the options of a window', () => {
  it('may be those of a sandboxed page', () => {
    const webPreferences = {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    };
    check({ width: 400, show: false, webPreferences: { ...webPreferences, preload: '/preload.cjs' } });
    check({});
  });

  it.each([
    { nodeIntegration: true },
    { nodeIntegrationInWorker: true },
    { nodeIntegrationInSubFrames: true },
    { contextIsolation: false },
    { sandbox: false },
    { webSecurity: false },
    { allowRunningInsecureContent: true },
    { experimentalFeatures: true },
    { webviewTag: true },
    { plugins: true },
    { navigateOnDragDrop: true },
  ])('may not be insecure: %o', (webPreferences) => {
    expect(() => check({ webPreferences })).toThrow(/^Insecure web preference/);
  });

  it('may not be unknown, whether it is the window’s or its page’s', () => {
    expect(() => check({ kiosk: true })).toThrow('no window option kiosk');
    expect(() => check({ webPreferences: { enableBlinkFeatures: 'X' } })).toThrow(
      'no web preference enableBlinkFeatures',
    );
  });
});
