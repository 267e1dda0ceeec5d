import './sign-in.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AccountView, CommandResults, ProblemView } from '../../contract/renderer-api.ts';
import { bridge, tell } from '../bridge.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useKey } from '../ui/use-key.ts';
import { attempt, type Ended, useCommand, useRefusal } from '../use-command.ts';
import { Certificate } from './certificate.tsx';
import type { Credentials } from './check.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { fail, idle, type Progress, pass, reach, testing } from './progress.ts';
import { Stages } from './stages.tsx';

/** Signing in to a phone system: the credentials, a test that tells how far it gets, and the way to the demo. */
export function SignIn() {
  const t = useText();
  const refusal = useRefusal();
  const account = useSlice('account');
  const [progress, setProgress] = useState<Progress>(idle);
  const [problem, setProblem] = useState<ProblemView>();
  const [certificate, setCertificate] = useState(waitingCertificate(account));
  const [trusted, setTrusted] = useState(false);
  const signIn = useCommand('signIn');
  const demo = useCommand('tryDemo');
  const run = useRef(0);

  useEffect(() => bridge.on('signInStage', (stage) => setProgress((now) => reach(now, stage))), []);
  useKey(({ key }) => {
    if (key !== 'Escape') return false;
    tell('closeWindow', {});
    return true;
  });
  // A session whose server shows another certificate than before tells of it through the account.
  const waiting = waitingCertificate(account);
  const show = useCallback((fingerprint: string | undefined) => {
    setCertificate((known) => {
      // The word was given for one certificate and holds for no other.
      if (fingerprint !== known) setTrusted(false);
      return fingerprint;
    });
  }, []);
  useEffect(() => {
    if (waiting !== undefined) show(waiting);
  }, [waiting, show]);

  /** Shows a certificate that stopped a sign-in, and asks for the person's word. */
  const ask = (outcome: Ended<CommandResults['testSignIn']>) => {
    const shown = 'untrustedCertificate' in outcome ? outcome.untrustedCertificate : undefined;
    if (shown !== undefined) show(shown);
  };
  const withTrust = (credentials: Credentials) =>
    trusted && certificate !== undefined ? { ...credentials, certificate } : credentials;

  const test = async (credentials: Credentials) => {
    run.current += 1;
    const mine = run.current;
    setProblem(undefined);
    signIn.forget();
    setProgress(testing);
    const outcome = await attempt(() => bridge.invoke('testSignIn', withTrust(credentials)), refusal);
    // What was typed has changed since: the outcome is of no interest any more.
    if (mine !== run.current) return;
    setProgress(outcome.ok ? pass : fail);
    if (!outcome.ok) setProblem(outcome.problem);
    ask(outcome);
  };
  const submit = async (credentials: Credentials) => {
    setProblem(undefined);
    const outcome = await signIn.run(withTrust(credentials));
    if (outcome?.ok) tell('closeWindow', {});
    else if (outcome) ask(outcome);
  };
  const changed = (serverChanged: boolean) => {
    run.current += 1;
    setProgress(idle);
    setProblem(undefined);
    if (serverChanged) show(undefined);
  };
  const tryDemo = async () => {
    if ((await demo.run({}))?.ok) tell('closeWindow', {});
  };

  const known = account && !account.demo ? account : undefined;
  const shown = problem ?? signIn.problem ?? (progress.state === 'idle' ? known?.problem : undefined);
  return (
    <div className="sign-in">
      <main>
        <h1>{t('signIn.heading')}</h1>
        <CredentialsForm
          server={known?.server ?? ''}
          user={known?.user ?? ''}
          testing={progress.state === 'testing'}
          signingIn={signIn.busy}
          changed={changed}
          test={(credentials) => void test(credentials)}
          submit={(credentials) => void submit(credentials)}
        >
          {shown && <ProblemNote problem={shown} />}
          {certificate !== undefined && (
            <Certificate fingerprint={certificate} trusted={trusted} trust={setTrusted} />
          )}
        </CredentialsForm>
        <Stages progress={progress} />
      </main>
      <footer className="sign-in-demo">
        <p>{t('signIn.demoQuestion')}</p>
        <Button off={demo.busy} onClick={() => void tryDemo()}>
          {t('welcome.demo')}
        </Button>
        {demo.problem && <ProblemNote problem={demo.problem} />}
      </footer>
    </div>
  );
}

const waitingCertificate = (account: AccountView | null): string | undefined =>
  account?.demo ? undefined : account?.untrustedCertificate;
