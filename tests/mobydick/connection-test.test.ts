/** The connection test at real servers: what a person reads when the account works, and when nobody answers. */
import { describe, expect, it } from 'vitest';
import { TEST_STEPS } from '../../app/pbx/connection-test.ts';
import { probeSignIn } from '../../main/companion/probe.ts';
import { ANNA, signedIn } from './signed-in.ts';
import { read, results, simulated, stoppedAt, test } from './tested-account.ts';

describe('an account that works', () => {
  it('passes every step, and is signed out afterwards', async () => {
    const server = await simulated();
    const result = await test(server);
    expect(result).toMatchObject({ passed: true, cancelled: false });
    expect(results(result)).toEqual(TEST_STEPS.map((step) => `${step} passed`));
    expect(read(result, 'userInfo').de[0]).toBe('Die Telefonanlage kennt: Anna Müller, Nebenstelle 340.');
    expect(read(result, 'phone').en[0]).toBe('The phone "SIP anna [Büro]" is registered and free.');
    await expect.poll(() => server.sessions()).toEqual([]);
  });

  it('leaves a session of the same user alone that is there already', async () => {
    const server = await simulated();
    const { host, port, fingerprint } = server;
    const there = await signedIn(server, ANNA);
    const account = {
      kind: 'mobydick' as const,
      key: 'k',
      host,
      port,
      user: 'anna',
      pinnedCertificate: fingerprint,
      resource: 'tapline',
    };
    const result = await probeSignIn(account, ANNA.password, { step: () => {}, trace: () => {} });
    expect(result.passed).toBe(true);
    expect(there.states().at(-1)).toMatchObject({ state: 'online' });
    await expect.poll(() => server.sessions()).toMatchObject([{ fullJid: 'anna@mobydick/tapline' }]);
    await there.pbx.stop();
  });

  it('tells a supervisor, and a phone in a call', async () => {
    const server = await simulated({ users: [{ ...ANNA, supervisor: true }] });
    server.exchange.outside.call('0991234', 'Otto', '340');
    server.exchange.answer('Anna');
    const result = await test(server);
    expect(read(result, 'role').en[0]).toBe(
      'Supervisor: the phone system lets this user act for others, too.',
    );
    expect(read(result, 'phone').de[0]).toBe(
      'Das Telefon „SIP anna [Büro]“ ist angemeldet und telefoniert gerade.',
    );
  });

  it('has a note about a phone that cannot answer', async () => {
    const result = await test(await simulated({ users: [{ ...ANNA, capabilities: ['dial'] }] }));
    expect(result.passed).toBe(true);
    expect(results(result).at(-1)).toBe('phone warned');
    expect(read(result, 'phone').de).toEqual([
      'Das Telefon „SIP anna [Büro]“ ist angemeldet und frei. Tapline kann an ihm nicht annehmen.',
      'Tun Sie es am Telefon selbst, oder fragen Sie nach einem Telefon, das sich vom Rechner bedienen lässt.',
    ]);
  });

  it('has a note where the session is not encrypted, as an administrator allowed', async () => {
    const server = await simulated({ xmpp: { startTls: 'absent' } });
    const result = await test(server, { account: { plainText: true } });
    expect(result.passed).toBe(true);
    expect(results(result)).toContain('tls warned');
    expect(read(result, 'tls').en).toEqual([
      'The connection is not encrypted: the server does not offer it, and the setting "plainText" allows that.',
      'Enable STARTTLS on the server and take the setting back.',
    ]);
  });
});

describe('a test of a server that says nothing', () => {
  it.each([
    ['features', 'tls', 'beim Aufbau der Verschlüsselung'],
    ['auth', 'signIn', 'bei der Anmeldung'],
    ['bind', 'signIn', 'beim Öffnen der Sitzung'],
    ['clientInfo', 'userInfo', 'beim Lesen der Benutzerdaten'],
  ] as const)('from its %s on ends at the step %s', async (silence, step, when) => {
    const server = await simulated();
    server.faults.goSilent(silence);
    const result = await test(server, { deadlines: { attempt: 2_000 } });
    expect(results(result)).toEqual(stoppedAt(step));
    expect(read(result, step).de).toEqual([
      `Der Server antwortet nicht. Die Verbindung steht, aber es kommt nichts mehr an (${when}).`,
      'Wiederholen Sie den Test später; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
    ]);
  });

  it('ends at its own deadline where the adapter has a longer one', async () => {
    const server = await simulated();
    server.faults.goSilent('auth');
    const result = await test(server, { deadlines: { attempt: 60_000 }, options: { deadline: 2_000 } });
    expect(results(result)).toEqual(stoppedAt('signIn'));
    await expect.poll(() => server.sessions()).toEqual([]);
  });

  it('can be cancelled at once, and nothing stays open', async () => {
    const server = await simulated();
    server.faults.goSilent('auth');
    const cancelling = new AbortController();
    const running = test(server, { deadlines: { attempt: 60_000 }, options: { signal: cancelling.signal } });
    setTimeout(() => cancelling.abort(), 200);
    const began = performance.now();
    const result = await running;
    expect(result).toMatchObject({ passed: false, cancelled: true });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(results(result).slice(3)).toEqual(TEST_STEPS.slice(3).map((step) => `${step} skipped`));
  });
});
