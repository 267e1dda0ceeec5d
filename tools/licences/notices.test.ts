import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areNoticesCurrent, makeNotices } from './notices.ts';
import { type NoticedPackage, normalise, renderNotices } from './render.ts';
import { refusedPackages, shippedPackages } from './shipped.ts';

const LOCK = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zeta': { version: '2.0.0', license: 'MIT' },
    'node_modules/alpha': { version: '1.0.0', license: 'ISC' },
    'node_modules/zeta/node_modules/alpha': { version: '1.0.0', license: 'ISC' },
    'node_modules/zeta/node_modules/@scope/beta': { version: '3.0.0' },
    'node_modules/alpha-win32': { version: '1.0.0', license: 'MIT', os: ['win32'], cpu: ['x64'] },
    'node_modules/linter': { version: '1.0.0', license: 'MIT', dev: true },
    'node_modules/electron': { version: '45.4.1', license: 'MIT', dev: true },
  },
};

describe('the packages that ship', () => {
  it('are the production ones and Electron, each once, for every system', () => {
    expect(shippedPackages(LOCK).map(({ name, native }) => (native ? `${name} (native)` : name))).toEqual([
      '@scope/beta',
      'alpha',
      'alpha-win32 (native)',
      'electron',
      'zeta',
    ]);
  });

  it('are refused when they name no licence, or one that is not allowed', () => {
    const packages = shippedPackages({
      packages: { ...LOCK.packages, 'node_modules/copyleft': { version: '1.0.0', license: 'GPL-3.0-only' } },
    });
    expect(refusedPackages(packages).map(({ name }) => name)).toEqual(['@scope/beta', 'copyleft']);
  });
});

describe('the file', () => {
  const noticed = (name: string, text?: string): NoticedPackage => ({
    ...{ name, version: '1.0.0', licence: 'MIT', path: '', native: false },
    text,
  });

  it('does not depend on the order of the packages', () => {
    const packages = [noticed('a', 'one\n'), noticed('b', 'two\n'), noticed('c', 'one\n'), noticed('d')];
    const expected = renderNotices(packages);
    fc.assert(
      fc.property(fc.shuffledSubarray(packages, { minLength: packages.length }), (shuffled) => {
        expect(renderNotices(shuffled)).toBe(expected);
      }),
    );
  });

  it('prints a text once, below all packages it belongs to', () => {
    const text = renderNotices([noticed('a', 'the terms\n'), noticed('b', 'the terms\n')]);
    expect(text).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nthe terms\n');
    expect(text.split('the terms')).toHaveLength(2);
  });

  it('has one form of line ends', () => {
    expect(normalise('\uFEFFone  \r\ntwo\rthree\n\n')).toBe('one\ntwo\nthree\n');
  });

  it('in the project is current', () => {
    expect(areNoticesCurrent()).toBe(true);
  });

  it('in the project names every dependency of package.json', () => {
    const notices = makeNotices();
    expect(notices.ok && notices.text).toMatch(/^koffi 3\./m);
    expect(notices.ok && notices.text).toMatch(/^@xmpp\/client 0\./m);
  });
});
