import { checkEntry, type Vault, type VaultFailure, type VaultKey } from './vault.ts';

/** What is used of one entry of @napi-rs/keyring. */
export type KeyringEntry = {
  getPassword(): Promise<string | null>;
  setPassword(password: string): Promise<void>;
  deleteCredential(): Promise<boolean>;
};

type EntryOptions = { linux: { store: 'secret-service' } };

/** What is used of @napi-rs/keyring. Both throw when the system's store cannot be reached. */
export type Keyring = {
  readonly AsyncEntry: {
    new (service: string, account: string, options: EntryOptions): KeyringEntry;
    withTarget(target: string, service: string, account: string, options: EntryOptions): KeyringEntry;
  };
};

/** Loads the native module only when it is asked for: where it is missing, that is an answer and not a crash. */
export const loadKeyring = (): Promise<Keyring> => import('@napi-rs/keyring');

/**
 * Without this pin the module falls back to the kernel's keyring on a Linux without a secret service: what is kept there
 * is gone after a restart, and nobody is told.
 */
const OPTIONS: EntryOptions = { linux: { store: 'secret-service' } };

/**
 * The system's credential store: Windows' Credential Manager, where the entry is called `Tapline/<account>` and can be
 * seen and removed; the keychain; the secret service.
 */
export function createKeyringVault(keyring: Keyring, platform: string): Vault {
  const entry = ({ scope, account }: VaultKey): KeyringEntry => {
    const service = scope === 'user' ? 'Tapline' : 'Tapline machine';
    // A target is the entry's name on Windows; to other stores it means something else.
    return platform === 'win32'
      ? keyring.AsyncEntry.withTarget(`${service}/${account}`, service, account, OPTIONS)
      : new keyring.AsyncEntry(service, account, OPTIONS);
  };
  const reaching = async <T>(act: () => Promise<T>): Promise<T | VaultFailure> => {
    try {
      return await act();
    } catch (error) {
      return unreachable(error);
    }
  };

  return {
    read: async (key) =>
      checkEntry(key) ??
      reaching(async () => ({ ok: true, secret: (await entry(key).getPassword()) ?? undefined })),
    write: async (key, secret) =>
      checkEntry(key, secret) ??
      reaching(async () => {
        await entry(key).setPassword(secret);
        return { ok: true };
      }),
    forget: async (key) =>
      checkEntry(key) ??
      reaching(async () => {
        await entry(key).deleteCredential();
        return { ok: true };
      }),
  };
}

/** The store's message tells what is missing on this machine; it never holds the secret. */
export function unreachable(error: unknown): VaultFailure {
  const detail = error instanceof Error ? error.message : String(error);
  return { ok: false, code: 'unreachable', detail };
}
