import type { AccountKind } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';

/** What is typed. What a phone system does not ask for stays as it is and is not sent. */
export type FieldName = 'server' | 'user' | 'password' | 'domain' | 'phones' | 'context';
export type SwitchName = 'autoAnswer' | 'remoteAnswer';
export type Credentials = Readonly<Record<FieldName, string> & Record<SwitchName, boolean>>;
export const fieldNames: readonly FieldName[] = ['server', 'user', 'password', 'domain', 'phones', 'context'];

const missing: Readonly<Record<FieldName, PlainKey>> = {
  server: 'signIn.serverMissing',
  user: 'signIn.userMissing',
  password: 'signIn.passwordMissing',
  domain: 'signIn.domainMissing',
  phones: 'signIn.phonesMissing',
  context: 'signIn.contextMissing',
};

const missingAtAsterisk: Partial<Readonly<Record<FieldName, PlainKey>>> = {
  user: 'signIn.managerMissing',
  password: 'signIn.secretMissing',
};

/** A name or address as it may stand before a port: the rest is for the companion to judge. */
export const SERVER_PATTERN = '\\s*[^\\s\\/@?#]+\\s*';

/** What is wrong with a box, by the browser's own rules for it. */
export function checkField(
  name: FieldName,
  kind: AccountKind,
  { value, validity }: Pick<HTMLInputElement, 'value' | 'validity'>,
): PlainKey | undefined {
  const blank = name !== 'password' && value.trim() === '';
  if (validity.valueMissing || blank)
    return (kind === 'asterisk' ? missingAtAsterisk[name] : undefined) ?? missing[name];
  return validity.patternMismatch ? 'signIn.serverBad' : undefined;
}
