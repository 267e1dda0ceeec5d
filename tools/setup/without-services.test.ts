import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./without-services.sh', import.meta.url));

/** What a package does when it is installed: brings its service and asks whether it may start. */
const INSTALL = [
  'touch "$SETUP_ROOT/etc/init.d/prosody"',
  'policy="$SETUP_ROOT/usr/sbin/policy-rc.d"',
  'for name in prosody prosody.service other; do "$policy" --quiet "$name" start; echo "$name $?"; done',
].join('\n');

describe.runIf(process.platform === 'linux')('an installation without services', () => {
  let root: string;
  let policy: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapline-services-'));
    policy = join(root, 'usr/sbin/policy-rc.d');
    for (const folder of ['usr/sbin', 'etc/init.d', 'bin'])
      mkdirSync(join(root, folder), { recursive: true });
    for (const name of ['update-rc.d', 'invoke-rc.d'])
      program(join(root, 'bin', name), `echo ${name} "$@" >>"$SETUP_ROOT/done"`);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function program(file: string, body: string) {
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  }
  const install = (command: string) =>
    spawnSync('sh', [SCRIPT, 'prosody', 'sh', '-c', command], {
      env: { PATH: `${join(root, 'bin')}:${process.env['PATH']}`, SETUP_ROOT: root },
      encoding: 'utf8',
    });
  const done = () => (existsSync(join(root, 'done')) ? readFileSync(join(root, 'done'), 'utf8') : '');

  it('starts nothing of ours, hinders nobody else, and leaves no rule behind', () => {
    const { stdout, status } = install(INSTALL);
    expect(stdout).toBe('prosody 101\nprosody.service 101\nother 0\n');
    expect(status).toBe(0);
    expect(done()).toBe('update-rc.d prosody disable\n');
    expect(existsSync(policy)).toBe(false);
  });

  it("keeps the administrator's own rule, and stops what it let start", () => {
    program(policy, 'exit 0');
    const { stdout } = install(INSTALL);
    expect(stdout).toBe('prosody 0\nprosody.service 0\nother 0\n');
    expect(done()).toBe('invoke-rc.d prosody stop\nupdate-rc.d prosody disable\n');
    expect(readFileSync(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('takes it well when that rule allows neither start nor stop', () => {
    program(policy, 'exit 101');
    program(join(root, 'bin/invoke-rc.d'), 'exit 101');
    expect(install(INSTALL).status).toBe(0);
  });

  it('leaves a service alone that was there before', () => {
    writeFileSync(join(root, 'etc/init.d/prosody'), '');
    expect(install('exit 0').status).toBe(0);
    expect(done()).toBe('');
  });

  it('ends as the command ended, without a rule left behind', () => {
    const { status } = install('exit 42');
    expect(status).toBe(42);
    expect(done()).toBe('');
    expect(existsSync(policy)).toBe(false);
  });
});
