/** Signing in at every Asterisk: by which way, with which rights, and what is said where it cannot be. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AsteriskAccount } from '../../app/pbx/asterisk/account.ts';
import { header } from '../../app/pbx/asterisk/ami/packet.ts';
import { may } from '../../app/pbx/asterisk/session/rights.ts';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import { MANAGERS, type Office, openOffice, releases, SECRET } from './support/office.ts';
import { accountFor, openSession, type ToldSession } from './support/session.ts';
import { until } from './support/until.ts';

describe.each(releases())('a sign-in at Asterisk $version', (release) => {
  let office: Office;
  let told: ToldSession | undefined;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterEach(async () => {
    await told?.session.stop();
    told = undefined;
  });
  afterAll(() => office.close());

  const signIn = (account: Partial<AsteriskAccount>, deadlines: Partial<Deadlines> = {}): ToldSession => {
    told = openSession(accountFor(office, account), deadlines);
    return told;
  };

  it('goes encrypted to the certificate that the user trusts', async () => {
    const { reaches, lines } = signIn({});
    await reaches('online');
    expect(lines.map(({ text }) => text).join('\n')).not.toContain(SECRET);
  });

  it('goes without encryption where the account says so, and without its secret on the wire', async () => {
    const { reaches, written, states } = signIn({ plainText: true });
    await reaches('online');
    expect(written()).toContain('Action: Login');
    expect(written()).not.toContain(SECRET);
    expect(states).toContainEqual({ state: 'connecting', stage: 'signIn', plainText: true });
  });

  it('stops at a certificate that nobody vouches for, and shows it', async () => {
    const { pinnedCertificate: _, ...account } = accountFor(office);
    told = openSession(account);
    const { problem } = await told.reaches('failed');
    expect(problem).toMatchObject({
      code: 'certificateUntrusted',
      certificate: { fingerprint: office.fingerprint },
    });
    expect(told.connections()).toBe(1);
  });

  it('stops at another certificate than the one that is trusted', async () => {
    const { reaches } = signIn({ pinnedCertificate: Array(32).fill('AB').join(':') });
    const { problem } = await reaches('failed');
    expect(problem.code).toBe('certificateChanged');
  });

  it.each([
    ['a wrong secret', { secret: async () => 'not-the-secret' }],
    ['an unknown user', { user: 'nobody' }],
    ['an address that the user may not come from', { user: MANAGERS.elsewhere }],
  ])('with %s is refused once, and not tried again', async (_, account) => {
    const { reaches, connections } = signIn(account);
    const { problem } = await reaches('failed');
    // Asterisk says the same of all three.
    expect(problem).toMatchObject({ code: 'wrongPassword', stage: 'signIn', pbx: 'asterisk' });
    expect(connections()).toBe(1);
  });

  it('knows what the user of the generated manager.conf may do', async () => {
    const { reaches, session } = signIn({});
    await reaches('online');
    const rights = session.rights();
    if (!rights) throw new Error('no rights are known');
    for (const action of ['Originate', 'Hangup', 'Redirect', 'BlindTransfer', 'Status', 'PlayDTMF'])
      expect(`${action} ${may(rights, action)}`).toBe(`${action} true`);
    for (const action of ['Command', 'PJSIPNotify', 'UpdateConfig'])
      expect(`${action} ${may(rights, action)}`).toBe(`${action} false`);
    expect(rights.reads.call).toBe('yes');
    expect((await session.action({ name: 'Status' })).ok).toBe(true);
    expect(
      await session.action({ name: 'Command', headers: [['Command', 'core show version']] }),
    ).toMatchObject({
      ok: false,
      code: 'denied',
    });
  });

  it('with rights for screen pops and nothing else is online, and gets what the dial plan says', async () => {
    const { reaches, session, events } = signIn({ user: MANAGERS.screenPop });
    await reaches('online');
    const rights = session.rights();
    expect(rights && may(rights, 'Originate')).toBe(false);
    expect(rights && may(rights, 'Hangup')).toBe(false);
    office.trunk.dial('841', { number: '0301234567' });
    await until(
      () => events.some((event) => header(event, 'TAPIEVENT') === 'LINE_NEWCALL PJSIP/gerd'),
      () => `told: ${events.map((event) => header(event, 'Event')).join(', ')}`,
    );
    await office.quiet();
    expect(new Set(events.map((event) => header(event, 'Event')))).toEqual(new Set(['UserEvent']));
    expect(session.rights()?.reads).toMatchObject({ user: 'yes' });
    expect(await session.action({ name: 'Status' })).toMatchObject({ ok: false, code: 'denied' });
  });

  it('with no rights at all is online and hears nothing', async () => {
    const { reaches, session } = signIn({ user: MANAGERS.nothing });
    await reaches('online');
    expect(await session.action({ name: 'Originate' })).toMatchObject({ ok: false, code: 'denied' });
    expect((await session.action({ name: 'Ping' })).ok).toBe(true);
  });

  it('refuses to send what would be two actions', async () => {
    const { reaches, session, written } = signIn({ plainText: true });
    await reaches('online');
    for (const value of ['1\r\n\r\nAction: Ping', '1\nX: y', '1\0'])
      expect(await session.action({ name: 'Hangup', headers: [['Channel', value]] })).toMatchObject({
        ok: false,
        code: 'invalid',
      });
    expect(written()).not.toContain('Hangup');
  });

  it('encrypted, at the port that does not encrypt, fails in words', async () => {
    const { reaches } = signIn({ port: office.asterisk.ami });
    const { problem } = await reaches('waiting');
    expect(problem).toMatchObject({ stage: 'tls' });
    expect(['noEncryption', 'wrongServer']).toContain(problem.code);
  });

  it('not encrypted, at the port that encrypts, fails in words', async () => {
    const { reaches } = signIn({ plainText: true, port: office.asterisk.amiTls }, { attempt: 700 });
    const { problem } = await reaches('waiting');
    expect(problem).toMatchObject({ stage: 'signIn' });
  });

  it('is done again after Asterisk was stopped in good order', async () => {
    const { reaches } = signIn({});
    await reaches('online');
    await office.asterisk.stop();
    expect((await reaches('waiting')).problem.code).toBe('lost');
    await office.asterisk.start();
    expect(await reaches('online', 2)).toEqual({ state: 'online', resumed: false });
  });

  it('is done again after Asterisk was killed', async () => {
    const { reaches } = signIn({});
    await reaches('online');
    await office.asterisk.kill();
    expect((await reaches('waiting')).problem.code).toBe('lost');
    await office.asterisk.start();
    await reaches('online', 2);
  });

  it('is done again after Asterisk hung', async () => {
    const { reaches, session } = signIn({}, { quiet: 300, ping: 500, attempt: 1_500, connect: 1_500 });
    await reaches('online');
    office.asterisk.freeze();
    try {
      session.check();
      expect((await reaches('waiting')).problem.code).toBe('silent');
    } finally {
      office.asterisk.thaw();
    }
    await reaches('online', 2);
  });
});
