import type { AmiConnection } from '../ami/connection.ts';
import { probeInto } from '../session/context-check.ts';
import { no, type Refusal } from './results.ts';

/** Longest extension of a dial plan (AST_MAX_EXTENSION, without its end). */
export const MAX_EXTENSION = 79;

/** What a dial plan can have as an extension and a person as a number or name: nothing that means more to Asterisk. */
const EXTENSION = /^[\w+*#.-]+$/;

/** Why this cannot be dialled, if it cannot. */
export function extensionProblem(target: string): Refusal | undefined {
  if (target.length <= MAX_EXTENSION && EXTENSION.test(target)) return undefined;
  return no('refused', 'only letters, digits, *, #, +, ., - and _ can be dialled, up to 79 of them');
}

/**
 * Whether the dial plan has an extension: Asterisk does not look before it sends a call somewhere, and hangs up on whoever
 * cannot be sent (measured on 16 and 22).
 * @returns why not; undefined also where this user may not ask
 */
export async function missingExtension(
  connection: Pick<AmiConnection, 'action'>,
  context: string,
  target: string,
): Promise<Refusal | undefined> {
  const answer = await connection.action(probeInto(context, target));
  if (answer.ok || answer.code !== 'refused') return undefined;
  return no('refused', `nothing is dialled with it in ${context}: ${answer.detail}`);
}
