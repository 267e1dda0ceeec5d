import { SessionFailure } from '../../connection/failure.ts';
import { saslprep } from './saslprep.ts';

/** User name and password as they go to the server. */
export type Credentials = { readonly user: string; readonly password: string };

/**
 * Prepares what was typed. Text that SASLprep prohibits goes as it was typed: a server that holds such a password
 * cannot have prepared it either. Only control characters are refused, NUL among them: it separates PLAIN's fields.
 * @throws SessionFailure when nothing sensible can be sent; no attempt is spent on it.
 */
export function prepareCredentials(user: string, password: string): Credentials {
  if (user === '') throw refuse('the user name is empty', 'accountRefused');
  if (password === '') throw refuse('there is no password', 'wrongPassword');
  if (CONTROL.test(user)) throw refuse('the user name holds a control character', 'accountRefused');
  if (CONTROL.test(password)) throw refuse('the password holds a control character', 'wrongPassword');
  return { user: saslprep(user) ?? user, password: saslprep(password) ?? password };
}

const CONTROL = /\p{Cc}/u;

function refuse(detail: string, code: 'wrongPassword' | 'accountRefused'): SessionFailure {
  return new SessionFailure({ code, stage: 'signIn', detail }, 'never');
}
