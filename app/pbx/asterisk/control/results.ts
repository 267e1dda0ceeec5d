import type { CommandFailure, CommandResult } from '../../port.ts';
import type { AmiAnswer, AmiFailure } from '../ami/connection.ts';

/** What the port is told when Asterisk, or the session, did not do it. */
const FAILURES: Readonly<Record<AmiFailure, CommandFailure>> = {
  refused: 'refused',
  denied: 'unsupported',
  offline: 'offline',
  unanswered: 'unanswered',
  invalid: 'refused',
};

export type Refusal = Extract<CommandResult, { readonly ok: false }>;

export const done: CommandResult = { ok: true };

export const no = (code: CommandFailure, detail: string): Refusal => ({ ok: false, code, detail });

/** Asterisk's answer as the port's. */
export const resultOf = (answer: AmiAnswer): CommandResult =>
  answer.ok ? done : no(FAILURES[answer.code], answer.detail);
