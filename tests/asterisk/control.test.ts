/** What programs and people ask of calls, carried out by every Asterisk on real phones. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat, shown } from './support/seat.ts';

const LINES = phoneLines('alice 831', 'bob 832', 'carol 833', 'dave 834');
const [ALICE, BOB, CAROL, DAVE] = ['PJSIP/alice', 'PJSIP/bob', 'PJSIP/carol', 'PJSIP/dave'] as const;
const ZOE = { number: '0301234567', name: 'Zoë Müller' };
const OVER = 'disconnected normal > idle';

describe.each(releases())('control of calls at Asterisk $version', (release) => {
  let office: Office;
  let seat: Seat;
  beforeAll(async () => {
    office = await openOffice(release);
    seat = await Seat.open(office, { lines: LINES, user: MANAGERS.keys, remoteAnswer: true });
  });
  afterEach(async () => {
    await office.quiet();
    await seat.silent();
    seat.forget();
  });
  afterAll(async () => {
    await seat?.close();
    await office?.close();
  });

  /** A call from outside that bob has answered. */
  async function talking() {
    const outside = office.trunk.dial('500', ZOE);
    const bob = await office.phones.bob.ringing();
    bob.answer();
    const { id } = await seat.sees(BOB, 'connected');
    await office.bridged(1);
    return { outside, bob, id };
  }

  describe('dialling', () => {
    it('lifts the own phone, shows it who is called, and calls', async () => {
      const dialled = seat.dial(ALICE, '90301234567');
      const alice = await office.phones.alice.ringing();
      await seat.sees(ALICE, 'dialing');
      expect(alice.heard[0]?.fields.find(([name]) => name === 'from')?.[1]).toContain('90301234567');
      alice.answer();
      const outside = await office.trunk.ringing();
      await seat.sees(ALICE, 'ringback');
      outside.answer();
      const { id, last } = await seat.sees(ALICE, 'connected');
      expect(await dialled).toEqual({ ok: true, call: id });
      expect(shown(last.called)).toBe('90301234567');
      await outside.hangUp();
      await seat.sees(ALICE, 'idle');
      expect(seat.stories(ALICE)).toEqual([
        `dialtone > dialing > proceeding > ringback > connected > ${OVER}`,
      ]);
    });

    it.each([
      ['busy', 'busy > idle'],
      ['declined', 'disconnected reject > idle'],
      ['unavailable', 'disconnected congestion > idle'],
      ['unknown', 'disconnected badAddress > idle'],
    ] as const)('meets a far end that is %s', async (manner, end) => {
      office.trunk.manner = manner;
      office.phones.alice.manner = 'answer';
      await seat.dial(ALICE, '90301234567');
      await seat.sees(ALICE, 'idle');
      expect(seat.stories(ALICE)).toEqual([`dialtone > dialing > proceeding > ${end}`]);
    });

    it.each([['busy'], ['declined']] as const)('finds the own phone %s', async (manner) => {
      office.phones.alice.manner = manner;
      await seat.dial(ALICE, '90301234567');
      await seat.sees(ALICE, 'idle');
      expect(seat.stories(ALICE)).toEqual(['dialtone > dialing > disconnected reject > idle']);
      expect(office.trunk.calls).toEqual([]);
    });

    it('from a phone that is not there is refused', async () => {
      expect(await seat.dial(DAVE, '90301234567')).toMatchObject({ ok: false });
      expect(seat.stories(DAVE)).toEqual([]);
    });

    it('a number that the dial plan does not have is refused, and no phone rings', async () => {
      expect(await seat.dial(ALICE, '12345')).toMatchObject({ ok: false });
      expect(office.phones.alice.calls).toEqual([]);
    });

    it('what is no number is refused before it is sent', async () => {
      for (const target of ['831@phones', 'a b', 'PJSIP/832', '9\r\n\r\nAction: Logoff'])
        expect(await seat.dial(ALICE, target)).toMatchObject({ ok: false });
      expect(office.phones.alice.calls).toEqual([]);
    });

    it('is given up while the own phone rings', async () => {
      const dialled = seat.dial(ALICE, '90301234567');
      const alice = await office.phones.alice.ringing();
      const { id } = await seat.sees(ALICE, 'dialing');
      await dialled;
      expect(await seat.command(id, 'drop')).toMatchObject({ ok: true });
      await alice.until('ended');
      await seat.sees(ALICE, 'idle');
      expect(office.trunk.calls).toEqual([]);
    });

    it('a colleague gives each line its own call', async () => {
      office.phones.alice.manner = 'answer';
      await seat.dial(ALICE, '832');
      const bob = await office.phones.bob.ringing();
      const offered = await seat.sees(BOB, 'offering');
      expect(offered.last.caller.number).toBe('831');
      bob.answer();
      await Promise.all([seat.sees(ALICE, 'connected'), seat.sees(BOB, 'connected')]);
      expect(seat.on(ALICE)).toHaveLength(1);
      expect(seat.on(BOB)).toHaveLength(1);
    });
  });

  it('drops a call that is talked on', async () => {
    const { outside, bob, id } = await talking();
    expect(await seat.command(id, 'drop')).toEqual({ ok: true, call: id });
    await Promise.all([outside.until('ended'), bob.until('ended')]);
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual([`offering > connected > ${OVER}`]);
    // Programs drop twice.
    expect(await seat.command(id, 'drop')).toMatchObject({ ok: true });
  });

  it('rejects what rings', async () => {
    const outside = office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    const { id } = await seat.sees(BOB, 'offering');
    expect(await seat.command(id, 'drop')).toMatchObject({ ok: true });
    await outside.until('ended');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected reject > idle']);
  });

  it('tells the phone to answer', async () => {
    const outside = office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    const { id } = await seat.sees(BOB, 'offering');
    expect(await seat.command(id, 'answer')).toEqual({ ok: true, call: id });
    await seat.sees(BOB, 'connected');
    await outside.until('up');
    expect(office.phones.bob.notified).toContain('talk');
  });

  it('sends what rings to a colleague', async () => {
    const outside = office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    const { id } = await seat.sees(BOB, 'offering');
    expect(await seat.redirect(id, '833')).toEqual({ ok: true, call: id });
    const carol = await office.phones.carol.ringing();
    await seat.sees(BOB, 'idle');
    const offered = await seat.sees(CAROL, 'offering');
    expect(offered.last.caller.number).toBe('0301234567');
    carol.answer();
    await outside.until('up');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected forwarded > idle']);
  });

  it('sends the other end to a colleague without asking', async () => {
    const { outside, bob, id } = await talking();
    expect(await seat.blindTransfer(id, '833')).toEqual({ ok: true, call: id });
    const carol = await office.phones.carol.ringing();
    await bob.until('ended');
    await seat.sees(BOB, 'idle');
    const offered = await seat.sees(CAROL, 'offering');
    expect(offered.last.caller.number).toBe('0301234567');
    carol.answer();
    await seat.sees(CAROL, 'connected');
    expect(outside.state).toBe('up');
    expect(seat.stories(BOB)).toEqual([`offering > connected > ${OVER}`]);
  });

  it('does not send anybody where nothing is', async () => {
    const { outside, id } = await talking();
    expect(await seat.blindTransfer(id, '12345')).toMatchObject({ ok: false });
    expect(outside.state).toBe('up');
    expect(seat.stories(BOB)).toEqual(['offering > connected']);
  });

  it('asks a colleague, then joins the two, where the phone can have a second call', async () => {
    const { outside, id } = await talking();
    expect(seat.line(BOB).verbs?.has('setupTransfer')).toBe(true);
    const asked = seat.setupTransfer(id, '833');
    const second = await office.phones.bob.ringing();
    // What a desk phone does when its owner takes the second call.
    const [first] = office.phones.bob.calls;
    await first?.hold();
    second.answer();
    (await office.phones.carol.ringing()).answer();
    const outcome = await asked;
    if (!outcome.ok) throw new Error(outcome.error);
    await seat.sees(BOB, 'connected', 2);
    await seat.sees(CAROL, 'connected');
    await office.bridged(2);
    expect(await seat.completeTransfer(id, outcome.call)).toMatchObject({ ok: true });
    await seat.sees(BOB, 'idle');
    await seat.sees(BOB, 'idle', 2);
    await office.bridged(1);
    expect(outside.state).toBe('up');
    expect((await office.phones.carol.talking()).state).toBe('up');
    expect(seat.stories(CAROL)).toEqual(['offering > connected']);
  });

  it('picks up what rings at a number', async () => {
    office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    const picked = seat.pickup(CAROL, '832');
    (await office.phones.carol.ringing()).answer();
    expect(await picked).toMatchObject({ ok: true });
    await seat.sees(CAROL, 'connected');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected pickup > idle']);
    expect(seat.on(CAROL)).toHaveLength(1);
    expect(seat.on(CAROL)[0]?.last.caller.number).toBe('0301234567');
  });

  it('picks up what rings in the own group', async () => {
    office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    const picked = seat.pickupGroup(CAROL);
    (await office.phones.carol.ringing()).answer();
    expect(await picked).toMatchObject({ ok: true });
    await seat.sees(CAROL, 'connected');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected pickup > idle']);
  });

  it('has nothing to pick up where nothing rings', async () => {
    expect(await seat.pickup(CAROL, '832')).toMatchObject({ ok: false });
    expect(office.phones.carol.calls).toEqual([]);
  });

  it('sends digits to the other end, in their order', async () => {
    const { outside, id } = await talking();
    expect(outside.state).toBe('up');
    expect(await seat.generateDigits(id, '1*2#')).toMatchObject({ ok: true });
    await expect.poll(() => office.trunk.digits, { timeout: 15_000 }).toBe('1*2#');
    expect(office.phones.bob.digits).toBe('');
  });

  it('offers no hold, which Asterisk has none of for a phone', async () => {
    const { id } = await talking();
    expect(seat.line(BOB).verbs?.has('hold')).toBe(false);
    expect(await seat.command(id, 'hold')).toMatchObject({ ok: false });
  });

  it('has no reason for a hint but the phone that is not there', () => {
    expect(seat.hints.map(({ subject, about }) => [about, subject])).toEqual([]);
  });
});
