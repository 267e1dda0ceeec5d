import type { Windows } from './windows.ts';

/** Shows the sign-in form, for an account that is known or for another one. @returns whether it is shown */
export function showSignInForm(windows: Pick<Windows, 'show' | 'send'>, account?: string): Promise<boolean> {
  const wanted = account === undefined ? {} : { account };
  return windows.show('signIn', () => windows.send('signIn', 'signInRequested', wanted));
}
