/** SASL SCRAM-SHA-1 and SCRAM-SHA-256, server side, without channel binding (RFC 5802, RFC 7677). */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { type PasswordLookup, type SaslMechanism, type SaslStep, saslFailure, utf8 } from './mechanism.ts';
import { saslprep } from './saslprep.ts';

export const DEFAULT_ITERATIONS = 4096;
/** Bytes of each hash. */
const HASHES = { sha1: 20, sha256: 32 } as const;
export type ScramHash = keyof typeof HASHES;

const SALT_BYTES = 16;
const NONCE_BYTES = 18;

export interface ScramOptions {
  readonly iterations?: number;
  /** The server's part of the nonce: printable ASCII without comma. Random unless a test wants a known one. */
  readonly nonce?: () => string;
  readonly salt?: () => Buffer;
}

/** client-first-message: gs2-header, then the bare part with user name and nonce. */
const CLIENT_FIRST =
  /^(?<gs2>[ny],(?:a=[^,]*)?,)(?<bare>n=(?<user>[^,]+),r=(?<nonce>[\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/;
/** client-final-message: channel binding, nonce, extensions, proof. */
const CLIENT_FINAL =
  /^(?<withoutProof>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,[^p][^,]*)*),p=(?<proof>[^,]+)$/;

interface Started {
  readonly user: string;
  readonly gs2: string;
  readonly clientBare: string;
  readonly serverFirst: string;
  readonly nonce: string;
  readonly salt: Buffer;
}

export class Scram implements SaslMechanism {
  readonly #hash: ScramHash;
  readonly #password: PasswordLookup;
  readonly #iterations: number;
  readonly #nonce: () => string;
  readonly #salt: () => Buffer;
  #started: Started | undefined;

  constructor(hash: ScramHash, password: PasswordLookup, options: ScramOptions = {}) {
    this.#hash = hash;
    this.#password = password;
    this.#iterations = options.iterations ?? DEFAULT_ITERATIONS;
    this.#nonce = options.nonce ?? (() => randomBytes(NONCE_BYTES).toString('base64'));
    this.#salt = options.salt ?? (() => randomBytes(SALT_BYTES));
  }

  step(input: Buffer): SaslStep {
    const message = utf8(input);
    if (message === undefined) return saslFailure('malformed-request');
    return this.#started === undefined ? this.#first(message) : this.#final(message, this.#started);
  }

  #first(message: string): SaslStep {
    const fields = CLIENT_FIRST.exec(message)?.groups;
    const user = unescapeName(fields?.['user'] ?? '');
    if (fields === undefined || user === undefined) return saslFailure('malformed-request');
    const nonce = `${fields['nonce']}${this.#nonce()}`;
    const salt = this.#salt();
    const serverFirst = `r=${nonce},s=${salt.toString('base64')},i=${this.#iterations}`;
    this.#started = {
      user,
      gs2: fields['gs2'] ?? '',
      clientBare: fields['bare'] ?? '',
      serverFirst,
      nonce,
      salt,
    };
    return { kind: 'challenge', data: serverFirst };
  }

  #final(message: string, started: Started): SaslStep {
    const fields = CLIENT_FINAL.exec(message)?.groups;
    const binding = Buffer.from(fields?.['binding'] ?? '', 'base64').toString('utf8');
    if (fields === undefined || fields['nonce'] !== started.nonce || binding !== started.gs2) {
      return saslFailure('malformed-request');
    }
    const password = this.#password(started.user);
    // The same work for an unknown user, so that the time of the answer does not tell who exists.
    const prepared = saslprep(password ?? randomBytes(SALT_BYTES).toString('hex'));
    const name = this.#hash;
    const salted = pbkdf2Sync(prepared, started.salt, this.#iterations, HASHES[name], name);
    const storedKey = hash(name, hmac(name, salted, 'Client Key'));
    const authMessage = `${started.clientBare},${started.serverFirst},${fields['withoutProof']}`;
    const signature = hmac(name, storedKey, authMessage);
    const proof = Buffer.from(fields['proof'] ?? '', 'base64');
    if (password === undefined || proof.length !== signature.length) return saslFailure('not-authorized');
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
    if (!timingSafeEqual(hash(name, clientKey), storedKey)) return saslFailure('not-authorized');
    const serverSignature = hmac(name, hmac(name, salted, 'Server Key'), authMessage);
    return { kind: 'success', user: started.user, data: `v=${serverSignature.toString('base64')}` };
  }
}

const hash = (name: ScramHash, data: Buffer): Buffer => createHash(name).update(data).digest();
const hmac = (name: ScramHash, key: Buffer, data: string): Buffer =>
  createHmac(name, key).update(data).digest();

/** RFC 5802 section 5.1: `=2C` is a comma, `=3D` an equals sign, any other `=` is an error. */
function unescapeName(name: string): string | undefined {
  if (/=(?!2C|3D)/.test(name)) return undefined;
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=');
}
