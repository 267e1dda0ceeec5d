import type { AccountView } from '../../contract/renderer-api.ts';
import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconChange } from '../ui/icons.tsx';
import { accountName } from './words.ts';

/** Opens the form of an account whose phones stand in it: they come and go. The others have nothing to change. */
export function ChangeAccount({ account }: { readonly account: AccountView }) {
  const t = useText();
  if (account.kind !== 'asterisk' || account.demo) return null;
  const label = t('flyout.change', { account: accountName(account, t) });
  return (
    <Button
      look="subtle"
      icon={<IconChange />}
      aria-label={label}
      title={label}
      onClick={() => tell('openWindow', { kind: 'signIn', account: account.key })}
    />
  );
}
