/** SASL PLAIN, server side (RFC 4616). The stream offers it inside TLS only. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type PasswordLookup, type SaslMechanism, type SaslStep, saslFailure, utf8 } from './mechanism.ts';
import { saslprep } from './saslprep.ts';

export class Plain implements SaslMechanism {
  readonly #password: PasswordLookup;

  constructor(password: PasswordLookup) {
    this.#password = password;
  }

  step(input: Buffer): SaslStep {
    const parts = utf8(input)?.split('\0');
    const [authzid, user, password] = parts ?? [];
    if (parts?.length !== 3 || authzid === undefined || !user || !password)
      return saslFailure('malformed-request');
    if (authzid !== '' && localPart(authzid) !== user.toLowerCase()) return saslFailure('invalid-authzid');
    const expected = this.#password(user);
    if (expected === undefined || !same(expected, password)) return saslFailure('not-authorized');
    return { kind: 'success', user, data: '' };
  }
}

const localPart = (jid: string): string => jid.split('@', 1).join('').toLowerCase();

/** Digests first, because the comparison wants equal lengths. */
function same(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(saslprep(text)).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
