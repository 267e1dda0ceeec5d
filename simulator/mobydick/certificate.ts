/** A self-made P-256 certificate (RFC 5280, DER written by hand): for tests and the demo, never for a real server. */
import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';

export interface CertificateOptions {
  /** Host names and IPv4 addresses the certificate is for; the first is also its common name. */
  readonly names: readonly [string, ...string[]];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface Certificate {
  readonly keyPem: string;
  readonly certPem: string;
  /** SHA-256 over the DER, upper case hex with colons, as node:crypto writes it. */
  readonly fingerprint: string;
}

const HOUR_MS = 3_600_000;
/** Clocks of two machines differ a little. */
const ISSUED_BEFORE_MS = HOUR_MS;
const LIFE_MS = 7 * 24 * HOUR_MS;

/** A certificate valid from an hour ago for a week. */
export function shortLived(names: readonly [string, ...string[]], nowMs: number): Certificate {
  return createCertificate({
    names,
    notBefore: new Date(nowMs - ISSUED_BEFORE_MS),
    notAfter: new Date(nowMs + LIFE_MS),
  });
}

const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const;

const Oid = {
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  ecdsaWithSha256: '2a8648ce3d040302',
} as const;

const TRUE = 0xff;

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(Tag.sequence, ...parts);
const oid = (hex: string): Buffer => der(Tag.oid, Buffer.from(hex, 'hex'));
const boolean = (): Buffer => der(Tag.boolean, Buffer.from([TRUE]));

/** YYMMDDHHMMSSZ; RFC 5280 4.1.2.5.1 reads years 50 to 99 as 19xx, so this holds until 2049. */
function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '');
  return der(Tag.utcTime, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function subjectAltName(name: string): Buffer {
  return isIPv4(name)
    ? der(Tag.ipAddress, Buffer.from(name.split('.').map(Number)))
    : der(Tag.dnsName, Buffer.from(name));
}

/** Signs itself: issuer and subject are the same, basicConstraints says CA so that clients can pin it as a root. */
export function createCertificate({ names, notBefore, notAfter }: CertificateOptions): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(Tag.set, sequence(oid(Oid.commonName), der(Tag.utf8, Buffer.from(names[0])))));
  const algorithm = sequence(oid(Oid.ecdsaWithSha256));
  const serial = randomBytes(12);
  // A serial number is a positive integer without leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const extension = (id: string, critical: boolean, value: Buffer) =>
    sequence(oid(id), ...(critical ? [boolean()] : []), der(Tag.octetString, value));
  const toSign = sequence(
    der(Tag.version, der(Tag.integer, Buffer.from([2]))),
    der(Tag.integer, serial),
    algorithm,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      Tag.extensions,
      sequence(
        extension(Oid.basicConstraints, true, sequence(boolean())),
        extension(Oid.subjectAltName, false, sequence(...names.map(subjectAltName))),
      ),
    ),
  );
  const signature = sign('sha256', toSign, privateKey);
  const certificate = sequence(toSign, algorithm, der(Tag.bitString, Buffer.from([0]), signature));
  const base64 = (certificate.toString('base64').match(/.{1,64}/g) ?? []).join('\n');
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certPem: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    fingerprint: new X509Certificate(certificate).fingerprint256,
  };
}
