import './field.css';
import { type ComponentProps, type ReactNode, useId } from 'react';

export type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'children'> & {
  readonly label: string;
  /** Stands below the box. */
  readonly hint?: string | undefined;
  /** What is wrong with what was typed. Stands in the hint's place. */
  readonly error?: string | undefined;
  /** Beside the box, inside its frame. */
  readonly after?: ReactNode;
};

/** A labelled text box, with hint and error tied to it. */
export function Field({ label, hint, error, after, ...rest }: FieldProps) {
  const id = useId();
  const message = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          {...rest}
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={message === undefined ? undefined : `${id}-message`}
        />
        {after}
      </div>
      {message !== undefined && (
        <p id={`${id}-message`} className={error === undefined ? 'caption' : 'field-error'}>
          {message}
        </p>
      )}
    </div>
  );
}

export type TextFieldProps = Omit<ComponentProps<'textarea'>, 'id' | 'children'> &
  Pick<FieldProps, 'label' | 'hint' | 'error'>;

/** A labelled box for several lines of text, which grows with them. */
export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const id = useId();
  const message = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <textarea
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          rows={3}
          wrap="off"
          {...rest}
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={message === undefined ? undefined : `${id}-message`}
        />
      </div>
      {message !== undefined && (
        <p id={`${id}-message`} className={error === undefined ? 'caption' : 'field-error'}>
          {message}
        </p>
      )}
    </div>
  );
}

export type SwitchProps = Omit<ComponentProps<'input'>, 'id' | 'type' | 'children'> & {
  readonly label: string;
  /** Stands below the label. */
  readonly hint: string;
};

/** Something that is on or off. */
export function Switch({ label, hint, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch">
      <input {...rest} type="checkbox" id={id} aria-describedby={`${id}-hint`} />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="caption">
        {hint}
      </p>
    </div>
  );
}

export type SelectProps = Omit<ComponentProps<'select'>, 'id'> & { readonly label: string };

/** A labelled choice from a list. */
export function Select({ label, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select {...rest} id={id}>
        {children}
      </select>
    </div>
  );
}
