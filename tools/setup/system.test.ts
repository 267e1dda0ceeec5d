import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choosePackages, parsePolicy, parseSizes } from './apt.mjs';
import { lookAtMachine, type Machine, missingGroups, SYSTEM_GROUPS } from './system.mjs';

function machineWith(programs: string[], parts: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    hasProgram: (name) => programs.includes(name),
    hasFile: () => true,
    hasFuzzLibrary: () => true,
    ...parts,
  };
}

const ids = (machine: Machine) => missingGroups(machine).map((group) => group.id);
const EVERYTHING = [
  'gcc',
  'clang-14',
  'clang-tidy-14',
  'cppcheck',
  'x86_64-w64-mingw32-gcc',
  'i686-w64-mingw32-gcc',
  'wine',
  'chromium',
  'prosody',
];

describe('missing system packages', () => {
  it('are none on a complete machine and all on an empty one', () => {
    expect(ids(machineWith(EVERYTHING))).toEqual([]);
    expect(ids(machineWith([], { hasFile: () => false }))).toEqual([
      'native',
      'fuzz',
      'analysis',
      'windows',
      'wine',
      'locales',
      'chromium',
      'prosody',
      'xmpp-client',
    ]);
  });

  it('count a program without the files it needs as missing', () => {
    expect(ids(machineWith(EVERYTHING, { hasFile: () => false }))).toEqual([
      'native',
      'locales',
      'prosody',
      'xmpp-client',
    ]);
    expect(ids(machineWith(EVERYTHING, { hasFuzzLibrary: () => false }))).toEqual(['fuzz']);
    const oneAnalyser = EVERYTHING.filter((name) => name !== 'cppcheck');
    expect(ids(machineWith(oneAnalyser))).toEqual(['analysis']);
    const oneArchitecture = EVERYTHING.filter((name) => !name.startsWith('i686'));
    expect(ids(machineWith(oneArchitecture))).toEqual(['windows']);
  });

  it('leave out what makes no sense on the system', () => {
    expect(ids(machineWith([], { platform: 'win32' }))).toEqual([]);
    expect(ids(machineWith([], { arch: 'arm64' }))).not.toContain('wine');
  });
});

describe('the search for programs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-path-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds executable files on the given PATH only', () => {
    writeFileSync(join(folder, 'wine'), '');
    expect(lookAtMachine({ path: `/nowhere:${folder}` }).hasProgram('wine')).toBe(false);
    chmodSync(join(folder, 'wine'), 0o755);
    expect(lookAtMachine({ path: `/nowhere:${folder}` }).hasProgram('wine')).toBe(true);
    expect(lookAtMachine({ path: '' }).hasProgram('wine')).toBe(false);
  });
});

describe("apt's answers", () => {
  const POLICY = [
    'clang-14:',
    '  Installed: (none)',
    '  Candidate: 1:14.0.6-12',
    '  Version table:',
    '     1:14.0.6-12 500',
    'libclang-rt-14-dev:',
    '  Installed: (none)',
    '  Candidate: 1:14.0.6-12',
    'clang-19:',
    '  Installed: (none)',
    '  Candidate: (none)',
  ].join('\n');

  it('tell which packages exist', () => {
    expect([...parsePolicy(POLICY)]).toEqual(['clang-14', 'libclang-rt-14-dev']);
    expect(parsePolicy('').size).toBe(0);
  });

  it('tell what an installation costs, with and without packages already fetched', () => {
    const text = (need: string) =>
      `0 upgraded, 15 newly installed.\nNeed to get ${need} of archives.\nAfter this operation, 410 MB of additional disk space will be used.\n`;
    expect(parseSizes(text('113 MB'))).toEqual({ download: '113 MB', disk: '410 MB' });
    expect(parseSizes(text('113 MB/123 MB'))).toEqual({ download: '113 MB', disk: '410 MB' });
    expect(parseSizes(text('1,207 kB'))).toEqual({ download: '1,207 kB', disk: '410 MB' });
    expect(parseSizes('E: Unable to locate package wine')).toBeUndefined();
  });

  it('decide between the names of different releases', () => {
    const fuzz = SYSTEM_GROUPS.filter((group) => group.id === 'fuzz');
    const choose = (names: string[]) => choosePackages(fuzz, new Set(names))[0]?.packages;
    expect(choose(['clang', 'libclang-rt-dev', 'clang-14', 'libclang-rt-14-dev'])).toEqual([
      'clang-14',
      'libclang-rt-14-dev',
    ]);
    expect(choose(['clang-14', 'clang', 'libclang-rt-dev'])).toEqual(['clang', 'libclang-rt-dev']);
    expect(choose(['clang-14'])).toBeUndefined();
  });
});
