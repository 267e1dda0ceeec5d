import type { AccountView } from '../../contract/renderer-api.ts';
import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import type { Command } from '../use-command.ts';

export type RemediesProps = {
  readonly account: AccountView;
  readonly retry: Command<'retry'>;
  /** Names the account to whom cannot see where a button stands. */
  readonly describedBy?: string;
};

/** What may help an account that is not connected: one thing, or two while a refused password is tried again. */
export function Remedies({ account, retry, describedBy }: RemediesProps) {
  const t = useText();
  const { key, state, certificate, refused } = account;
  const triesAgain = state === 'waiting' || state === 'stopped';
  return (
    <>
      {(state === 'failed' || refused) && (
        <Button
          aria-describedby={describedBy}
          onClick={() => tell('openWindow', { kind: 'signIn', account: key })}
        >
          {certificate ? t('flyout.checkCertificate') : t('flyout.signInAgain')}
        </Button>
      )}
      {triesAgain && (
        <Button
          off={retry.busy}
          aria-describedby={describedBy}
          onClick={() => void retry.run({ account: key })}
        >
          {t('flyout.retry')}
        </Button>
      )}
    </>
  );
}
