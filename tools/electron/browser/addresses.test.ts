import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationAddress, browserAddress, originOf } from './addresses.ts';

const schemes = new Set(['app']);

describe('addresses', () => {
  it('turns an address of the application into one of the browser and back', () => {
    const inBrowser = 'http://tapline.app.localhost/flyout/index.html?a=1#b';
    expect(browserAddress('app://tapline/flyout/index.html?a=1#b', schemes)).toBe(inBrowser);
    expect(applicationAddress(inBrowser, schemes)).toBe('app://tapline/flyout/index.html?a=1#b');
  });

  it('loses nothing on the way, whatever the path', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const address = `app://tapline${path}`;
        expect(applicationAddress(browserAddress(address, schemes), schemes)).toBe(address);
      }),
    );
  });

  it.each([
    'https://host/',
    'http://host.other.localhost/',
    'about:blank',
    'data:text/plain,x',
    'file:///etc/hosts',
  ])('leaves %s as it is', (address) => {
    expect(browserAddress(address, schemes)).toBe(address);
    expect(applicationAddress(address, schemes)).toBe(address);
  });

  it('knows the origin of a custom scheme', () => {
    expect(originOf('app://tapline/flyout/index.html')).toBe('app://tapline');
    expect(originOf('https://host:8443/path')).toBe('https://host:8443');
    expect(originOf('about:blank')).toBe('null');
    expect(originOf('')).toBe('null');
  });
});
