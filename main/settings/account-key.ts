import { createHash } from 'node:crypto';
import { MAX_ACCOUNT_KEY } from '../../app/settings/vault.ts';

/** The port that an account without one has most likely: naming it makes no other account. */
const USUAL_PORT = 5222;

/** A server as people type it. */
export function serverText(host: string, port: number | undefined): string {
  if (port === undefined) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The account's name on this machine. It follows from server and user alone, so that signing out and in again gives TAPI
 * programs the lines they had before, and nobody is signed in twice.
 */
export function accountKey(host: string, port: number | undefined, user: string): string {
  const server = serverText(host.trim(), port === USUAL_PORT ? undefined : port);
  const key = `${user.trim()}@${server}`.toLowerCase();
  return key.length <= MAX_ACCOUNT_KEY ? key : createHash('sha256').update(key).digest('hex');
}
