/** What the stream knows of a SASL mechanism: bytes in, a step out (RFC 6120 section 6, RFC 4422). */

/** Conditions of RFC 6120 section 6.5 that a server may answer with. */
export type SaslCondition =
  | 'aborted'
  | 'account-disabled'
  | 'credentials-expired'
  | 'encryption-required'
  | 'incorrect-encoding'
  | 'invalid-authzid'
  | 'invalid-mechanism'
  | 'malformed-request'
  | 'mechanism-too-weak'
  | 'not-authorized'
  | 'temporary-auth-failure';

export type SaslStep =
  | { readonly kind: 'challenge'; readonly data: string }
  /** `data` goes with the success, empty for none. */
  | { readonly kind: 'success'; readonly user: string; readonly data: string }
  | { readonly kind: 'failure'; readonly condition: SaslCondition };

export interface SaslMechanism {
  step(input: Buffer): SaslStep;
}

/** The password of a user named in any case; undefined when there is no such user. */
export type PasswordLookup = (user: string) => string | undefined;

export const saslFailure = (condition: SaslCondition): SaslStep => ({ kind: 'failure', condition });

/** Undefined when the bytes are not UTF-8. */
export function utf8(input: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    return undefined;
  }
}
