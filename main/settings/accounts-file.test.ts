import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AsteriskSettings, MobydickSettings } from '../../app/settings/account.ts';
import { type AccountsFile, accountsFile, MAX_ACCOUNTS, MAX_ACCOUNTS_FILE } from './accounts-file.ts';

const anna: MobydickSettings = {
  kind: 'mobydick',
  key: 'anna@pbx',
  host: 'pbx',
  user: 'anna',
  resource: 'tapline-here',
};
const ben: MobydickSettings = {
  kind: 'mobydick',
  key: 'ben@other:5223',
  host: 'other',
  port: 5223,
  user: 'ben',
  domain: 'acme',
  plainText: true,
  streamManagement: false,
  resource: 'tapline-here',
};

const office: AsteriskSettings = {
  kind: 'asterisk',
  key: 'asterisk:tapline@pbx',
  host: 'pbx',
  user: 'tapline',
  context: 'from-internal',
  lines: [
    { name: 'PJSIP/831', channel: 'PJSIP/831', extension: '831', person: 'Jan Lorenz' },
    { name: 'desk', channel: 'SIP/832', extension: '', person: '' },
  ],
};

let folder: string;
let deeper: string;
let path: string;
let file: AccountsFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-accounts-'));
  deeper = join(folder, 'deeper');
  path = join(deeper, 'accounts.json');
  file = accountsFile(path, anna.resource);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => readdirSync(deeper).sort();
const write = (name: string, value: unknown) => {
  mkdirSync(deeper, { recursive: true });
  writeFileSync(join(deeper, name), typeof value === 'string' ? value : JSON.stringify(value));
};
const accounts = async () => (await file.read()).accounts;

describe('the file of the accounts', () => {
  it('reads what it wrote, and nothing where there is none', async () => {
    expect(await file.read()).toEqual({ accounts: [] });
    expect(await file.put(anna)).toEqual({ ok: true });
    expect(await file.put(ben)).toEqual({ ok: true });
    expect(await file.read(), 'whatever an administrator set stays').toEqual({ accounts: [anna, ben] });
    const changed = { ...anna, pinnedCertificate: Array(32).fill('AB').join(':') };
    expect(await file.put(changed)).toEqual({ ok: true });
    expect(await accounts(), 'in its place').toEqual([changed, ben]);
    expect(files(), 'no neighbour is left').toEqual(['accounts.json']);
    expect(await file.remove(anna.key)).toEqual({ ok: true });
    expect(await accounts()).toEqual([ben]);
    expect(await file.remove(ben.key)).toEqual({ ok: true });
    expect(await file.remove(ben.key), 'removing nothing is no failure').toEqual({ ok: true });
    expect(files()).toEqual([]);
  });

  it('keeps an Asterisk beside the others, with its phones', async () => {
    expect(await file.put(anna)).toEqual({ ok: true });
    expect(await file.put(office)).toEqual({ ok: true });
    expect(await accounts()).toEqual([anna, office]);
    expect(await file.put({ ...office, plainText: true })).toEqual({ ok: true });
    expect(await accounts()).toEqual([anna, { ...office, plainText: true }]);
  });

  it('writes nothing that would be too large to be read again', async () => {
    await file.put(anna);
    const person = 'J'.repeat(MAX_ACCOUNTS_FILE / 1_000);
    const lines = Array.from({ length: 1_000 }, (_, at) => ({
      name: `PJSIP/${at}`,
      channel: `PJSIP/${at}`,
      extension: '',
      person,
    }));
    expect(await file.put({ ...office, lines })).toMatchObject({ ok: false });
    expect(await accounts()).toEqual([anna]);
    expect(files()).toEqual(['accounts.json']);
  });

  it('reads an account of before there was another kind', async () => {
    const { kind: _, ...before } = anna;
    write('accounts.json', { accounts: [before] });
    expect(await file.read()).toEqual({ accounts: [anna] });
  });

  it('holds no resource: a profile that moves gets that of its new place', async () => {
    await accountsFile(path, 'tapline-there').put(anna);
    expect(readFileSync(path, 'utf8')).not.toContain('resource');
    expect((await accountsFile(path, 'tapline-there').read()).accounts).toMatchObject([
      { resource: 'tapline-there' },
    ]);
  });

  it('may begin with a byte order mark, as editors of Windows write it', async () => {
    write('accounts.json', `\uFEFF${JSON.stringify({ accounts: [anna] })}`);
    expect(await file.read()).toEqual({ accounts: [anna] });
  });

  it.each([
    ['half of a file', '{"accounts":[{"key":"anna@pb'],
    ['nothing', ''],
    ['another value', '[1, 2]'],
    ['no account that can be used', { accounts: [{ ...anna, port: 0 }, 7] }],
    ['more than accounts can be', `"${'x'.repeat(MAX_ACCOUNTS_FILE)}"`],
  ])('keeps %s aside and says where', async (_what, value) => {
    write('accounts.json', value);
    const text = readFileSync(path, 'utf8');
    const { accounts: none, trouble } = await file.read();
    expect(none).toEqual([]);
    expect(trouble?.kind).toBe('broken');
    if (trouble?.kind !== 'broken') return;
    expect(files()).toEqual([trouble.keptAs]);
    expect(readFileSync(join(deeper, trouble.keptAs), 'utf8')).toBe(text);
    expect(await file.read()).toEqual({ accounts: [] });
  });

  it.each([
    ['one that is broken', { ...ben, user: '' }],
    ['no account at all', 'ben'],
    ['the same server and user once more', { ...anna, key: 'other', user: 'ANNA', port: 5222 }],
    ['the same key once more', { ...ben, key: anna.key }],
  ])('loses no account beside %s, and keeps that aside', async (_what, broken) => {
    write('accounts.json', { accounts: [anna, broken, { ...ben, key: 'third', host: 'third' }] });
    const text = readFileSync(path, 'utf8');
    const { accounts: good, trouble } = await file.read();
    expect(good.map(({ key }) => key)).toEqual([anna.key, 'third']);
    if (trouble?.kind !== 'broken') throw new Error('it was not kept aside');
    expect(readFileSync(join(deeper, trouble.keptAs), 'utf8')).toBe(text);
    const again = await file.read();
    expect(again, 'said once').not.toHaveProperty('trouble');
    expect(again.accounts.map(({ key }) => key)).toEqual([anna.key, 'third']);
  });

  it('takes as many accounts as there can be', async () => {
    const many = Array.from({ length: MAX_ACCOUNTS + 1 }, (_, at) => ({
      ...anna,
      key: `k${at}`,
      host: `h${at}`,
    }));
    write('accounts.json', { accounts: many });
    const { accounts: good, trouble } = await file.read();
    expect(good).toHaveLength(MAX_ACCOUNTS);
    expect(trouble?.kind).toBe('broken');
  });

  it('writes over nothing that could not be read', async () => {
    mkdirSync(path, { recursive: true });
    const { trouble } = await file.read();
    expect(trouble?.kind).toBe('unreadable');
    expect(await file.put(anna)).toMatchObject({ ok: false });
    expect(await file.remove(anna.key)).toMatchObject({ ok: false });
    expect(statSync(path).isDirectory()).toBe(true);
    expect(readdirSync(deeper), 'no neighbour is left').toEqual(['accounts.json']);
  });

  it('cannot be read by others, where files have such rights', async () => {
    await file.put(anna);
    const forOthers = statSync(path).mode & 0o077;
    expect(process.platform === 'win32' || forOthers === 0).toBe(true);
  });
});

describe('the account of the version before', () => {
  const { resource: _, ...kept } = anna;

  it('is taken over, without the port that nobody had typed', async () => {
    write('account.json', { ...kept, port: 5222 });
    expect(await file.read()).toEqual({ accounts: [anna] });
    expect(files()).toEqual(['accounts.json']);
    expect(await file.read()).toEqual({ accounts: [anna] });
  });

  it('keeps a port of its own', async () => {
    write('account.json', { ...kept, port: 5230 });
    expect(await accounts()).toEqual([{ ...anna, port: 5230 }]);
  });

  it('is kept aside where it is broken, and another one can be signed in', async () => {
    write('account.json', '{"key":');
    const { trouble } = await file.read();
    expect(trouble).toMatchObject({
      kind: 'broken',
      keptAs: expect.stringMatching(/^account\.json\.broken-/),
    });
    expect(await file.put(ben)).toEqual({ ok: true });
    expect(await accounts()).toEqual([ben]);
  });

  it('does not come back beside a newer file, nor after everybody has signed out', async () => {
    write('accounts.json', { accounts: [ben] });
    write('account.json', kept);
    expect(await accounts()).toEqual([ben]);
    await file.remove(ben.key);
    expect(await file.read()).toEqual({ accounts: [] });
  });
});
