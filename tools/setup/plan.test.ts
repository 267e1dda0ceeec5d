import { describe, expect, it } from 'vitest';
import {
  isAtLeast,
  matchesLock,
  nodeFlags,
  parseVersion,
  planNode,
  planPackages,
  planSystem,
} from './plan.mjs';

const LINUX = { platform: 'linux', arch: 'x64' };

describe('versions', () => {
  it('reads what Node prints, and refuses what is no version', () => {
    expect(parseVersion('v22.12.0')).toEqual([22, 12, 0]);
    expect(parseVersion('24.21.0-rc.1')).toEqual([24, 21, 0]);
    expect(parseVersion('latest')).toBeUndefined();
  });

  it('compares by number, not by text', () => {
    expect(isAtLeast('v22.9.0', '22.12.0')).toBe(false);
    expect(isAtLeast('v22.12.0', '22.12.0')).toBe(true);
    expect(isAtLeast('v100.0.0', '22.12.0')).toBe(true);
    expect(isAtLeast('nonsense', '22.12.0')).toBe(false);
  });

  it('asks for type stripping only where Node does not do it by itself', () => {
    const strips = (version: string) => nodeFlags(version).includes('--experimental-strip-types');
    expect(['v22.12.0', 'v22.17.1', 'v23.5.0'].map(strips)).toEqual([true, true, true]);
    expect(['v22.18.0', 'v23.6.0', 'v24.0.0'].map(strips)).toEqual([false, false, false]);
  });
});

describe('which Node runs the tasks', () => {
  it('keeps a Node that is new enough, on any system', () => {
    expect(planNode({ version: 'v22.12.0', platform: 'win32', arch: 'x64' })).toBe('running');
    expect(planNode({ version: 'v24.1.0', platform: 'darwin', arch: 'arm64' })).toBe('running');
  });

  it('brings one on Linux x64 and says so elsewhere', () => {
    expect(planNode({ version: 'v20.20.2', ...LINUX })).toBe('brought');
    expect(planNode({ version: 'v22.11.0', ...LINUX })).toBe('brought');
    expect(planNode({ version: 'v20.20.2', platform: 'linux', arch: 'arm64' })).toBe('none');
    expect(planNode({ version: 'v20.20.2', platform: 'win32', arch: 'x64' })).toBe('none');
  });
});

describe('the npm packages', () => {
  const never = () => {
    throw new Error('must not be asked');
  };

  it('are left alone when the note agrees, without reading further', () => {
    expect(planPackages({ stamp: 'a', fingerprint: 'a', matches: never })).toBe('ready');
  });

  it('are installed when the lock file changed, and adopted when npm installed them already', () => {
    expect(planPackages({ stamp: 'a', fingerprint: 'b', matches: () => false })).toBe('install');
    expect(planPackages({ stamp: undefined, fingerprint: 'b', matches: () => true })).toBe('adopt');
  });

  const one = { version: '1.0.0', integrity: 'sha512-one' };
  const lock = {
    packages: {
      '': {},
      'node_modules/one': one,
      'node_modules/one-linux': { ...one, optional: true, os: ['linux'], cpu: ['x64'] },
      'node_modules/one-win32': { ...one, optional: true, os: ['win32'], cpu: ['x64'] },
      'node_modules/one-musl': { ...one, optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      'node_modules/below-wasm': { ...one, optional: true },
    },
  };
  const installed = { packages: { 'node_modules/one': one, 'node_modules/one-linux': one } };

  it('match when only packages for other systems are absent', () => {
    expect(matchesLock(lock, installed, LINUX)).toBe(true);
    expect(matchesLock(lock, installed, { platform: 'win32', arch: 'x64' })).toBe(false);
  });

  it.each([
    ['nothing was ever installed', undefined],
    ['a package is absent', { packages: { 'node_modules/one-linux': one } }],
    ["this system's native half is absent", { packages: { 'node_modules/one': one } }],
    [
      'a version differs',
      { packages: { ...installed.packages, 'node_modules/one': { ...one, version: '2.0.0' } } },
    ],
    [
      'a content differs',
      { packages: { ...installed.packages, 'node_modules/one': { ...one, integrity: 'x' } } },
    ],
    [
      'a package is there that nobody asked for',
      { packages: { ...installed.packages, 'node_modules/two': one } },
    ],
  ])('do not match when %s', (_, present) => {
    expect(matchesLock(lock, present, LINUX)).toBe(false);
  });
});

describe('the system packages', () => {
  const found = {
    missing: ['wine', 'chromium'],
    declined: [] as string[],
    unavailable: [] as string[],
    explicit: false,
    apt: true,
    terminal: false,
    root: true,
    sudo: false,
  };

  it('are no matter when nothing is missing', () => {
    expect(planSystem({ ...found, missing: [] })).toEqual({ action: 'nothing', groups: [] });
  });

  it('are installed as root without a terminal', () => {
    expect(planSystem(found)).toEqual({ action: 'install', groups: ['wine', 'chromium'] });
  });

  it('are offered at a terminal, to root too', () => {
    expect(planSystem({ ...found, terminal: true }).action).toBe('ask');
    expect(planSystem({ ...found, terminal: true, root: false, sudo: true }).action).toBe('ask');
  });

  it('are only named when they cannot be installed', () => {
    expect(planSystem({ ...found, root: false, sudo: true }).action).toBe('tell');
    expect(planSystem({ ...found, terminal: true, root: false }).action).toBe('tell');
    expect(planSystem({ ...found, apt: false }).action).toBe('tell');
  });

  it('are not offered twice to a person who declined, unless he runs set-up himself', () => {
    const declined = { ...found, terminal: true, declined: ['wine'] };
    expect(planSystem(declined)).toEqual({ action: 'ask', groups: ['chromium'] });
    expect(planSystem({ ...declined, explicit: true }).groups).toEqual(['wine', 'chromium']);
    expect(planSystem({ ...declined, terminal: false }).groups).toEqual(['wine', 'chromium']);
  });

  it('are not looked for twice where the package sources lack them', () => {
    const lacking = { ...found, unavailable: ['chromium'] };
    expect(planSystem(lacking)).toEqual({ action: 'install', groups: ['wine'] });
    expect(planSystem({ ...lacking, explicit: true }).groups).toEqual(['wine', 'chromium']);
  });
});
