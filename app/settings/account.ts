import type { Text } from '../language.ts';
import { type AsteriskSettings, asteriskSettings } from './asterisk-account.ts';
import { type FieldProblem, Fields } from './fields.ts';
import { type MobydickSettings, mobydickSettings } from './mobydick-account.ts';

export { type AsteriskSettings, DEFAULT_CONTEXT } from './asterisk-account.ts';
export type { FieldProblem } from './fields.ts';
export { DEFAULT_PORT, type MobydickSettings } from './mobydick-account.ts';

/** What is kept of one account. Its password is in the vault, under the same key. */
export type AccountSettings = MobydickSettings | AsteriskSettings;

/** The phone systems an account can be at. */
export type AccountKind = AccountSettings['kind'];

export type ParsedAccount =
  | { readonly ok: true; readonly account: AccountSettings }
  | { readonly ok: false; readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

const BAD_KIND: Text = {
  de: 'Die Art der Telefonanlage („kind“) ist unbekannt: Sie heißt „mobydick“ oder „asterisk“.',
  en: 'The kind of phone system ("kind") is unknown: it reads "mobydick" or "asterisk".',
};

/**
 * Reads one account's settings from whatever was stored or typed. Texts lose the spaces around them; what is empty or
 * says what holds anyway is left out. An account without a kind is of the first, mobydick. Every problem is told, not
 * only the first.
 */
export function parseAccount(input: unknown): ParsedAccount {
  const fields = new Fields(input);
  const account = readKind(fields);
  const [first, ...others] = fields.problems;
  if (first) return { ok: false, problems: [first, ...others] };
  return account ? { ok: true, account } : { ok: false, problems: [{ field: 'kind', text: BAD_KIND }] };
}

function readKind(fields: Fields): AccountSettings | undefined {
  switch (fields.raw('kind') ?? 'mobydick') {
    case 'mobydick':
      return mobydickSettings(fields);
    case 'asterisk':
      return asteriskSettings(fields);
    default:
      return undefined;
  }
}
