import { useState } from 'react';
import type {
  AccountView,
  CertificateView,
  CommandArguments,
  SignInOutcome,
} from '../../contract/renderer-api.ts';
import { bridge, tell } from '../bridge.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { ProblemNote } from '../ui/note.tsx';
import { attempt, type Ended, useCommand, useRefusal } from '../use-command.ts';
import { Certificate } from './certificate.tsx';
import type { Credentials } from './check.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { TestSteps } from './test-steps.tsx';
import { useConnectionTest } from './use-connection-test.ts';

/** A certificate that stopped something, and what it stopped. */
type Question = { readonly certificate: CertificateView; readonly goOn: (fingerprint: string) => void };

/** The form, the test that tells how far it gets, and the question about a certificate that nobody vouches for. */
export function SignInForm({ account }: { readonly account: AccountView | undefined }) {
  const t = useText();
  const refusal = useRefusal();
  const others = useSlice('accounts').some(({ demo }) => !demo);
  const test = useConnectionTest();
  const signIn = useCommand('signIn');
  const [question, setQuestion] = useState<Question>();
  const [trusted, setTrusted] = useState<string>();
  const [asksForDomain, setAsksForDomain] = useState(account?.needsDomain ?? false);
  const [pristine, setPristine] = useState(true);

  const asArguments = (credentials: Credentials, certificate = trusted): CommandArguments<'signIn'> => {
    const { domain, ...typed } = credentials;
    return {
      ...typed,
      ...(domain !== '' && { domain }),
      ...(certificate !== undefined && { certificate }),
      ...(account && { account: account.key }),
    };
  };
  /** What stopped it may need a person's word, or one more field. */
  const ask = (outcome: Ended<SignInOutcome>, goOn: Question['goOn']) => {
    if (outcome.ok || !('needsDomain' in outcome)) return;
    if (outcome.needsDomain) setAsksForDomain(true);
    if (outcome.certificate) setQuestion({ certificate: outcome.certificate, goOn });
  };

  const runTest = async (credentials: Credentials, certificate?: string) => {
    setPristine(false);
    setQuestion(undefined);
    signIn.forget();
    const outcome = await test.run((number) =>
      attempt(
        () => bridge.invoke('testSignIn', { ...asArguments(credentials, certificate), test: number }),
        refusal,
      ),
    );
    if (outcome) ask(outcome, (fingerprint) => void runTest(credentials, fingerprint));
  };
  const submit = async (credentials: Credentials, certificate?: string) => {
    setPristine(false);
    setQuestion(undefined);
    test.cancel();
    const outcome = await signIn.run(asArguments(credentials, certificate));
    if (outcome?.ok) tell('closeWindow', {});
    else if (outcome) ask(outcome, (fingerprint) => void submit(credentials, fingerprint));
  };
  const changed = (serverChanged: boolean) => {
    setPristine(false);
    setQuestion(undefined);
    signIn.forget();
    test.cancel();
    if (!serverChanged) return;
    // The word was given for one server and holds for no other.
    setTrusted(undefined);
    setAsksForDomain(false);
  };

  const problem = test.problem ?? signIn.problem ?? (pristine ? account?.problem : undefined);
  return (
    <main>
      <h1>{t(headingOf(account, others))}</h1>
      <CredentialsForm
        server={account?.server ?? ''}
        user={account?.user ?? ''}
        asksForDomain={asksForDomain}
        testing={test.progress.state === 'running'}
        signingIn={signIn.busy}
        changed={changed}
        test={(credentials) => void runTest(credentials)}
        submit={(credentials) => void submit(credentials)}
      />
      {problem && !question && <ProblemNote problem={problem} />}
      {question && (
        <Certificate
          certificate={question.certificate}
          busy={signIn.busy}
          trust={() => {
            const { fingerprint } = question.certificate;
            setTrusted(fingerprint);
            question.goOn(fingerprint);
          }}
          leave={() => setQuestion(undefined)}
        />
      )}
      <TestSteps progress={test.progress} asksForCertificate={question !== undefined} />
    </main>
  );
}

const headingOf = (account: AccountView | undefined, others: boolean) => {
  if (account) return 'signIn.headingAgain';
  return others ? 'signIn.headingOther' : 'signIn.heading';
};
