import { useState } from 'react';
import { MAX_PASSWORD } from '../../contract/renderer-api.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { Field, type FieldProps } from '../ui/field.tsx';
import { IconHide, IconShow } from '../ui/icons.tsx';

export type PasswordFieldProps = Omit<FieldProps, 'hint' | 'type' | 'after'> & {
  /** What the button says that shows it. */
  readonly show: string;
};

/** A password, shown only while somebody wants to see it. */
export function PasswordField({ show, ...field }: PasswordFieldProps) {
  const t = useText();
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...field}
      hint={t('signIn.passwordHint')}
      type={shown ? 'text' : 'password'}
      maxLength={MAX_PASSWORD}
      after={
        <Button
          look="subtle"
          icon={shown ? <IconHide /> : <IconShow />}
          aria-label={show}
          title={show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
