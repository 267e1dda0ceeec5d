import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { type AccountSettings, parseAccount } from '../../app/settings/account.ts';
import { splitServer } from '../../app/settings/server-text.ts';
import type { CommandArguments, Language } from '../../contract/renderer-api.ts';
import { accountKey } from '../settings/account-key.ts';

/** What somebody typed, and what he accepted. */
export type Credentials = Omit<CommandArguments<'signIn'>, 'account'>;

export type CheckedCredentials =
  | { readonly ok: true; readonly account: AccountSettings }
  /** `why`: every problem there is, for people. */
  | { readonly ok: false; readonly why: string };

/**
 * Settings from what was typed: `host`, `host:port`, `[address]:port` or an IPv6 address alone. A port that is no number
 * is told like every other problem.
 */
export function checkCredentials(
  { server, user, domain, certificate, asterisk }: Credentials,
  resource: string,
  language: Language,
): CheckedCredentials {
  const { host, port } = splitServer(server);
  const kind = asterisk ? 'asterisk' : 'mobydick';
  const parsed = parseAccount({
    kind,
    key: accountKey({ kind, host, user, ...(port !== undefined && { port }) }),
    host,
    ...(port !== undefined && { port }),
    user,
    ...(certificate !== undefined && { pinnedCertificate: certificate }),
    ...(asterisk ? atAsterisk(asterisk) : { resource, domain }),
  });
  if (parsed.ok) return parsed;
  return { ok: false, why: parsed.problems.map(({ text }) => text[language]).join(' ') };
}

/** The settings call lines what the form calls phones. */
const atAsterisk = ({ phones, ...rest }: NonNullable<Credentials['asterisk']>) => ({
  lines: phones,
  ...rest,
});

/**
 * The XMPP resource of this program: the same at every start in a session of Windows, another on every machine, for every
 * user and in every session, because a server lets the newer of two equal ones in.
 * @param session the Windows session, 0 elsewhere
 */
export function resourceHere(session: number): string {
  const place = [hostname(), String(session), nameOfUser()].join('\n');
  return `tapline-${createHash('sha256').update(place).digest('hex').slice(0, 12)}`;
}

/** A user without a profile has no name; that must not stop a sign-in. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
