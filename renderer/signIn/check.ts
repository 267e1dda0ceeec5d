import type { PlainKey } from '../text/catalogue.ts';

/** What is typed. An empty domain is none: it is asked for only where it cannot be found. */
export type Credentials = Readonly<Record<'server' | 'user' | 'password' | 'domain', string>>;
export type FieldName = keyof Credentials;
export const fieldNames: readonly FieldName[] = ['server', 'user', 'password', 'domain'];

const missing: Readonly<Record<FieldName, PlainKey>> = {
  server: 'signIn.serverMissing',
  user: 'signIn.userMissing',
  password: 'signIn.passwordMissing',
  domain: 'signIn.domainMissing',
};

/** A name or address as it may stand before a port: the rest is for the companion to judge. */
export const SERVER_PATTERN = '\\s*[^\\s\\/@?#]+\\s*';

/** What is wrong with a box, by the browser's own rules for it. */
export function checkField(name: FieldName, input: HTMLInputElement): PlainKey | undefined {
  const blank = name !== 'password' && input.value.trim() === '';
  if (input.validity.valueMissing || blank) return missing[name];
  return input.validity.patternMismatch ? 'signIn.serverBad' : undefined;
}
