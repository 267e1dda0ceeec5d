/** A server that is not there, silent, or none of a telephone system. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import { endingAll, pbx, serving, starting } from './rig.ts';
import { ANNA, type Told } from './signed-in.ts';

endingAll();
let simulator: Simulator;
let told: Told;
beforeEach(async () => {
  simulator = await pbx();
});

describe('a server that is not there', () => {
  it('is unreachable where the port is shut, and tried again', async () => {
    const { port } = simulator;
    await simulator.close();
    told = starting({ port }, ANNA);
    expect(await told.untilState('waiting', 2)).toMatchObject({
      problem: { code: 'unreachable', stage: 'connect' },
    });
    simulator = await pbx();
  });

  it('is unknown where the name is', async () => {
    told = starting(simulator, ANNA, { host: 'no-such-host.invalid' });
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
    told = starting(simulator, ANNA, {}, { attempt: 400 });
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
    const { port } = await serving((socket) => socket.write(said));
    told = starting({ port }, ANNA, {}, { attempt: 400 });
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code, stage: 'tls' } });
    expect(told.lines).toEqual([]);
  });
});
