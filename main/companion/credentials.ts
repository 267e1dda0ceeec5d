import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { type AccountSettings, DEFAULT_PORT, parseAccount } from '../../app/settings/account.ts';
import { MAX_ACCOUNT_KEY } from '../../app/settings/vault.ts';
import type { CommandArguments, Language } from '../../contract/renderer-api.ts';

export type Credentials = CommandArguments<'signIn'>;

export type CheckedCredentials =
  | { readonly ok: true; readonly account: AccountSettings }
  /** `why`: every problem there is, for people. */
  | { readonly ok: false; readonly why: string };

/**
 * Settings from what was typed: `host`, `host:port`, `[address]:port` or an IPv6 address alone. A port that is no number
 * is told like every other problem.
 */
export function checkCredentials(
  { server, user, certificate }: Credentials,
  resource: string,
  language: Language,
): CheckedCredentials {
  const { host, port } = splitServer(server);
  const parsed = parseAccount({
    key: accountKey(host, port, user),
    host,
    port,
    user,
    resource,
    ...(certificate !== undefined && { pinnedCertificate: certificate }),
  });
  if (parsed.ok) return parsed;
  return { ok: false, why: parsed.problems.map(({ text }) => text[language]).join(' ') };
}

/** What was typed as a server, in two parts. A port that makes no sense is NaN. */
export function splitServer(typed: string): { readonly host: string; readonly port: number } {
  const text = typed.trim();
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const named = /^([^:]*):([^:]*)$/.exec(text);
  const [, host = text, port] = bracketed ?? named ?? [];
  return { host, port: port === undefined ? DEFAULT_PORT : wholeNumber(port) };
}

const wholeNumber = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);

/** As people typed it: the usual port is left out. */
export function serverText({ host, port }: Pick<AccountSettings, 'host' | 'port'>): string {
  if (port === DEFAULT_PORT) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The account's name on this machine. It follows from server and user alone, so that signing out and in again gives TAPI
 * programs the lines they had before.
 */
function accountKey(host: string, port: number, user: string): string {
  const key = `${user.trim()}@${serverText({ host, port })}`.toLowerCase();
  return key.length <= MAX_ACCOUNT_KEY ? key : createHash('sha256').update(key).digest('hex');
}

/**
 * The XMPP resource of this program: the same at every start, another on every machine and in every Windows session of a
 * user, because a server lets the newer of two equal ones in.
 */
export function resourceHere(env: NodeJS.ProcessEnv): string {
  const place = [hostname(), env['SESSIONNAME'] ?? '', nameOfUser()].join('\n');
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
