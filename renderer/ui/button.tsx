import './button.css';
import type { ComponentProps, ReactNode } from 'react';

export type ButtonProps = Omit<ComponentProps<'button'>, 'type' | 'disabled'> & {
  /** `primary`: the one thing to do here; `accept`: takes a call; `danger`: ends one; `subtle`: beside the matter. */
  readonly look?: 'primary' | 'accept' | 'danger' | 'subtle' | 'plain';
  readonly icon?: ReactNode;
  readonly submit?: boolean;
  /** Cannot be pressed now. It keeps its place in the tab order, so that the focus is not lost. */
  readonly off?: boolean;
};

/** A button in Fluent's looks. */
export function Button({ look = 'plain', icon, submit, off, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={`button button-${look} ${rest.className ?? ''}`}
      aria-disabled={off || undefined}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon}
      {children !== undefined && <span className="button-text">{children}</span>}
    </button>
  );
}
