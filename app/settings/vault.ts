/** Where secrets live. An account's password is kept here and nowhere else. */

/** Whose secret: one user's of this machine, or the machine's own service's. */
export type VaultKey = { readonly scope: 'user' | 'machine'; readonly account: string };

export type VaultFailure = {
  readonly ok: false;
  readonly code: /** the store is not there, is locked, or refuses */
    | 'unreachable'
    /** the key or the secret breaks a limit; nothing was stored */
    | 'invalid';
  /** For the trace. No secret is in it. */
  readonly detail: string;
};

/** Every answer is a value: no vault throws. */
export type Vault = {
  /** The secret, or undefined where none is kept. */
  readonly read: (
    key: VaultKey,
  ) => Promise<{ readonly ok: true; readonly secret: string | undefined } | VaultFailure>;
  readonly write: (key: VaultKey, secret: string) => Promise<{ readonly ok: true } | VaultFailure>;
  /** Forgetting what is not kept is no failure. */
  readonly forget: (key: VaultKey) => Promise<{ readonly ok: true } | VaultFailure>;
};

/** Characters of a secret. Windows keeps at most 2,560 bytes, as UTF-16. */
export const MAX_SECRET = 1_024;
/** Characters of an account key: it becomes part of a name in the store. */
export const MAX_ACCOUNT_KEY = 200;

/** What is wrong with a key, or with the secret to keep under it. */
export function checkEntry({ account }: VaultKey, secret?: string): VaultFailure | undefined {
  if (account === '' || account.length > MAX_ACCOUNT_KEY || /\p{Cc}/u.test(account))
    return invalid(`an account key has 1 to ${MAX_ACCOUNT_KEY} characters and no control characters`);
  if (secret !== undefined && (secret === '' || secret.length > MAX_SECRET))
    return invalid(`a secret has 1 to ${MAX_SECRET} characters`);
  return undefined;
}

const invalid = (detail: string): VaultFailure => ({ ok: false, code: 'invalid', detail });
