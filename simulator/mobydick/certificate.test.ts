import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type net from 'node:net';
import tls from 'node:tls';
import { expect, it } from 'vitest';
import { createCertificate, shortLived } from './certificate.ts';

it('is for its names, signed by itself and valid from just before now', () => {
  const now = Date.now();
  const { certPem, fingerprint } = shortLived(['mobydick', 'localhost', '127.0.0.1'], now);
  const certificate = new X509Certificate(certPem);
  expect(certificate.checkHost('mobydick')).toBe('mobydick');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(Date.parse(certificate.validFrom)).toBeLessThan(now);
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(now);
  expect(fingerprint).toBe(certificate.fingerprint256);
});

it('is PEM without blank lines, whatever its length', () => {
  for (let length = 1; length <= 48; length += 1) {
    const { certPem } = shortLived(['a'.repeat(length)], Date.now());
    expect(certPem).not.toContain('\n\n');
    expect(new X509Certificate(certPem).subject).toContain('a');
  }
});

it('is new every time', () => {
  const [one, two] = [shortLived(['a'], 0), shortLived(['a'], 0)];
  expect(one.fingerprint).not.toBe(two.fingerprint);
});

it('can be made for another time', () => {
  const notAfter = new Date('2020-01-02T03:04:05Z');
  const { certPem } = createCertificate({
    names: ['old'],
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter,
  });
  expect(Date.parse(new X509Certificate(certPem).validTo)).toBe(notAfter.getTime());
});

it('is accepted by TLS as a root that a client pins, for its own name only', async () => {
  const { keyPem, certPem } = shortLived(['mobydick'], Date.now());
  const server = tls.createServer({ key: keyPem, cert: certPem }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const connect = (servername: string) => tls.connect({ port, host: '127.0.0.1', servername, ca: certPem });
  const good = connect('mobydick');
  await once(good, 'secureConnect');
  expect(good.authorized).toBe(true);
  good.destroy();
  const [error] = await once(connect('example.org'), 'error');
  expect(error).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  server.close();
});
