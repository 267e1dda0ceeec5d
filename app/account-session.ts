import { systemPorts as asteriskPorts, createAsterisk } from './pbx/asterisk/asterisk.ts';
import { createMobydick, systemPorts } from './pbx/mobydick/mobydick.ts';
import type { Pbx, PbxListener } from './pbx/port.ts';
import type { AccountSettings } from './settings/account.ts';
import { VERSION } from './version.ts';

/**
 * The session of an account, at whichever phone system it is. Not started yet.
 * @param password asked once per sign-in; rejects where none is kept
 */
export function accountSession(
  account: AccountSettings,
  password: () => Promise<string>,
  listener: PbxListener,
): Pbx {
  switch (account.kind) {
    case 'mobydick':
      return createMobydick({ ...account, password }, listener, systemPorts(VERSION));
    case 'asterisk':
      return createAsterisk({ ...account, secret: password }, asteriskPorts, listener);
  }
}

/**
 * The same account for a session beside the one that may be there: of two equal XMPP resources a server would end the
 * older. `part` is of this session's own.
 */
export function besides(account: AccountSettings, part: string): AccountSettings {
  return account.kind === 'mobydick' ? { ...account, resource: `tapline-test-${part}` } : account;
}
