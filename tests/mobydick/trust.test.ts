/** Unknown, pinned, changed and expired certificates; authority.test.ts beside it has those of an authority. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCertificate } from '../../simulator/mobydick/certificate.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, signedIn, type Told } from './signed-in.ts';

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

describe('trust', () => {
  it('stops at an unknown certificate and shows its fingerprint; the pin lets it in', async () => {
    told = adapterFor({ port: simulator.port }, ANNA);
    told.pbx.start();
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
    told = await signedIn(
      { port: simulator.port, fingerprint: fingerprint.replaceAll(':', '').toLowerCase() },
      ANNA,
    );
  });

  it('stops at a changed certificate', async () => {
    const { fingerprint } = simulator;
    await simulator.close();
    simulator = await startSimulator({ users: [ANNA] });
    told = adapterFor({ port: simulator.port, fingerprint }, ANNA);
    told.pbx.start();
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
    simulator = await startSimulator({ users: [ANNA], certificate });
    told = adapterFor({ port: simulator.port }, ANNA);
    told.pbx.start();
    const failed = await told.untilState('failed');
    expect(failed).toMatchObject({
      problem: { code: 'certificateUntrusted', certificate: { validTo: notAfter.setMilliseconds(0) } },
    });
    await told.pbx.stop();
    told = await signedIn(simulator, ANNA);
  });
});

describe('trust on a way with TLS at once', () => {
  it('is the same: unknown, pinned, changed', async () => {
    await simulator.close();
    simulator = await startSimulator({ users: [ANNA], directTlsPort: 0 });
    const { directTlsPort: port = 0, fingerprint } = simulator;
    told = adapterFor({ port }, ANNA);
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'certificateUntrusted', stage: 'tls', certificate: { fingerprint } },
    });
    expect(told.lines).toEqual([]);
    await told.pbx.stop();
    told = await signedIn({ port, fingerprint }, ANNA);
    simulator.changeCertificate();
    simulator.faults.cut();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'certificateChanged', certificate: { fingerprint: simulator.fingerprint } },
    });
  });
});
