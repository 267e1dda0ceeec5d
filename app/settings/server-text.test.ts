import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitServer } from './server-text.ts';

describe('the server as people type it', () => {
  it.each([
    ['pbx.example.com', { host: 'pbx.example.com' }],
    ['  pbx.example.com:5223 ', { host: 'pbx.example.com', port: 5223 }],
    ['10.1.2.3:5222', { host: '10.1.2.3', port: 5222 }],
    ['[fe80::1]:5230', { host: 'fe80::1', port: 5230 }],
    ['[fe80::1]', { host: 'fe80::1' }],
    ['fe80::1', { host: 'fe80::1' }],
    ['xmpp://pbx', { host: 'xmpp://pbx' }],
  ])('%s', (typed, parts) => {
    expect(splitServer(typed)).toEqual(parts);
  });

  it.each(['pbx:', 'pbx:http', 'pbx:1.5', 'pbx:-1', 'pbx:123456', '[::1]:x'])('%s has no port', (typed) => {
    expect(splitServer(typed).port).toBeNaN();
  });

  it('loses no port, whatever the name', () => {
    const name = fc.stringMatching(/^[a-z0-9.-]{1,30}$/);
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        expect(splitServer(`${host}:${port}`)).toEqual({ host, port });
      }),
    );
  });
});
