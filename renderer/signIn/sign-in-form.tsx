import { useState } from 'react';
import type {
  AccountKind,
  AccountView,
  AsteriskEntries,
  CertificateView,
  CommandArguments,
  ProblemView,
  SignInOutcome,
} from '../../contract/renderer-api.ts';
import { bridge, tell } from '../bridge.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { ProblemNote } from '../ui/note.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { attempt, type Ended, useCommand, useRefusal } from '../use-command.ts';
import { Certificate } from './certificate.tsx';
import type { Credentials } from './check.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { PhoneSystem } from './phone-system.tsx';
import { PlainTextNote, PlainTextQuestion } from './plain-text.tsx';
import { TestSteps } from './test-steps.tsx';
import { useConnectionTest } from './use-connection-test.ts';

/** What a person has given a word for: it holds for one server and no other. */
type Word = { readonly certificate?: string; readonly plainText?: true };

/** What stopped something and needs a person's word, and how that goes on. */
type Question = {
  readonly about: { readonly certificate: CertificateView; readonly problem: ProblemView } | 'plainText';
  readonly goOn: (word: Word) => void;
};

export type SignInFormProps = {
  readonly account: AccountView | undefined;
  /** Of an account at an Asterisk. */
  readonly entries?: AsteriskEntries | undefined;
};

/** Where phones dial from at most Asterisks. */
const USUAL_CONTEXT = 'from-internal';

/** The form, the test that tells how far it gets, and what needs a person's word: a certificate, no encryption. */
export function SignInForm({ account, entries }: SignInFormProps) {
  const t = useText();
  const refusal = useRefusal();
  const others = useSlice('accounts').some(({ demo }) => !demo);
  const test = useConnectionTest();
  const signIn = useCommand('signIn');
  const [kind, setKind] = useState<AccountKind>(account?.kind ?? 'mobydick');
  const [question, setQuestion] = useState<Question>();
  const [word, setWord] = useState<Word>(entries?.plainText ? { plainText: true } : {});
  const [asksForDomain, setAsksForDomain] = useState(account?.needsDomain ?? false);
  const [pristine, setPristine] = useState(true);

  const asArguments = (typed: Credentials, given: Word): CommandArguments<'signIn'> => {
    const { server, user, password, domain, phones, context, autoAnswer, remoteAnswer } = typed;
    const { certificate, plainText } = given;
    return {
      server,
      user,
      password,
      ...(kind === 'asterisk' && {
        asterisk: {
          context,
          phones,
          ...(plainText && { plainText }),
          ...(autoAnswer && { autoAnswer }),
          ...(remoteAnswer && { remoteAnswer }),
        },
      }),
      ...(domain !== '' && { domain }),
      ...(certificate !== undefined && { certificate }),
      ...(account && { account: account.key }),
    };
  };
  /** What stopped it may need a person's word, or one more field. */
  const ask = (outcome: Ended<SignInOutcome>, given: Word, goOn: Question['goOn']) => {
    if (outcome.ok || !('needsDomain' in outcome)) return;
    const { needsDomain, certificate, mayGoPlain, problem } = outcome;
    const goOnWith = (more: Word) => {
      const all = { ...given, ...more };
      setWord(all);
      goOn(all);
    };
    if (needsDomain) setAsksForDomain(true);
    if (certificate) setQuestion({ about: { certificate, problem }, goOn: goOnWith });
    else if (mayGoPlain) setQuestion({ about: 'plainText', goOn: goOnWith });
  };
  const begin = () => {
    setPristine(false);
    setQuestion(undefined);
  };

  const runTest = async (typed: Credentials, given: Word) => {
    begin();
    signIn.forget();
    const outcome = await test.run((number) =>
      attempt(() => bridge.invoke('testSignIn', { ...asArguments(typed, given), test: number }), refusal),
    );
    if (outcome) ask(outcome, given, (next) => void runTest(typed, next));
  };
  const submit = async (typed: Credentials, given: Word) => {
    begin();
    test.cancel();
    const outcome = await signIn.run(asArguments(typed, given));
    if (outcome?.ok) tell('closeWindow', {});
    else if (outcome) ask(outcome, given, (next) => void submit(typed, next));
  };
  const changed = (serverChanged: boolean) => {
    begin();
    signIn.forget();
    test.cancel();
    if (!serverChanged) return;
    // The word was given for one server and holds for no other.
    setWord({});
    setAsksForDomain(false);
  };
  const choose = (chosen: AccountKind) => {
    changed(true);
    setKind(chosen);
  };

  const refused = test.problem ?? signIn.problem;
  const problem = refused ?? (pristine ? account?.problem : undefined);
  const note = useInView<HTMLDivElement>(refused);
  const stopped = question && question.about !== 'plainText' ? question.about : undefined;
  return (
    <main>
      <h1>{t(headingOf(account, others))}</h1>
      {!account && <PhoneSystem chosen={kind} choose={choose} />}
      <CredentialsForm
        kind={kind}
        start={{
          server: account?.server ?? '',
          user: account?.user ?? '',
          phones: entries?.phones ?? '',
          context: entries?.context ?? USUAL_CONTEXT,
          autoAnswer: entries?.autoAnswer ?? false,
          remoteAnswer: entries?.remoteAnswer ?? false,
        }}
        asksForDomain={asksForDomain}
        testing={test.progress.state === 'running'}
        signingIn={signIn.busy}
        changed={changed}
        test={(typed) => void runTest(typed, word)}
        submit={(typed) => void submit(typed, word)}
      />
      {word.plainText && <PlainTextNote encrypt={() => changed(true)} />}
      <div ref={note} className="sign-in-problem">
        {problem && !stopped && <ProblemNote problem={problem} />}
      </div>
      {question && stopped && (
        <Certificate
          certificate={stopped.certificate}
          problem={stopped.problem}
          busy={signIn.busy}
          trust={() => question.goOn({ certificate: stopped.certificate.fingerprint })}
          leave={() => setQuestion(undefined)}
        />
      )}
      <TestSteps kind={kind} progress={test.progress} asksForCertificate={stopped !== undefined} />
      {question?.about === 'plainText' && (
        <PlainTextQuestion
          busy={signIn.busy}
          accept={() => question.goOn({ plainText: true })}
          leave={() => setQuestion(undefined)}
        />
      )}
    </main>
  );
}

function headingOf(account: AccountView | undefined, others: boolean) {
  if (account) return account.state === 'online' ? 'signIn.headingChange' : 'signIn.headingAgain';
  return others ? 'signIn.headingOther' : 'signIn.heading';
}
