import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type AccountSettings, parseAccount } from '../../app/settings/account.ts';

/** Largest settings file that is read, in bytes: one account is a few hundred. */
export const MAX_ACCOUNT_FILE = 65_536;

export type StoredAccount =
  | { readonly kind: 'none' }
  | { readonly kind: 'account'; readonly account: AccountSettings }
  /** Nothing in it could be used. It was moved aside, to the file of this name. */
  | { readonly kind: 'broken'; readonly keptAs: string }
  /** The system did not let it be read, or not be moved aside. It is where it was. */
  | { readonly kind: 'unreadable'; readonly detail: string };

export type Written = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** The account of this user, in a file of its own. The password is never in it. */
export type AccountFile = {
  readonly read: () => Promise<StoredAccount>;
  /** Replaces the file as a whole, or leaves the old one as it is. */
  readonly write: (account: AccountSettings) => Promise<Written>;
  readonly remove: () => Promise<Written>;
};

/** @param resource the XMPP resource of this program here; a profile that moves between machines brings no other's */
export function accountFile(path: string, resource: string): AccountFile {
  return {
    async read() {
      let text: string | undefined;
      try {
        const { size } = await stat(path);
        text = size > MAX_ACCOUNT_FILE ? undefined : await readFile(path, 'utf8');
      } catch (error) {
        if (isMissing(error)) return { kind: 'none' };
        return { kind: 'unreadable', detail: textOf(error) };
      }
      const parsed = parseAccount(withResource(text, resource));
      return parsed.ok ? { kind: 'account', account: parsed.account } : moveAside(path);
    },
    write: ({ resource: _, ...kept }) => written(writeWhole(path, `${JSON.stringify(kept, null, 2)}\n`)),
    remove: () => written(rm(path, { force: true })),
  };
}

function withResource(text: string | undefined, resource: string): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value, resource } : undefined;
  } catch {
    return undefined;
  }
}

async function moveAside(path: string): Promise<StoredAccount> {
  const aside = `${path}.broken-${Date.now()}`;
  const moved = await written(rename(path, aside));
  return moved.ok
    ? { kind: 'broken', keptAs: basename(aside) }
    : { kind: 'unreadable', detail: moved.detail };
}

/** Writes a neighbour and puts it in the file's place: a crash leaves the old file or the new one, never half of one. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const neighbour = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = await open(neighbour, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
}

const written = (work: Promise<void>): Promise<Written> =>
  work.then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, detail: textOf(error) }),
  );

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
