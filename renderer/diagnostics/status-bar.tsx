import { accountName, accountStates } from '../account/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';

/** At the foot of diagnostics: how the accounts and the telephony service stand, and what was just done. */
export function StatusBar({ message }: { readonly message: string }) {
  const t = useText();
  const accounts = useSlice('accounts');
  const shim = useSlice('shim');
  const each = accounts.map((account) => `${t(accountStates[account.state])} · ${accountName(account, t)}`);
  const connected = accounts.filter(({ state }) => state === 'online').length;
  const session =
    each.length > 1
      ? t('diagnostics.accounts', { connected, all: each.length })
      : (each[0] ?? t('diagnostics.noAccount'));
  const service = shim.unavailable ? t('tapi.unavailable') : shimWords(shim.connected, t);
  return (
    <footer className="status caption">
      <span title={each.length > 1 ? each.join('\n') : undefined}>{session}</span>
      <span title={shim.unavailable && `${shim.unavailable.why} ${shim.unavailable.todo}`}>{service}</span>
      <span className="status-message" role="status">
        {message}
      </span>
    </footer>
  );
}

const shimWords = (connected: number, t: ReturnType<typeof useText>): string =>
  connected > 0 ? t('diagnostics.shims', { count: connected }) : t('diagnostics.noShim');
