import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type AccountKind,
  MAX_CONTEXT,
  MAX_DOMAIN,
  MAX_PHONES,
  MAX_SERVER,
  MAX_USER,
} from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Switch, TextField } from '../ui/field.tsx';
import {
  type Credentials,
  checkField,
  type FieldName,
  fieldNames,
  SERVER_PATTERN,
  type SwitchName,
} from './check.ts';
import { PasswordField } from './password-field.tsx';

export type CredentialsFormProps = {
  readonly kind: AccountKind;
  /** What stands there in the beginning. */
  readonly start: Omit<Credentials, 'password' | 'domain'>;
  /** Nobody but the person can tell the XMPP domain. */
  readonly asksForDomain: boolean;
  readonly testing: boolean;
  readonly signingIn: boolean;
  /** Something was typed; whether it was the server. */
  readonly changed: (server: boolean) => void;
  readonly test: (credentials: Credentials) => void;
  readonly submit: (credentials: Credentials) => void;
};

type Box = HTMLInputElement | HTMLTextAreaElement;
type Errors = Partial<Record<FieldName, PlainKey>>;

/**
 * What a phone system asks for: server, user and password, and the domain where it cannot be found; at an Asterisk the
 * phones. What is missing is said at its box, and only after somebody wanted to go on.
 */
export function CredentialsForm(props: CredentialsFormProps) {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Credentials>({ ...props.start, password: '', domain: '' });
  const { kind, asksForDomain } = props;
  const asterisk = kind === 'asterisk';
  // What is missing at one phone system is not missing at the other.
  const [said, setSaid] = useState<{ readonly kind: AccountKind; readonly errors: Errors }>();
  const errors = said?.kind === kind ? said.errors : {};
  const setErrors = (found: Errors) => setSaid({ kind, errors: found });

  const box = (name: FieldName): Box | undefined => {
    const element = form.current?.elements.namedItem(name);
    return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      ? element
      : undefined;
  };
  // The first box that has nothing yet is where a person goes on.
  useEffect(() => {
    const boxes = [...(form.current?.querySelectorAll<Box>('input, textarea') ?? [])];
    boxes.find(({ value }) => value === '')?.focus();
  }, []);
  useEffect(() => {
    if (asksForDomain) form.current?.querySelector<HTMLInputElement>('[name=domain]')?.focus();
  }, [asksForDomain]);

  const checked = (then: (credentials: Credentials) => void) => {
    const found: Errors = {};
    for (const name of fieldNames) {
      const there = box(name);
      const error = there && checkField(name, kind, there);
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
        context: values.context.trim(),
      });
  };
  const field = (name: FieldName) => ({
    name,
    value: values[name],
    required: true,
    error: errors[name] && t(errors[name]),
    onChange: (event: { readonly target: Box }) => {
      setValues({ ...values, [name]: event.target.value });
      if (errors[name]) setErrors({ ...errors, [name]: undefined });
      props.changed(name === 'server');
    },
  });

  const switchOf = (name: SwitchName) => ({
    name,
    checked: values[name],
    onChange: (event: { readonly target: HTMLInputElement }) => {
      setValues({ ...values, [name]: event.target.checked });
      props.changed(false);
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
        hint={t(asterisk ? 'signIn.asteriskServerHint' : 'signIn.serverHint')}
        pattern={SERVER_PATTERN}
        maxLength={MAX_SERVER}
        inputMode="url"
      />
      <Field
        {...field('user')}
        label={t(asterisk ? 'signIn.manager' : 'signIn.user')}
        hint={asterisk ? t('signIn.managerHint') : undefined}
        maxLength={MAX_USER}
        autoComplete="username"
      />
      <PasswordField
        {...field('password')}
        label={t(asterisk ? 'signIn.secret' : 'signIn.password')}
        show={t(asterisk ? 'signIn.showSecret' : 'signIn.showPassword')}
      />
      {asterisk && (
        <>
          <TextField
            {...field('phones')}
            label={t('signIn.phones')}
            hint={t('signIn.phonesHint')}
            maxLength={MAX_PHONES}
          />
          <Field
            {...field('context')}
            label={t('signIn.context')}
            hint={t('signIn.contextHint')}
            maxLength={MAX_CONTEXT}
          />
          <Switch
            {...switchOf('autoAnswer')}
            label={t('signIn.autoAnswer')}
            hint={t('signIn.autoAnswerHint')}
          />
          <Switch
            {...switchOf('remoteAnswer')}
            label={t('signIn.remoteAnswer')}
            hint={t('signIn.remoteAnswerHint')}
          />
        </>
      )}
      {asksForDomain && (
        <Field
          {...field('domain')}
          label={t('signIn.domain')}
          hint={t('signIn.domainHint')}
          maxLength={MAX_DOMAIN}
        />
      )}
      <div className="credentials-foot">
        <div className="credentials-actions">
          <Button off={props.testing || props.signingIn} onClick={() => checked(props.test)}>
            {t('signIn.test')}
          </Button>
          <Button submit look="primary" off={props.signingIn}>
            {t('signIn.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
