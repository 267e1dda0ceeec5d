/** A server that is not there, silent, or none of a telephone system. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, type Told } from './signed-in.ts';
import { type Listener, listen } from './way-rig.ts';

let simulator: Simulator;
let told: Told | undefined;

beforeEach(async () => {
  simulator = await startSimulator({ users: [ANNA] });
});
afterEach(async () => {
  await told?.pbx.stop();
  told = undefined;
  await simulator.close();
});

describe('a server that is not there', () => {
  let listener: Listener | undefined;
  afterEach(() => listener?.close());

  it('is unreachable where the port is shut, and tried again', async () => {
    const { port } = simulator;
    await simulator.close();
    told = adapterFor({ port }, ANNA);
    told.pbx.start();
    expect(await told.untilState('waiting', 2)).toMatchObject({
      problem: { code: 'unreachable', stage: 'connect' },
    });
    simulator = await startSimulator({ users: [ANNA] });
  });

  it('is unknown where the name is', async () => {
    told = adapterFor(simulator, ANNA, { host: 'no-such-host.invalid' });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({
      problem: { code: 'hostUnknown', stage: 'resolve' },
    });
  });

  it.each([
    ['header', 'tls'],
    ['features', 'tls'],
    ['auth', 'signIn'],
    ['bind', 'bind'],
  ] as const)('is silent from its %s on: the failure names the stage %s', async (silence, stage) => {
    simulator.faults.goSilent(silence);
    told = adapterFor(simulator, ANNA, {}, { attempt: 400 });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage } });
    simulator.faults.clear();
    await told.untilState('online');
  });

  it.each([
    ['<stream:stream xmlns:stream="http://etherx.jabber.org/streams"><stream:features/>', 'noEncryption'],
    ['SSH-2.0-OpenSSH_9.2\r\n<<<\r\n', 'wrongServer'],
    ['', 'silent'],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:features>' +
        '<starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"/></s:features>' +
        '<proceed xmlns="urn:ietf:params:xml:ns:xmpp-tls"/>',
      'silent',
    ],
    ['</a><b></c>', 'wrongServer'],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:error>' +
        '<host-unknown xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></s:error>',
      'domainUnknown',
    ],
    [
      '<s:stream xmlns:s="http://etherx.jabber.org/streams"><s:features>' +
        '<starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"/></s:features>' +
        '<proceed xmlns="urn:ietf:params:xml:ns:xmpp-tls"/><iq',
      'wrongServer',
    ],
  ])('is the wrong one or hides its encryption when it says %j', async (said, code) => {
    listener = await listen((socket) => socket.write(said));
    const { port } = listener;
    told = adapterFor({ port }, ANNA, {}, { attempt: 400 });
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code, stage: 'tls' } });
    expect(told.lines).toEqual([]);
  });
});
