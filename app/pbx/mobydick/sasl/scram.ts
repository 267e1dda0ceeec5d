import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MAX_ITERATIONS, MIN_ITERATIONS } from '../limits.ts';
import type { Credentials } from './credentials.ts';

export type ScramHash = 'sha1' | 'sha256';

/** The server's side of the exchange breaks the rules: whoever answers, it is not to be trusted. */
export class ScramError extends Error {
  override readonly name = 'ScramError';
}

export type ScramClient = {
  readonly clientFirst: string;
  /** Answers the server's first message. Rejects with a ScramError when it breaks the rules. */
  readonly answer: (serverFirst: string) => Promise<ScramProof>;
};

export type ScramProof = {
  readonly clientFinal: string;
  /** Throws a ScramError unless the server's last message proves that it knows the password too. */
  readonly verify: (serverFinal: string) => void;
};

const derive = promisify(pbkdf2);

/** SCRAM without channel binding (RFC 5802, RFC 7677). `nonce` must be fresh and of printable ASCII without a comma. */
export function createScram(hash: ScramHash, credentials: Credentials, nonce: string): ScramClient {
  const bare = `n=${escapeName(credentials.user)},r=${nonce}`;
  return {
    clientFirst: `n,,${bare}`,
    answer: async (serverFirst) => {
      const { serverNonce, salt, iterations } = parseServerFirst(serverFirst, nonce);
      const size = hash === 'sha1' ? 20 : 32;
      const salted = await derive(credentials.password, salt, iterations, size, hash);
      const withoutProof = `c=biws,r=${serverNonce}`;
      const signed = `${bare},${serverFirst},${withoutProof}`;
      const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash(hash).update(clientKey).digest(), signed);
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
      const expected = hmac(hmac(salted, 'Server Key'), signed);
      return {
        clientFinal: `${withoutProof},p=${proof.toString('base64')}`,
        verify: (serverFinal) => verifyServer(serverFinal, expected),
      };
    },
  };
}

const escapeName = (name: string) => name.replaceAll('=', '=3D').replaceAll(',', '=2C');

/** A mandatory extension would stand before `r`; none is known, so the whole message is refused then. */
const SERVER_FIRST = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9][0-9]{0,8})(?:,.*)?$/s;

function parseServerFirst(message: string, nonce: string) {
  const [, serverNonce = '', salt = '', count = ''] = SERVER_FIRST.exec(message) ?? [];
  if (serverNonce === '') throw new ScramError("the server's first message is malformed");
  if (!serverNonce.startsWith(nonce) || serverNonce === nonce)
    throw new ScramError("the server's nonce does not extend ours");
  const iterations = Number(count);
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    throw new ScramError(
      `${iterations} iterations asked for, ${MIN_ITERATIONS} to ${MAX_ITERATIONS} are accepted`,
    );
  return { serverNonce, salt: Buffer.from(salt, 'base64'), iterations };
}

function verifyServer(serverFinal: string, expected: Buffer): void {
  const [, signature] = /^v=([A-Za-z0-9+/]+={0,2})(?:,.*)?$/s.exec(serverFinal) ?? [];
  const given = Buffer.from(signature ?? '', 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new ScramError('the server could not prove that it knows the password');
}
