import type { AccountView, CertificateView, Language, LineView } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import type { T } from '../text/text.ts';

/** How an account's session stands, in a word or two. */
export const accountStates: Readonly<Record<AccountView['state'], PlainKey>> = {
  connecting: 'account.connecting',
  online: 'account.online',
  waiting: 'account.waiting',
  failed: 'account.failed',
  stopped: 'account.stopped',
};

/** What an account is called beside others. The demo's server says nothing to anybody. */
export const accountName = ({ user, server, demo }: AccountView, t: T): string =>
  `${user} · ${demo ? t('account.demo') : server}`;

/** How session and lines of an account stand. */
export function accountWords({ state }: AccountView, lines: readonly LineView[], t: T): string {
  const words = t(accountStates[state]);
  if (state !== 'online' || lines.length === 0) return words;
  const ready = lines.filter((line) => line.inService).length;
  if (lines.length > 1) return `${words}, ${t('flyout.someReady', { ready, all: lines.length })}`;
  return `${words}, ${ready === 1 ? t('flyout.ready') : t('flyout.outOfService')}`;
}

/** From when until when a certificate holds, in the user's language and time zone. */
export function validity({ validFrom, validTo }: CertificateView, language: Language): string {
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  return `${dates.format(validFrom)} – ${dates.format(validTo)}`;
}
