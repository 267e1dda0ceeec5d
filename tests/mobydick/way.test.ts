/** The way to the server: the port and the kind of encryption, each found where it is not set. */
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { endingAll, pbx, serving, starting } from './rig.ts';
import { ANNA, type Told } from './signed-in.ts';
import { again, connected, leading, shutPort, stagesOf } from './way-rig.ts';

const HEADER = "<s:stream xmlns:s='http://etherx.jabber.org/streams' xmlns='jabber:client' from='mobydick'>";
const NS_TLS = "xmlns='urn:ietf:params:xml:ns:xmpp-tls'";

endingAll();
let told: Told;

describe('the port', () => {
  it('is 5222 with STARTTLS when none is set', async () => {
    const { port, fingerprint } = await pbx();
    const { asked, connect } = leading({ 5222: port });
    told = starting({ fingerprint }, ANNA, {}, {}, { connect });
    await told.untilState('online');
    expect(asked).toEqual([5222]);
    expect(connected(told)).toEqual(['port 5222, encrypted (starttls), domain mobydick']);
  });

  it('is 5223 with TLS at once where nobody listens at 5222, from then on first', async () => {
    const running = await pbx({ directTlsPort: 0 });
    const { asked, connect } = leading({ 5222: await shutPort(), 5223: running.directTlsPort ?? 0 });
    told = starting({ fingerprint: running.fingerprint }, ANNA, {}, {}, { connect });
    await told.untilState('online');
    expect(asked).toEqual([5222, 5223]);
    await again(running, told);
    expect(asked).toEqual([5222, 5223, 5223]);
    expect(connected(told)[1]).toBe('port 5223, encrypted (direct), domain mobydick');
  });

  it('is 5223 where 5222 never answers, in half of the time for connecting', async () => {
    const running = await pbx({ directTlsPort: 0 });
    const usual = leading({ 5223: running.directTlsPort ?? 0 });
    const connect: typeof usual.connect = (host, port) =>
      port === 5222 ? new Socket() : usual.connect(host, port);
    const deadlines = { connect: 600 };
    told = starting({ fingerprint: running.fingerprint }, ANNA, {}, deadlines, { connect });
    await told.untilState('online');
  });

  it('is unreachable when nobody listens at either', async () => {
    const shut = await shutPort();
    const { asked, connect } = leading({ 5222: shut, 5223: shut });
    told = starting({}, ANNA, {}, {}, { connect });
    expect(await told.untilState('waiting')).toMatchObject({
      problem: { code: 'unreachable', stage: 'connect' },
    });
    expect(asked).toEqual([5222, 5223]);
  });

  it('may take TLS at once whatever its number; that is found in one attempt, and kept', async () => {
    const running = await pbx({ directTlsPort: 0 });
    const { asked, connect } = leading({});
    const server = { port: running.directTlsPort ?? 0, fingerprint: running.fingerprint };
    told = starting(server, ANNA, {}, {}, { connect });
    await told.untilState('online');
    expect(asked).toHaveLength(2);
    expect(stagesOf(told)).toEqual(['resolve', 'connect', 'tls', 'signIn', 'bind', 'userInfo']);
    expect(running.sessions()).toMatchObject([{ secure: true }]);
    await again(running, told);
    expect(asked).toHaveLength(3);
  });

  it('5223 is asked for TLS first, and may want STARTTLS all the same', async () => {
    const { port, fingerprint } = await pbx();
    const { asked, connect } = leading({ 5223: port });
    told = starting({ port: 5223, fingerprint }, ANNA, {}, {}, { connect });
    await told.untilState('online');
    expect(asked).toEqual([5223, 5223]);
    expect(connected(told)).toEqual(['port 5223, encrypted (starttls), domain mobydick']);
  });

  it('that goes back on its word in the handshake is not asked in another kind', async () => {
    let connections = 0;
    const { port } = await serving((socket) => {
      connections += 1;
      socket.once('data', () => {
        socket.write(`${HEADER}<s:features><starttls ${NS_TLS}/></s:features>`);
        socket.once('data', () => {
          socket.write(`<proceed ${NS_TLS}/>`);
          socket.once('data', () => socket.resetAndDestroy());
        });
      });
    });
    told = starting({ port }, ANNA, {}, { backOffFirst: 5_000, backOffLongest: 5_000 });
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'lost', stage: 'tls' } });
    expect(connections).toBe(1);
  });

  it('that knows only a broken version of TLS is not signed in to', async () => {
    const { keyPem, certPem } = shortLived(['mobydick'], Date.now());
    const old = { key: keyPem, cert: certPem, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    const { port } = await serving((socket) => {
      const secure = new TLSSocket(socket, { ...old, isServer: true, ciphers: 'ALL:@SECLEVEL=0' });
      secure.on('error', () => socket.destroy());
    });
    told = starting({}, ANNA, {}, {}, leading({ 5222: await shutPort(), 5223: port }));
    expect(await told.untilState('waiting')).toMatchObject({
      problem: { code: 'noEncryption', stage: 'tls' },
    });
  });

  it('hangs up on both kinds: it is lost, and tried again', async () => {
    const { port } = await serving((socket) => socket.end());
    told = starting({ port }, ANNA);
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'lost', stage: 'tls' } });
  });

  it('takes all its connections within the one deadline of the attempt', async () => {
    let connections = 0;
    const { port } = await serving((socket) => {
      connections += 1;
      if (connections === 1) socket.end();
    });
    told = starting({ port }, ANNA, {}, { attempt: 800 });
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage: 'tls' } });
    expect(connections).toBe(2);
  });
});
