import { canonicalFingerprint } from '../connection/trust.ts';
import type { Way } from './session/ways.ts';

/** How one account reaches its PBX. */
export type MobydickAccount = {
  /** Name or address as the user typed it. */
  readonly host: string;
  /** 1 to 65535. Unset: 5222, and 5223 where nothing listens there. */
  readonly port?: number;
  /** XMPP domain of the PBX. Unset: the part after `@` in `user`, else what the server tells (session/domain.ts). */
  readonly domain?: string;
  /** `user`, `user@instance` or `user@domain`, in any case. */
  readonly user: string;
  /** Asked once per sign-in. The password is kept no longer than the sign-in lasts. */
  readonly password: () => Promise<string>;
  /** SHA-256 fingerprint of the only certificate to accept, with or without colons. */
  readonly pinnedCertificate?: string;
  /** Must differ between machines and between Windows sessions, or two companions replace each other. */
  readonly resource: string;
  /** An administrator's word: a server that offers no encryption is signed in to without it. */
  readonly plainText?: true;
  /** An administrator's word: stream management (XEP-0198) is not used, whatever the server offers. */
  readonly streamManagement?: false;
};

/** What a sign-in found out: later ones of the same run begin with it. */
export type Found = {
  way?: Way;
  domain?: string;
};

/** An account as the session needs it. */
export type SignInTarget = {
  readonly host: string;
  readonly port?: number;
  /** The domain that was set for the account: no other is asked for. */
  readonly domain?: string;
  /** What the user wrote after `@`: the domain, or the name of an instance. */
  readonly instance?: string;
  /** Local part, lower case: XMPP compares user names without case. */
  readonly user: string;
  readonly resource: string;
  readonly pinned?: string;
  readonly plainText: boolean;
  readonly streamManagement: boolean;
  readonly found: Found;
};

/** Takes the instance or domain off the user name: SASL wants the local part alone (TAPI-27). */
export function signInTarget(account: MobydickAccount): SignInTarget {
  const typed = account.user.trim();
  const at = typed.indexOf('@');
  const user = at < 0 ? typed : typed.slice(0, at);
  const instance = at < 0 ? '' : folded(typed.slice(at + 1));
  const domain = folded(account.domain ?? '');
  const { port, pinnedCertificate } = account;
  return {
    host: account.host.trim(),
    ...(port === undefined ? {} : { port }),
    ...(domain === '' ? {} : { domain }),
    ...(instance === '' ? {} : { instance }),
    user: folded(user),
    resource: account.resource,
    ...(pinnedCertificate === undefined ? {} : { pinned: canonicalFingerprint(pinnedCertificate) }),
    plainText: account.plainText === true,
    streamManagement: account.streamManagement !== false,
    found: {},
  };
}

/** One spelling for names that compare without case (RFC 7622 sections 3.2 and 3.3). */
const folded = (text: string) => text.trim().toLowerCase().normalize('NFC');
