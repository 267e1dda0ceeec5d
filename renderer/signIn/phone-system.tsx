import { useId } from 'react';
import type { AccountKind } from '../../contract/renderer-api.ts';
import { useText } from '../text/text.ts';

const kinds: readonly AccountKind[] = ['mobydick', 'asterisk'];

export type PhoneSystemProps = {
  readonly chosen: AccountKind;
  readonly choose: (kind: AccountKind) => void;
};

/** Which phone system the account is at: what the form asks for follows from it. */
export function PhoneSystem({ chosen, choose }: PhoneSystemProps) {
  const t = useText();
  const name = useId();
  const names = { mobydick: t('signIn.mobydick'), asterisk: t('signIn.asterisk') } as const;
  return (
    <fieldset className="phone-system">
      <legend>{t('signIn.phoneSystem')}</legend>
      <div className="phone-systems">
        {kinds.map((kind) => (
          <label key={kind}>
            <input type="radio" name={name} checked={kind === chosen} onChange={() => choose(kind)} />
            {names[kind]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
