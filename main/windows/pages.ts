import { protocol } from 'electron';
import { PAGES_SCHEME } from './page-address.ts';
import { answerPage } from './page-response.ts';

/** Makes the scheme a standard, secure one, so that pages have an origin. Must come before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGES_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the pages of a folder, each file with the policy. */
export function servePages(folder: string): void {
  protocol.handle(PAGES_SCHEME, ({ method, url }) => answerPage(folder, method, url));
}
