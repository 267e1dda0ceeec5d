import { checkEntry, type Vault, type VaultKey } from './vault.ts';

/** A vault for this run: for the demo, for tests, and where the system keeps no secrets. Nothing reaches the disk. */
export function createMemoryVault(): Vault {
  const secrets = new Map<string, string>();
  const name = ({ scope, account }: VaultKey) => `${scope} ${account}`;
  return {
    read: async (key) => checkEntry(key) ?? { ok: true, secret: secrets.get(name(key)) },
    write: async (key, secret) => {
      const wrong = checkEntry(key, secret);
      if (wrong) return wrong;
      secrets.set(name(key), secret);
      return { ok: true };
    },
    forget: async (key) => {
      const wrong = checkEntry(key);
      if (wrong) return wrong;
      secrets.delete(name(key));
      return { ok: true };
    },
  };
}
