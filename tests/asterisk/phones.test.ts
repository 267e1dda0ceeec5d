/** The test phones themselves, against every Asterisk: what the other tests build on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ERIN, type Office, openOffice, releases } from './support/office.ts';

describe.each(releases())('the phones of an office with Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterEach(() => office.quiet());
  afterAll(() => office.close());

  it('are reached by a server whose configuration it takes without complaint', () => {
    expect(office.asterisk.complaints()).toEqual([]);
  });

  it('call each other, hold, and hang up', async () => {
    const { alice, bob } = office.phones;
    const call = alice.dial('832');
    const ringing = await bob.ringing();
    await call.until('ringback');
    ringing.answer();
    await call.until('up');
    await ringing.hold();
    await ringing.retrieve();
    await ringing.hangUp();
    await call.until('ended');
  });

  it.each([
    ['busy', 486],
    // Asterisk tells its caller so.
    ['declined', 403],
    ['unavailable', 503],
    ['unknown', 404],
  ] as const)('refuse a call: %s', async (manner, status) => {
    office.trunk.manner = manner;
    const call = office.phones.alice.dial('90301234567');
    await call.until('ended');
    expect(office.trunk.calls).toHaveLength(1);
    expect(call.status).toBe(status);
  });

  it('give up a call that rings', async () => {
    const { alice, bob } = office.phones;
    const call = alice.dial('832');
    const ringing = await bob.ringing();
    await call.hangUp();
    await ringing.until('ended');
  });

  it('transfer without asking, and after asking', async () => {
    const { alice, bob, carol } = office.phones;
    const first = office.trunk.dial('500', { number: '0301234567', name: 'Zoë Müller' });
    const answered = await bob.ringing();
    answered.answer();
    await first.until('up');
    await office.bridged(1);
    expect(await answered.refer('833')).toBe(202);
    const transferred = await carol.ringing();
    transferred.answer();
    await answered.until('ended');
    const consultation = carol.dial('831');
    (await alice.ringing()).answer();
    await consultation.until('up');
    await office.bridged(2);
    expect(await transferred.referTo(consultation)).toBe(202);
    await transferred.until('ended');
    await alice.talking();
    expect(first.state).toBe('up');
  });

  it('press keys that the other end hears', async () => {
    const { alice, bob } = office.phones;
    const call = alice.dial('832');
    (await bob.ringing()).answer();
    await call.until('up');
    for (const digit of '12#') await call.press(digit);
    await expect.poll(() => bob.digits, { timeout: 10_000 }).toBe('12#');
  });

  it('register with a password', async () => {
    const { erin } = office.phones;
    expect(await erin.register('wrong')).toBe(401);
    expect(await erin.register(ERIN.password)).toBe(200);
    const contacts = await office.asterisk.console('pjsip show contacts');
    expect(contacts).toContain(`erin@127.0.0.1:${erin.port}`);
  });
});
