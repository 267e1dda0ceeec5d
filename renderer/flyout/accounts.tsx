import { useId } from 'react';
import type { AccountView, ProblemView } from '../../contract/renderer-api.ts';
import { ChangeAccount } from '../account/change-account.tsx';
import { Remedies } from '../account/remedies.tsx';
import { StateIcon } from '../account/state-icon.tsx';
import { accountName, accountWords } from '../account/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconSignOut } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';
import { Shim } from './header.tsx';

export type AccountsProps = {
  readonly accounts: readonly AccountView[];
  readonly signOut: (account: AccountView) => void;
};

/** Several accounts: one quiet row for each, and what helps the ones that are not connected. */
export function Accounts({ accounts, signOut }: AccountsProps) {
  const t = useText();
  const shim = useSlice('shim');
  return (
    <header className="header">
      <h1 className="hidden-text">{t('flyout.accounts')}</h1>
      <ul>
        {accounts.map((account) => (
          <Row key={account.key} account={account} signOut={() => signOut(account)} />
        ))}
      </ul>
      {accounts.some(({ state }) => state === 'online') && <Shim shim={shim} />}
    </header>
  );
}

function Row({ account, signOut }: { readonly account: AccountView; readonly signOut: () => void }) {
  const t = useText();
  const id = useId();
  const retry = useCommand('retry');
  const lines = useSlice('lines').filter((line) => line.account === account.key);
  const [line] = lines;
  const problem = account.state === 'online' ? undefined : account.problem;
  const label = t('flyout.signOutOf', { account: accountName(account, t) });
  return (
    <li className="item account-row" aria-labelledby={id}>
      <div className="header-who">
        <StateIcon state={account.state} />
        <div className="header-text">
          <p id={id} className="item-name">
            {line && lines.length === 1 ? line.name : account.user}
          </p>
          <p className="caption" role="status">
            {account.demo ? t('account.demo') : account.server}
            {/* What is wrong says more than a state. */}
            {!problem && ` · ${accountWords(account, lines, t)}`}
          </p>
        </div>
        <ChangeAccount account={account} />
        <Button look="subtle" icon={<IconSignOut />} aria-label={label} title={label} onClick={signOut} />
      </div>
      {problem && (
        <div className="account-help">
          <Why problem={problem} />
          <div className="note-actions">
            <Remedies account={account} retry={retry} describedBy={id} />
          </div>
        </div>
      )}
      {retry.problem && <ProblemNote problem={retry.problem} />}
    </li>
  );
}

/** What happened; why, and what to do, for whom wants to know. */
function Why({ problem }: { readonly problem: ProblemView }) {
  return (
    <details className="selectable">
      <summary>{problem.what}</summary>
      <p className="caption">{problem.why}</p>
      <p className="caption">{problem.todo}</p>
    </details>
  );
}
