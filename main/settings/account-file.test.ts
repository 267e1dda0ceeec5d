import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../app/settings/account.ts';
import { accountFile, MAX_ACCOUNT_FILE } from './account-file.ts';

const account: AccountSettings = {
  key: 'anna@pbx',
  host: 'pbx',
  port: 5222,
  user: 'anna',
  resource: 'tapline-here',
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-account-'));
  path = join(folder, 'deeper/account.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => readdirSync(join(folder, 'deeper'));

describe('the account file', () => {
  it('reads what it wrote, and nothing where there is none', async () => {
    const file = accountFile(path, account.resource);
    expect(await file.read()).toEqual({ kind: 'none' });
    expect(await file.write(account)).toEqual({ ok: true });
    expect(await file.read()).toEqual({ kind: 'account', account });
    expect(await file.write({ ...account, user: 'ben' })).toEqual({ ok: true });
    expect(await file.read()).toMatchObject({ kind: 'account', account: { user: 'ben' } });
    expect(files(), 'no neighbour is left').toEqual(['account.json']);
    expect(await file.remove()).toEqual({ ok: true });
    expect(await file.remove(), 'removing nothing is no failure').toEqual({ ok: true });
    expect(await file.read()).toEqual({ kind: 'none' });
  });

  it('holds no resource: a profile that moves gets that of its new place', async () => {
    await accountFile(path, 'tapline-there').write(account);
    expect(readFileSync(path, 'utf8')).not.toContain('resource');
    expect(await accountFile(path, 'tapline-there').read()).toMatchObject({
      account: { resource: 'tapline-there' },
    });
  });

  it.each([
    ['half of a file', '{"key":"anna@pb'],
    ['nothing', ''],
    ['another value', '[1, 2]'],
    ['a field that is wrong', JSON.stringify({ ...account, port: 0 })],
    ['more than an account can be', `"${'x'.repeat(MAX_ACCOUNT_FILE)}"`],
  ])('keeps %s aside and says where', async (_what, text) => {
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(path, text);
    const file = accountFile(path, account.resource);
    const read = await file.read();
    expect(read.kind).toBe('broken');
    if (read.kind !== 'broken') return;
    expect(files()).toEqual([read.keptAs]);
    expect(readFileSync(join(folder, 'deeper', read.keptAs), 'utf8')).toBe(text);
    expect(await file.read()).toEqual({ kind: 'none' });
  });

  it('leaves the old file when the new one cannot be written', async () => {
    const file = accountFile(path, account.resource);
    await file.write(account);
    // The place of the file is taken by a folder: a rename onto it fails for every user.
    const blocked = accountFile(join(folder, 'deeper'), account.resource);
    const failed = await blocked.write({ ...account, user: 'ben' });
    expect(failed.ok).toBe(false);
    expect(await file.read()).toMatchObject({ account: { user: 'anna' } });
    expect(readdirSync(folder), 'no neighbour is left').toEqual(['deeper']);
  });

  it('cannot be read by others, where files have such rights', async () => {
    await accountFile(path, account.resource).write(account);
    const forOthers = statSync(path).mode & 0o077;
    expect(process.platform === 'win32' || forOthers === 0).toBe(true);
  });
});
