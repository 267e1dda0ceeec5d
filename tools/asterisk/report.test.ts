import { describe, expect, it } from 'vitest';
import type { Fetched } from './fetch.ts';
import { asteriskMissing, report } from './report.ts';

const NEW = { major: 22, suite: 'sid' };
const OLD = { major: 16, suite: 'bullseye' };
const there = (release: Fetched['release'], version: string): Fetched => ({
  release,
  ok: true,
  version,
  fresh: false,
});
const absent = (release: Fetched['release']): Fetched => ({
  release,
  ok: false,
  code: 'notOnMirror',
  why: 'E: Unable to locate package asterisk',
});

describe('what fetching Asterisk tells', () => {
  it('names a release that the mirror lacks, and is content with the other', () => {
    const { lines, ok } = report([absent(NEW), there(OLD, '16.28.0')]);
    expect(ok).toBe(true);
    expect(lines).toEqual([
      'Asterisk 22 (sid): not available, the mirror does not have it. E: Unable to locate package asterisk',
      'Asterisk 16 (bullseye): 16.28.0',
    ]);
  });

  it('is a failure without any', () => {
    const { lines, ok } = report([absent(NEW), absent(OLD)]);
    expect(ok).toBe(false);
    expect(lines.at(-1)).toMatch(/^Check the network/);
  });

  it('says where it cannot even be tried', () => {
    const machine = {
      platform: 'linux',
      arch: 'x64',
      hasProgram: (name: string) => name !== 'apt-get',
      hasFile: () => true,
      hasFuzzLibrary: () => true,
    };
    expect(asteriskMissing(machine)).toMatch(/Debian/);
    expect(asteriskMissing({ ...machine, hasProgram: () => true })).toBeUndefined();
    expect(asteriskMissing({ ...machine, platform: 'win32', hasProgram: () => true })).toMatch(/Debian/);
    expect(report([], 'no Debian').ok).toBe(false);
  });
});
