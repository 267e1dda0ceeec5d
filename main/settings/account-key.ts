import { createHash } from 'node:crypto';
import type { AccountSettings } from '../../app/settings/account.ts';
import { MAX_ACCOUNT_KEY } from '../../app/settings/vault.ts';

/**
 * The ports that an account without one has most likely: naming them makes no other account. Asterisk's two are the same
 * server, with and without encryption.
 */
const USUAL_PORTS: Readonly<Record<AccountSettings['kind'], readonly number[]>> = {
  mobydick: [5222],
  asterisk: [5038, 5039],
};

/** What an account follows from. */
export type AccountPlace = Pick<AccountSettings, 'kind' | 'host' | 'port' | 'user'>;

/** A server as people type it. */
export function serverText(host: string, port: number | undefined): string {
  if (port === undefined) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The account's name on this machine. It follows from kind, server and user alone, so that signing out and in again gives
 * TAPI programs the lines they had before, and nobody is signed in twice.
 */
export function accountKey({ kind, host, port, user }: AccountPlace): string {
  const named = port !== undefined && !USUAL_PORTS[kind].includes(port) ? port : undefined;
  // The first kind there was has no word of its own.
  const prefix = kind === 'mobydick' ? '' : `${kind}:`;
  const key = `${prefix}${user.trim()}@${serverText(host.trim(), named)}`.toLowerCase();
  return key.length <= MAX_ACCOUNT_KEY ? key : createHash('sha256').update(key).digest('hex');
}
