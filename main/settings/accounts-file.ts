import { constants } from 'node:fs';
import { copyFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type AccountSettings, parseAccount } from '../../app/settings/account.ts';
import { accountKey } from './account-key.ts';
import { isMissing, textOf, type Written, writeWhole, written } from './whole-file.ts';

/** Most accounts there can be. */
export const MAX_ACCOUNTS = 16;
/**
 * Largest settings file that is read and written, in bytes: an account is a few hundred, each of its phones (at Asterisk)
 * some 150.
 */
export const MAX_ACCOUNTS_FILE = 8_388_608;

/** The version before kept its only account in this file, beside ours. */
const LONE_FILE = 'account.json';
/** It wrote the port that nobody had typed. */
const LONE_PORT = 5222;

/** What is kept, and what of it could not be used. */
export type StoredAccounts = {
  readonly accounts: readonly AccountSettings[];
  readonly trouble?: SettingsTrouble;
};

export type SettingsTrouble =
  /** The file as it was is kept under this name: all of it or a part could not be used. */
  | { readonly kind: 'broken'; readonly keptAs: string }
  /** The system did not let it be read, or not be kept under another name. It is as it was, and stays so. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** The accounts of this user, in a file of their own. No password is ever in it. */
export type AccountsFile = {
  /** Takes over what the version before kept. Broken entries cost no others. */
  readonly read: () => Promise<StoredAccounts>;
  /** Adds an account, or replaces the one of its key. Leaves the old file as it is where that fails. */
  readonly put: (account: AccountSettings) => Promise<Written>;
  /** Removing what is not kept is no failure. */
  readonly remove: (key: string) => Promise<Written>;
};

/** @param resource the XMPP resource of this program here; a profile that moves between machines brings no other's */
export function accountsFile(path: string, resource: string): AccountsFile {
  const lone = join(dirname(path), LONE_FILE);

  const read = async (): Promise<StoredAccounts> => {
    const found = await readJson(path);
    if (found.kind === 'missing') return takeOver();
    if (found.kind === 'unreadable') return nothing(found);
    const values = found.kind === 'value' ? listIn(found.value) : undefined;
    if (!values) return nothing(await setAside(path, rename));
    const accounts = usable(values, resource);
    if (accounts.length === values.length) return { accounts };
    if (accounts.length === 0) return nothing(await setAside(path, rename));
    const trouble = await setAside(path, copyNew);
    if (trouble.kind === 'broken') await write(accounts);
    return { accounts, trouble };
  };

  const takeOver = async (): Promise<StoredAccounts> => {
    const found = await readJson(lone);
    if (found.kind === 'missing') return { accounts: [] };
    if (found.kind === 'unreadable') return nothing(found);
    const accounts = found.kind === 'value' ? usable([withoutPort(found.value)], resource) : [];
    if (accounts.length === 0) return nothing(await setAside(lone, rename));
    if ((await write(accounts)).ok) await written(rm(lone, { force: true }));
    return { accounts };
  };

  const write = async (accounts: readonly AccountSettings[]): Promise<Written> => {
    if (accounts.length > 0) {
      const text = `${JSON.stringify({ accounts: accounts.map(withoutResource) }, null, 2)}\n`;
      // What would not be read again is not written.
      if (Buffer.byteLength(text) > MAX_ACCOUNTS_FILE) return TOO_LARGE;
      return written(writeWhole(path, text));
    }
    const removed = await written(rm(lone, { force: true }));
    return removed.ok ? written(rm(path, { force: true })) : removed;
  };

  /** Reads anew: what cannot be read must not be written over. */
  const change = async (
    to: (accounts: readonly AccountSettings[]) => readonly AccountSettings[],
  ): Promise<Written> => {
    const { accounts, trouble } = await read();
    if (trouble?.kind === 'unreadable') return { ok: false, detail: trouble.detail };
    return write(to(accounts));
  };

  return {
    read,
    put: (account) =>
      change((accounts) =>
        accounts.some(({ key }) => key === account.key)
          ? accounts.map((one) => (one.key === account.key ? account : one))
          : [...accounts, account],
      ),
    remove: (key) => change((accounts) => accounts.filter((one) => one.key !== key)),
  };
}

const TOO_LARGE: Written = {
  ok: false,
  detail: `the accounts with all their phones are more than ${MAX_ACCOUNTS_FILE} bytes`,
};

/** The resource belongs to this place, not to the profile. */
function withoutResource(account: AccountSettings): unknown {
  if (account.kind !== 'mobydick') return account;
  const { resource: _, ...rest } = account;
  return rest;
}

const nothing = (trouble: SettingsTrouble): StoredAccounts => ({ accounts: [], trouble });

type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** More than accounts can be, or no JSON. */
  | { readonly kind: 'nonsense' }
  | { readonly kind: 'value'; readonly value: unknown };

async function readJson(path: string): Promise<Found> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_ACCOUNTS_FILE) return { kind: 'nonsense' };
    text = await readFile(path, 'utf8');
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : { kind: 'unreadable', detail: textOf(error) };
  }
  try {
    // Editors of Windows begin a file with a byte order mark.
    return { kind: 'value', value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return { kind: 'nonsense' };
  }
}

function listIn(value: unknown): readonly unknown[] | undefined {
  const list = isObject(value) ? value['accounts'] : undefined;
  return Array.isArray(list) ? list : undefined;
}

/** The accounts among these values, each server and user once, at most MAX_ACCOUNTS. */
function usable(values: readonly unknown[], resource: string): readonly AccountSettings[] {
  const found = new Map<string, AccountSettings>();
  const keys = new Set<string>();
  for (const value of values) {
    const parsed = parseAccount(isObject(value) ? { ...value, resource } : undefined);
    if (!parsed.ok || found.size === MAX_ACCOUNTS) continue;
    const { account } = parsed;
    const identity = accountKey(account);
    if (found.has(identity) || keys.has(account.key)) continue;
    found.set(identity, account);
    keys.add(account.key);
  }
  return [...found.values()];
}

function withoutPort(value: unknown): unknown {
  if (!isObject(value) || value['port'] !== LONE_PORT) return value;
  const { port: _, ...rest } = value;
  return rest;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const copyNew = (from: string, to: string): Promise<void> => copyFile(from, to, constants.COPYFILE_EXCL);

async function setAside(
  path: string,
  keep: (from: string, to: string) => Promise<void>,
): Promise<SettingsTrouble> {
  const aside = `${path}.broken-${Date.now()}`;
  const kept = await written(keep(path, aside));
  return kept.ok ? { kind: 'broken', keptAs: basename(aside) } : { kind: 'unreadable', detail: kept.detail };
}
