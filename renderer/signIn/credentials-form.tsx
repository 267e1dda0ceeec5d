import { type FormEvent, useEffect, useRef, useState } from 'react';
import { MAX_DOMAIN, MAX_PASSWORD, MAX_SERVER, MAX_USER } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { IconHide, IconShow } from '../ui/icons.tsx';
import { type Credentials, checkField, type FieldName, fieldNames, SERVER_PATTERN } from './check.ts';

export type CredentialsFormProps = {
  /** What stands there in the beginning. */
  readonly server: string;
  readonly user: string;
  /** Nobody but the person can tell the XMPP domain. */
  readonly asksForDomain: boolean;
  readonly testing: boolean;
  readonly signingIn: boolean;
  /** Something was typed; whether it was the server. */
  readonly changed: (server: boolean) => void;
  readonly test: (credentials: Credentials) => void;
  readonly submit: (credentials: Credentials) => void;
};

type Errors = Partial<Record<FieldName, PlainKey>>;

/** Server, user and password, and the domain where it cannot be found. What is missing is said at its box, and only after somebody wanted to go on. */
export function CredentialsForm(props: CredentialsFormProps) {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Credentials>({
    server: props.server,
    user: props.user,
    password: '',
    domain: '',
  });
  const [errors, setErrors] = useState<Errors>({});
  const [shown, setShown] = useState(false);

  const box = (name: FieldName): HTMLInputElement | undefined => {
    const element = form.current?.elements.namedItem(name);
    return element instanceof HTMLInputElement ? element : undefined;
  };
  // The first box that has nothing yet is where a person goes on.
  useEffect(() => {
    const boxes = [...(form.current?.querySelectorAll('input') ?? [])];
    boxes.find(({ value }) => value === '')?.focus();
  }, []);
  const { asksForDomain } = props;
  useEffect(() => {
    if (asksForDomain) form.current?.querySelector<HTMLInputElement>('[name=domain]')?.focus();
  }, [asksForDomain]);

  const checked = (then: (credentials: Credentials) => void) => {
    const found: Errors = {};
    for (const name of fieldNames) {
      const input = box(name);
      const error = input && checkField(name, input);
      if (error) found[name] = error;
    }
    setErrors(found);
    const first = fieldNames.find((name) => found[name]);
    if (first) box(first)?.focus();
    else
      then({
        ...values,
        server: values.server.trim(),
        user: values.user.trim(),
        domain: asksForDomain ? values.domain.trim() : '',
      });
  };
  const field = (name: FieldName) => ({
    name,
    value: values[name],
    required: true,
    error: errors[name] && t(errors[name]),
    onChange: (event: { readonly target: HTMLInputElement }) => {
      setValues({ ...values, [name]: event.target.value });
      if (errors[name]) setErrors({ ...errors, [name]: undefined });
      props.changed(name === 'server');
    },
  });

  return (
    <form
      ref={form}
      className="credentials"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        checked(props.submit);
      }}
    >
      <Field
        {...field('server')}
        label={t('signIn.server')}
        hint={t('signIn.serverHint')}
        pattern={SERVER_PATTERN}
        maxLength={MAX_SERVER}
        inputMode="url"
      />
      <Field {...field('user')} label={t('signIn.user')} maxLength={MAX_USER} autoComplete="username" />
      <Field
        {...field('password')}
        label={t('signIn.password')}
        hint={t('signIn.passwordHint')}
        type={shown ? 'text' : 'password'}
        maxLength={MAX_PASSWORD}
        after={
          <Button
            look="subtle"
            icon={shown ? <IconHide /> : <IconShow />}
            aria-label={t('signIn.showPassword')}
            title={t('signIn.showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        }
      />
      {asksForDomain && (
        <Field
          {...field('domain')}
          label={t('signIn.domain')}
          hint={t('signIn.domainHint')}
          maxLength={MAX_DOMAIN}
        />
      )}
      <div className="credentials-actions">
        <Button off={props.testing || props.signingIn} onClick={() => checked(props.test)}>
          {t('signIn.test')}
        </Button>
        <Button submit look="primary" off={props.signingIn}>
          {t('signIn.submit')}
        </Button>
      </div>
    </form>
  );
}
