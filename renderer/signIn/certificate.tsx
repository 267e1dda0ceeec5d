import { type ReactNode, useEffect, useRef } from 'react';
import type { CertificateView, ProblemView } from '../../contract/renderer-api.ts';
import { validity } from '../account/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';

export type CertificateProps = {
  readonly certificate: CertificateView;
  /** What it stopped, in words. */
  readonly problem: ProblemView;
  /** Accepts it and goes on with what it stopped. */
  readonly trust: () => void;
  /** Leaves everything as it is: first somebody is to be asked. */
  readonly leave: () => void;
  readonly busy: boolean;
  /** Why the last word was not taken. */
  readonly children?: ReactNode;
};

/** The question about a certificate: what it says of itself, why it is asked about, and both ways on. */
export function Certificate({ certificate, problem, trust, leave, busy, children }: CertificateProps) {
  const t = useText();
  const language = useSlice('language');
  const { changed, before, fingerprint, subject, issuer } = certificate;
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // It is what matters now: all of it is to be seen, and a screen reader is to read it from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another certificate is another question.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [fingerprint]);
  return (
    <section className="certificate" aria-labelledby="certificate" ref={section}>
      <h2 id="certificate" ref={heading} tabIndex={-1}>
        {problem.what}
      </h2>
      <p>{problem.why}</p>
      <dl className="selectable">
        <Fact name={t('certificate.fingerprint')}>
          <Fingerprint text={fingerprint} />
        </Fact>
        {before !== undefined && (
          <Fact name={t('certificate.before')}>
            <Fingerprint text={before} />
          </Fact>
        )}
        <Fact name={t('certificate.subject')}>{subject || t('certificate.nothing')}</Fact>
        <Fact name={t('certificate.issuer')}>
          {issuer === subject ? t('certificate.selfSigned') : issuer || t('certificate.nothing')}
        </Fact>
        <Fact name={t('certificate.validity')}>{validity(certificate, language)}</Fact>
      </dl>
      <p>{problem.todo}</p>
      {children}
      <div className="certificate-actions">
        <Button className="certificate-leave" look={changed ? 'primary' : 'plain'} onClick={leave}>
          {t('certificate.leave')}
        </Button>
        <Button className="certificate-trust" off={busy} onClick={trust}>
          {t(changed ? 'certificate.trustNew' : 'certificate.trust')}
        </Button>
      </div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="caption">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Groups of equal length are easier to compare than a line that breaks anywhere. */
function Fingerprint({ text }: { readonly text: string }) {
  const groups = text.match(/(?:[^:]+:?){1,4}/g) ?? [];
  return (
    <span className="fingerprint">
      {groups.map((group, index) => (
        <span key={group + String(index)}>{group}</span>
      ))}
    </span>
  );
}
