import './note.css';
import type { ReactNode } from 'react';
import type { ProblemView } from '../../contract/renderer-api.ts';
import { IconError, IconWarning } from './icons.tsx';

export type ProblemNoteProps = {
  readonly problem: ProblemView;
  /** `alert` is read out at once: for what the user just did. `status`: for how things stand. */
  readonly role?: 'alert' | 'status';
  readonly tone?: 'danger' | 'warning';
  /** What can be done about it. */
  readonly children?: ReactNode;
};

/** A problem in words: what happened, why, what to do. */
export function ProblemNote({ problem, role = 'alert', tone = 'danger', children }: ProblemNoteProps) {
  return (
    <div className={`note note-${tone} selectable`} role={role}>
      {tone === 'danger' ? <IconError /> : <IconWarning />}
      <div className="note-text">
        <p className="note-what">{problem.what}</p>
        <p>{problem.why}</p>
        <p>{problem.todo}</p>
        {children !== undefined && <div className="note-actions">{children}</div>}
      </div>
    </div>
  );
}
