import type { CommandArguments } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';

export type Credentials = Omit<CommandArguments<'signIn'>, 'certificate'>;
export type FieldName = keyof Credentials;
export const fieldNames: readonly FieldName[] = ['server', 'user', 'password'];

const missing: Readonly<Record<FieldName, PlainKey>> = {
  server: 'signIn.serverMissing',
  user: 'signIn.userMissing',
  password: 'signIn.passwordMissing',
};

/** A name or address as it may stand before a port: the rest is for the companion to judge. */
export const SERVER_PATTERN = '\\s*[^\\s\\/@?#]+\\s*';

/** What is wrong with a box, by the browser's own rules for it. */
export function checkField(name: FieldName, input: HTMLInputElement): PlainKey | undefined {
  const blank = name !== 'password' && input.value.trim() === '';
  if (input.validity.valueMissing || blank) return missing[name];
  return input.validity.patternMismatch ? 'signIn.serverBad' : undefined;
}
