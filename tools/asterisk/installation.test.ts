import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modulesFile } from './configuration.ts';
import { fetchRelease } from './fetch.ts';
import { installations, layout, STAMP } from './installation.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'tapline-asterisk-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(cache, file)), { recursive: true });
    writeFileSync(join(cache, file), '');
  }
}

const NEW = [
  '22/root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  '22/root/usr/lib/x86_64-linux-gnu/asterisk/modules/app_dial.so',
  '22/root/usr/sbin/asterisk',
  '22/root/usr/share/asterisk/documentation/core-en_US.xml',
];
const OLD = [
  '16/root/lib/aarch64-linux-gnu/ld-2.31.so',
  '16/root/usr/lib/asterisk/modules/app_dial.so',
  '16/root/usr/sbin/asterisk',
  '16/root/usr/share/asterisk/documentation/core-en_US.xml',
];

describe('an unpacked Asterisk', () => {
  it.each([
    ['22', NEW],
    ['16', OLD],
  ])('is found in the folders of its time: %s', (major, files) => {
    write(...files);
    const { program, arguments: args, modules } = layout(join(cache, major));
    expect(program).toBe(join(cache, files[0] ?? ''));
    expect(args.slice(-1)).toEqual([join(cache, major, 'root/usr/sbin/asterisk')]);
    expect(args[1]?.split(':')).toContain(dirname(program));
    expect(modules).toBe(dirname(join(cache, files[1] ?? '')));
  });

  it('that lacks a part is named, and not used', () => {
    write(...NEW.slice(1));
    expect(() => layout(join(cache, '22'))).toThrow('dynamic loader');
    expect(installations(cache)).toEqual([]);
  });

  it('counts once it is whole, and is not fetched again', async () => {
    write(...NEW);
    expect(installations(cache)).toEqual([]);
    writeFileSync(join(cache, '22', STAMP), JSON.stringify({ version: '22.10.1' }));
    expect(installations(cache)).toMatchObject([{ major: 22, version: '22.10.1' }]);
    const release = { major: 22, suite: 'sid' };
    expect(await fetchRelease(release, cache)).toEqual({
      release,
      ok: true,
      version: '22.10.1',
      fresh: false,
    });
  });

  it('loads the modules that it has', () => {
    write(...NEW);
    const parts = { major: 22, version: '22.10.1', ...layout(join(cache, '22')) };
    const file = modulesFile(parts, ['chan_sip']);
    expect(file).toContain('autoload = no');
    expect(file).toContain('load = app_dial.so');
    expect(file).not.toContain('chan_sip');
  });
});
