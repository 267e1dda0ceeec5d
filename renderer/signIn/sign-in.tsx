import './sign-in.css';
import { useEffect, useState } from 'react';
import type { AccountView } from '../../contract/renderer-api.ts';
import { bridge, tell } from '../bridge.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useKey } from '../ui/use-key.ts';
import { useCommand } from '../use-command.ts';
import { KnownAsterisk } from './known-asterisk.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { WaitingCertificate } from './waiting-certificate.tsx';

/** Signing in to a phone system, to another one, or again to one that does not let somebody in any more. */
export function SignIn() {
  const accounts = useSlice('accounts');
  const [wanted, setWanted] = useState<string>();
  useEffect(() => bridge.on('signInRequested', ({ account }) => setWanted(account)), []);
  useKey(({ key }) => {
    if (key !== 'Escape') return false;
    tell('closeWindow', {});
    return true;
  });
  const account = accounts.find(({ key, demo }) => key === wanted && !demo);
  return (
    <div className="sign-in">
      <Content wanted={wanted} account={account} />
      {accounts.length === 0 && <Demo />}
    </div>
  );
}

function Content({
  wanted = '',
  account,
}: {
  readonly wanted: string | undefined;
  readonly account: AccountView | undefined;
}) {
  if (account?.certificate && account.problem) {
    const { certificate, problem } = account;
    return <WaitingCertificate account={account} certificate={certificate} problem={problem} />;
  }
  if (account?.kind === 'asterisk') return <KnownAsterisk key={wanted} account={account} />;
  return <SignInForm key={wanted} account={account} />;
}

function Demo() {
  const t = useText();
  const demo = useCommand('tryDemo');
  const tryDemo = async () => {
    if ((await demo.run({}))?.ok) tell('closeWindow', {});
  };
  return (
    <footer className="sign-in-demo">
      <p>{t('signIn.demoQuestion')}</p>
      <Button off={demo.busy} onClick={() => void tryDemo()}>
        {t('welcome.demo')}
      </Button>
      {demo.problem && <ProblemNote problem={demo.problem} />}
    </footer>
  );
}
