import type { AccountView, ShimView } from '../../contract/renderer-api.ts';
import { ChangeAccount } from '../account/change-account.tsx';
import { Remedies } from '../account/remedies.tsx';
import { StateIcon } from '../account/state-icon.tsx';
import { accountWords } from '../account/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { IconPlug } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';

/** Who is signed in, how the session and the lines stand, and whether TAPI programs see them. */
export function Header({ account }: { readonly account: AccountView }) {
  const t = useText();
  const lines = useSlice('lines');
  const shim = useSlice('shim');
  const online = account.state === 'online';
  const [line] = lines;
  return (
    <header className="header">
      <div className="header-who">
        <StateIcon state={account.state} />
        <div className="header-text">
          <h1>{line && lines.length === 1 ? line.name : account.user}</h1>
          <p className="caption" role="status">
            {accountWords(account, lines, t)}
          </p>
        </div>
        <ChangeAccount account={account} />
        {account.demo && <span className="header-demo">{t('account.demo')}</span>}
      </div>
      {account.problem && !online && <AccountProblem account={account} problem={account.problem} />}
      {online && <Shim shim={shim} />}
    </header>
  );
}

type AccountProblemProps = {
  readonly account: AccountView;
  readonly problem: NonNullable<AccountView['problem']>;
};

/** Why nobody is connected, with the one thing that may help. */
function AccountProblem({ account, problem }: AccountProblemProps) {
  const retry = useCommand('retry');
  return (
    <ProblemNote
      problem={retry.problem ?? problem}
      role="status"
      tone={account.state === 'failed' ? 'danger' : 'warning'}
    >
      <Remedies account={account} retry={retry} />
    </ProblemNote>
  );
}

/** Whether TAPI programs see the calls. */
export function Shim({ shim }: { readonly shim: ShimView }) {
  const t = useText();
  if (shim.unavailable) return <ProblemNote problem={shim.unavailable} role="status" tone="warning" />;
  return (
    <p className="header-shim caption">
      <IconPlug />
      {shim.connected > 0 ? t('flyout.shimConnected') : t('flyout.shimNone')}
    </p>
  );
}
