import type { AccountView } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { useText } from '../text/text.ts';

const states: Readonly<Record<AccountView['state'], PlainKey>> = {
  connecting: 'account.connecting',
  online: 'account.online',
  waiting: 'account.waiting',
  failed: 'account.failed',
  stopped: 'account.stopped',
};

/** At the foot of diagnostics: how the session and the telephony service stand, and what was just done. */
export function StatusBar({ message }: { readonly message: string }) {
  const t = useText();
  const account = useSlice('account');
  const shim = useSlice('shim');
  const session = account
    ? `${t(states[account.state])} · ${account.user}${account.demo ? '' : ` · ${account.server}`}`
    : t('diagnostics.noAccount');
  const service = shim.unavailable ? t('tapi.unavailable') : shimWords(shim.connected, t);
  return (
    <footer className="status caption">
      <span>{session}</span>
      <span title={shim.unavailable && `${shim.unavailable.why} ${shim.unavailable.todo}`}>{service}</span>
      <span className="status-message" role="status">
        {message}
      </span>
    </footer>
  );
}

const shimWords = (connected: number, t: ReturnType<typeof useText>): string =>
  connected > 0 ? t('diagnostics.shims', { count: connected }) : t('diagnostics.noShim');
