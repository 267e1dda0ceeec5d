import type { AccountView, CertificateView, ProblemView } from '../../contract/renderer-api.ts';
import { accountName } from '../account/words.ts';
import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';
import { Certificate } from './certificate.tsx';

export type WaitingCertificateProps = {
  readonly account: AccountView;
  readonly certificate: CertificateView;
  readonly problem: ProblemView;
};

/** The certificate that stops an account: the word on it is enough, and its password is not asked for again. */
export function WaitingCertificate({ account, certificate, problem }: WaitingCertificateProps) {
  const t = useText();
  const command = useCommand('trustCertificate');
  const trust = async () => {
    const { fingerprint } = certificate;
    if ((await command.run({ account: account.key, fingerprint }))?.ok) tell('closeWindow', {});
  };
  return (
    <main>
      <h1>{accountName(account, t)}</h1>
      <Certificate
        certificate={certificate}
        problem={problem}
        busy={command.busy}
        trust={() => void trust()}
        leave={() => tell('closeWindow', {})}
      >
        {command.problem && <ProblemNote problem={command.problem} />}
      </Certificate>
    </main>
  );
}
