import type { Text } from '../language.ts';
import { createKeyringVault, type Keyring, loadKeyring, unreachable } from './keyring-vault.ts';
import { createMemoryVault } from './memory-vault.ts';
import type { Vault, VaultFailure } from './vault.ts';

export type OpenedVault =
  | { readonly kind: 'system'; readonly vault: Vault }
  /** `notice` is to be shown once; `detail` is for the trace. */
  | { readonly kind: 'memory'; readonly vault: Vault; readonly notice: Text; readonly detail: string };

/** Said where the system's store cannot be reached. */
const NOT_KEPT: Text = {
  de: 'Der Passwortspeicher des Systems ist nicht erreichbar: Tapline merkt sich das Passwort nur, bis es beendet wird.',
  en: "The system's password store cannot be reached: Tapline keeps the password only until it is closed.",
};

/**
 * The vault of this machine: the system's credential store, or memory for this run where that cannot be reached. A file
 * is never used.
 */
export async function openVault(
  load: () => Promise<Keyring> = loadKeyring,
  platform: string = process.platform,
): Promise<OpenedVault> {
  const opened = await openKeyring(load, platform);
  if ('vault' in opened) return { kind: 'system', vault: opened.vault };
  return { kind: 'memory', vault: createMemoryVault(), notice: NOT_KEPT, detail: opened.detail };
}

/** Only a question shows whether the store is there: making an entry asks nothing of it on some systems. */
async function openKeyring(
  load: () => Promise<Keyring>,
  platform: string,
): Promise<{ readonly vault: Vault } | VaultFailure> {
  let keyring: Keyring;
  try {
    keyring = await load();
  } catch (error) {
    return unreachable(error);
  }
  const vault = createKeyringVault(keyring, platform);
  const answer = await vault.read({ scope: 'user', account: 'is the store there' });
  return answer.ok ? { vault } : answer;
}
