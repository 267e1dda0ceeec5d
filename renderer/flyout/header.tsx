import type { ReactNode } from 'react';
import type { AccountView, LineView, ShimView } from '../../contract/renderer-api.ts';
import { tell } from '../bridge.ts';
import { useSlice } from '../state.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { type T, useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconBusy, IconError, IconOnline, IconPlug, IconStopped, IconWaiting } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';

type State = AccountView['state'];

const states: Readonly<Record<State, { readonly text: PlainKey; readonly icon: ReactNode }>> = {
  connecting: { text: 'account.connecting', icon: <IconBusy /> },
  online: { text: 'account.online', icon: <IconOnline /> },
  waiting: { text: 'account.waiting', icon: <IconWaiting /> },
  failed: { text: 'account.failed', icon: <IconError /> },
  stopped: { text: 'account.stopped', icon: <IconStopped /> },
};

/** Who is signed in, how the session and the lines stand, and whether TAPI programs see them. */
export function Header({ account }: { readonly account: AccountView }) {
  const t = useText();
  const lines = useSlice('lines');
  const shim = useSlice('shim');
  const { text, icon } = states[account.state];
  const online = account.state === 'online';
  const [line] = lines;
  const name = line && lines.length === 1 ? line.name : account.user;
  const words = online && lines.length > 0 ? `${t(text)}, ${lineWords(lines, t)}` : t(text);
  return (
    <header className="header">
      <div className="header-who">
        <span className={`header-state header-${account.state}`}>{icon}</span>
        <div className="header-text">
          <h1>{name}</h1>
          <p className="caption" role="status">
            {words}
          </p>
        </div>
        {account.demo && <span className="header-demo">{t('account.demo')}</span>}
      </div>
      {account.problem && !online && <AccountProblem account={account} problem={account.problem} />}
      {online && <Shim shim={shim} />}
    </header>
  );
}

function lineWords(lines: readonly LineView[], t: T): string {
  const ready = lines.filter((line) => line.inService).length;
  if (lines.length > 1) return t('flyout.someReady', { ready, all: lines.length });
  return ready === 1 ? t('flyout.ready') : t('flyout.outOfService');
}

type AccountProblemProps = {
  readonly account: AccountView;
  readonly problem: NonNullable<AccountView['problem']>;
};

/** Why nobody is connected, with the one thing that may help. */
function AccountProblem({ account, problem }: AccountProblemProps) {
  const t = useText();
  const retry = useCommand('retry');
  const repairs = account.untrustedCertificate !== undefined || account.state === 'failed';
  const waiting = account.state === 'waiting';
  return (
    <ProblemNote
      problem={retry.problem ?? problem}
      role="status"
      tone={account.state === 'failed' ? 'danger' : 'warning'}
    >
      {repairs && (
        <Button onClick={() => tell('openWindow', { kind: 'signIn' })}>
          {account.untrustedCertificate === undefined
            ? t('flyout.signInAgain')
            : t('flyout.checkCertificate')}
        </Button>
      )}
      {(waiting || account.state === 'stopped') && (
        <Button off={retry.busy} onClick={() => void retry.run({})}>
          {t('flyout.retry')}
        </Button>
      )}
    </ProblemNote>
  );
}

function Shim({ shim }: { readonly shim: ShimView }) {
  const t = useText();
  if (shim.unavailable) return <ProblemNote problem={shim.unavailable} role="status" tone="warning" />;
  return (
    <p className="header-shim caption">
      <IconPlug />
      {shim.connected > 0 ? t('flyout.shimConnected') : t('flyout.shimNone')}
    </p>
  );
}
