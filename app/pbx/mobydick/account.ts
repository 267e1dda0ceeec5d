import { canonicalFingerprint } from './session/trust.ts';

/** How one account reaches its PBX. */
export type MobydickAccount = {
  /** Name or address as the user typed it. */
  readonly host: string;
  /** 1 to 65535; the servers listen on 5222. */
  readonly port: number;
  /** XMPP domain of the PBX. Unset: the part after `@` in `user`, else `mobydick`. */
  readonly domain?: string;
  /** `user`, `user@instance` or `user@domain`, in any case. */
  readonly user: string;
  /** Asked once per sign-in. The password is kept no longer than the sign-in lasts. */
  readonly password: () => Promise<string>;
  /** SHA-256 fingerprint of the only certificate to accept, with or without colons. */
  readonly pinnedCertificate?: string;
  /** Must differ between machines and between Windows sessions, or two companions replace each other. */
  readonly resource: string;
};

/** The domain of a PBX that was installed without naming one. */
const FACTORY_DOMAIN = 'mobydick';

/** An account as the session needs it. */
export type SignInTarget = {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
  /** Local part, lower case: XMPP compares user names without case. */
  readonly user: string;
  readonly resource: string;
  readonly pinned?: string;
};

/** Takes the instance or domain off the user name: SASL wants the local part alone (TAPI-27). */
export function signInTarget(account: MobydickAccount): SignInTarget {
  const typed = account.user.trim();
  const at = typed.indexOf('@');
  const user = at < 0 ? typed : typed.slice(0, at);
  const instance = at < 0 ? '' : typed.slice(at + 1);
  return {
    host: account.host.trim(),
    port: account.port,
    domain: (account.domain?.trim() || instance || FACTORY_DOMAIN).toLowerCase(),
    user: user.toLowerCase(),
    resource: account.resource,
    ...(account.pinnedCertificate === undefined
      ? {}
      : { pinned: canonicalFingerprint(account.pinnedCertificate) }),
  };
}
