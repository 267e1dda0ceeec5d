import { accountSession } from '../app/account-session.ts';
import type { Companion } from '../app/companion.ts';
import { parseAccount } from '../app/settings/account.ts';
import type { Vault } from '../app/settings/vault.ts';

/**
 * Adds an account to the companion and signs in to its PBX. The password goes into the vault and is read from there at
 * each sign-in. Returns what is wrong, in English, when the settings or the vault refuse.
 */
export async function signIn(
  companion: Companion,
  vault: Vault,
  settings: unknown,
  password: string,
): Promise<string | undefined> {
  const parsed = parseAccount(settings);
  if (!parsed.ok) return parsed.problems.map(({ text }) => text.en).join(' ');
  const { account } = parsed;
  const key = { scope: 'user', account: account.key } as const;
  const kept = await vault.write(key, password);
  if (!kept.ok) return kept.detail;
  companion.addAccount({
    key: account.key,
    pbxName: account.host,
    connect: (listener) => accountSession(account, secret, listener),
  });
  return undefined;

  async function secret(): Promise<string> {
    const found = await vault.read(key);
    return (found.ok && found.secret) || '';
  }
}
