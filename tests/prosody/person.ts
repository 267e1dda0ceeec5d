import type { PbxEvent, SessionProblem, SessionState } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';

/** What a person reads about a session in trouble: what happened, why, and what to do, in both languages. */
export function reads(session: SessionState): string {
  if (!('problem' in session)) throw new Error(`nothing is wrong with a session that is ${session.state}`);
  const lines = (['en', 'de'] as const).flatMap((language) => {
    const { what, why, todo } = describeProblem(session.problem, language);
    return [what, why, todo];
  });
  return lines.join('\n');
}

type Trouble = SessionState & { readonly problem: SessionProblem };

/** Whether an event tells of a session with this problem. */
export const inTrouble =
  (code: SessionProblem['code']) =>
  (event: PbxEvent): event is PbxEvent & { type: 'session'; session: Trouble } =>
    event.type === 'session' && 'problem' in event.session && event.session.problem.code === code;

/** How long a slow machine may take for what a fast one does at once. For expect.poll. */
export const PATIENCE = { timeout: 30_000, interval: 20 };
