import { useId } from 'react';
import { useText } from '../text/text.ts';

export type CertificateProps = {
  readonly fingerprint: string;
  readonly trusted: boolean;
  readonly trust: (trusted: boolean) => void;
};

/** A certificate that nobody vouches for, and the person's word on it. The problem beside it tells why. */
export function Certificate({ fingerprint, trusted, trust }: CertificateProps) {
  const t = useText();
  const id = useId();
  return (
    <fieldset className="certificate" aria-describedby={id}>
      <legend>{t('signIn.certificate')}</legend>
      <dl id={id}>
        <dt className="caption">{t('signIn.fingerprint')}</dt>
        <dd className="fingerprint selectable">{lines(fingerprint)}</dd>
      </dl>
      <label className="check">
        <input type="checkbox" checked={trusted} onChange={(event) => trust(event.target.checked)} />
        <span>{t('signIn.trust')}</span>
      </label>
    </fieldset>
  );
}

/** Lines of equal length are easier to compare than one that breaks anywhere. */
function lines(fingerprint: string) {
  const pairs = fingerprint.split(':');
  const rows = [0, 8, 16, 24].map((from) => pairs.slice(from, from + 8).join(':'));
  return rows.map((row, index) => <span key={row + String(index)}>{index < 3 ? `${row}:` : row}</span>);
}
