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

/** What a box for text gets of the frame around it. */
type BoxProps = Pick<
  ComponentProps<'input'>,
  'id' | 'autoComplete' | 'autoCapitalize' | 'spellCheck' | 'aria-invalid' | 'aria-describedby'
>;

/** A label, a box, and hint or error tied to it. */
function Labelled({
  label,
  hint,
  error,
  box,
}: Pick<FieldProps, 'label' | 'hint' | 'error'> & { readonly box: (own: BoxProps) => ReactNode }) {
  const id = useId();
  const message = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        {box({
          id,
          autoComplete: 'off',
          autoCapitalize: 'off',
          spellCheck: false,
          'aria-invalid': error !== undefined || undefined,
          'aria-describedby': message === undefined ? undefined : `${id}-message`,
        })}
      </div>
      {message !== undefined && (
        <p id={`${id}-message`} className={error === undefined ? 'caption' : 'field-error'}>
          {message}
        </p>
      )}
    </div>
  );
}

/** A labelled text box, with hint and error tied to it. */
export function Field({ label, hint, error, after, ...rest }: FieldProps) {
  const box = (own: BoxProps) => (
    <>
      <input {...own} {...rest} />
      {after}
    </>
  );
  return <Labelled label={label} hint={hint} error={error} box={box} />;
}

export type TextFieldProps = Omit<ComponentProps<'textarea'>, 'id' | 'children'> &
  Pick<FieldProps, 'label' | 'hint' | 'error'>;

/** A labelled box for several lines of text, which grows with them. */
export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const box = (own: BoxProps) => <textarea rows={3} wrap="off" {...own} {...rest} />;
  return <Labelled label={label} hint={hint} error={error} box={box} />;
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
