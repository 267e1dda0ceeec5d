/** Unknown, pinned, changed and expired certificates; authority.test.ts beside it has those of an authority. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createCertificate } from '../../simulator/mobydick/certificate.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { endingAll, online, pbx, starting } from './rig.ts';
import { ANNA, type Told } from './signed-in.ts';

endingAll();
let simulator: Simulator;
let told: Told;
beforeEach(async () => {
  simulator = await pbx();
});

describe('trust', () => {
  it('stops at an unknown certificate and shows its fingerprint; the pin lets it in', async () => {
    told = starting({ port: simulator.port }, ANNA);
    const failed = await told.untilState('failed');
    expect(failed).toMatchObject({ problem: { code: 'certificateUntrusted', stage: 'tls' } });
    expect(told.lines).toEqual([]);
    const certificate = failed.state === 'failed' ? failed.problem.certificate : undefined;
    expect(certificate).toMatchObject({
      fingerprint: simulator.fingerprint,
      subject: 'CN=mobydick',
      issuer: 'CN=mobydick',
      complaint: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const { validFrom = 0, validTo = 0, fingerprint = '' } = certificate ?? {};
    expect(validFrom).toBeLessThan(Date.now());
    expect(validTo).toBeGreaterThan(Date.now());
    told = await online(
      { port: simulator.port, fingerprint: fingerprint.replaceAll(':', '').toLowerCase() },
      ANNA,
    );
  });

  it('stops at a changed certificate', async () => {
    const { fingerprint } = simulator;
    await simulator.close();
    simulator = await pbx();
    told = starting({ port: simulator.port, fingerprint }, ANNA);
    expect(await told.untilState('failed')).toMatchObject({
      problem: {
        code: 'certificateChanged',
        stage: 'tls',
        certificate: { fingerprint: simulator.fingerprint },
      },
    });
  });

  it('accepts a pinned certificate that has expired', async () => {
    await simulator.close();
    const notAfter = new Date(Date.now() - 1_000);
    const certificate = createCertificate({ names: ['mobydick'], notBefore: new Date(0), notAfter });
    simulator = await pbx({ certificate });
    told = starting({ port: simulator.port }, ANNA);
    const failed = await told.untilState('failed');
    expect(failed).toMatchObject({
      problem: { code: 'certificateUntrusted', certificate: { validTo: notAfter.setMilliseconds(0) } },
    });
    await told.pbx.stop();
    told = await online(simulator, ANNA);
  });
});

describe('trust on a way with TLS at once', () => {
  it('is the same: unknown, pinned, changed', async () => {
    await simulator.close();
    simulator = await pbx({ directTlsPort: 0 });
    const { directTlsPort: port = 0, fingerprint } = simulator;
    told = starting({ port }, ANNA);
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'certificateUntrusted', stage: 'tls', certificate: { fingerprint } },
    });
    expect(told.lines).toEqual([]);
    await told.pbx.stop();
    told = await online({ port, fingerprint }, ANNA);
    simulator.changeCertificate();
    simulator.faults.cut();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'certificateChanged', certificate: { fingerprint: simulator.fingerprint } },
    });
  });
});
