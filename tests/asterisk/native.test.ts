/**
 * Native mode: a dial plan that knows nothing of TAPI, real phones, and what TAPI programs see of their calls. Each story
 * was written before it was run, from what happens on the phones.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat, shown } from './support/seat.ts';

const LINES = phoneLines('alice 831', 'bob 832', 'carol 833', 'dave 834');
const [ALICE, BOB, CAROL, DAVE] = ['PJSIP/alice', 'PJSIP/bob', 'PJSIP/carol', 'PJSIP/dave'] as const;
const ZOE = { number: '0301234567', name: 'Zoë Müller' };

describe.each(releases())('native calls of Asterisk $version', (release) => {
  let office: Office;
  let seat: Seat;
  beforeAll(async () => {
    office = await openOffice(release);
    seat = await Seat.open(office, { lines: LINES });
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

  it('a call comes in and is answered', async () => {
    const call = office.trunk.dial('500', ZOE);
    const ringing = await office.phones.bob.ringing();
    const offered = await seat.sees(BOB, 'offering');
    expect(shown(offered.last.caller)).toBe('0301234567 Zoë Müller');
    expect(offered.last.direction).toBe('inbound');
    ringing.answer();
    await seat.sees(BOB, 'connected');
    await call.hangUp();
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > connected > disconnected normal > idle']);
    expect([ALICE, CAROL].flatMap((line) => seat.stories(line))).toEqual([]);
  });

  it('a caller gives up', async () => {
    const call = office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    await call.hangUp();
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected cancelled > idle']);
  });

  it('nobody answers in time, and the caller goes on without the phone', async () => {
    const call = office.trunk.dial('501', ZOE);
    await seat.sees(BOB, 'offering');
    await call.until('up');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected normal > idle']);
  });

  it('the called phone declines', async () => {
    const call = office.trunk.dial('500', ZOE);
    const ringing = await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    ringing.refuse('declined');
    await call.until('ended');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected reject > idle']);
  });

  it('the called phone forwards to a colleague, whose line has the call', async () => {
    const call = office.trunk.dial('500', ZOE);
    const ringing = await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    ringing.forward('833');
    const forwarded = await office.phones.carol.ringing();
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected forwarded > idle']);
    const { last } = await seat.sees(CAROL, 'offering');
    expect(shown(last.caller)).toBe('0301234567 Zoë Müller');
    forwarded.answer();
    await seat.sees(CAROL, 'connected');
    await call.hangUp();
    await seat.sees(CAROL, 'idle');
    expect(seat.stories(CAROL)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it('a phone that is busy by its own word does not ring, and its owner sees who called', async () => {
    office.phones.bob.manner = 'busy';
    await office.trunk.dial('500', ZOE).until('ended');
    const { last } = await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected busy > idle']);
    expect(shown(last.caller)).toBe('0301234567 Zoë Müller');
  });

  it.each([
    ['in one Dial', '510'],
    ['behind Local channels, as ring groups have it', '520'],
    ['in a queue', '550'],
  ])('of two phones that ring %s one answers', async (_, number) => {
    const call = office.trunk.dial(number, ZOE);
    const [bob] = await Promise.all([office.phones.bob.ringing(), office.phones.carol.ringing()]);
    await Promise.all([seat.sees(BOB, 'offering'), seat.sees(CAROL, 'offering')]);
    for (const line of [BOB, CAROL])
      expect(shown(seat.on(line)[0]?.last.caller ?? ZOE)).toBe('0301234567 Zoë Müller');
    bob.answer();
    await seat.sees(BOB, 'connected');
    await seat.sees(CAROL, 'idle');
    expect(seat.stories(CAROL)).toEqual(['offering > disconnected pickup > idle']);
    await call.hangUp();
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it('a phone that is not there is seen by nobody', async () => {
    await office.trunk.dial('530', ZOE).until('ended');
    expect(seat.stories(DAVE)).toEqual([]);
  });

  it('a phone calls out and is answered, with both ends named', async () => {
    const call = office.phones.alice.dial('90301234567');
    const outside = await office.trunk.ringing();
    await seat.sees(ALICE, 'ringback');
    outside.answer();
    await seat.sees(ALICE, 'connected');
    const { last } = seat.on(ALICE)[0] ?? {};
    expect(last?.direction).toBe('outbound');
    expect(last && shown(last.called)).toBe('90301234567');
    expect(last && shown(last.caller)).toBe('831 Alice');
    await outside.hangUp();
    await call.until('ended');
    await seat.sees(ALICE, 'idle');
    expect(seat.stories(ALICE)).toEqual([
      'dialtone > dialing > proceeding > ringback > connected > disconnected normal > idle',
    ]);
  });

  it.each([
    ['busy', 'dialtone > dialing > proceeding > busy > idle'],
    ['declined', 'dialtone > dialing > proceeding > disconnected reject > idle'],
    ['unavailable', 'dialtone > dialing > proceeding > disconnected congestion > idle'],
    ['unknown', 'dialtone > dialing > proceeding > disconnected badAddress > idle'],
  ] as const)('a phone calls out, and the far end is %s', async (manner, story) => {
    office.trunk.manner = manner;
    await office.phones.alice.dial('90301234567').until('ended');
    await seat.sees(ALICE, 'idle');
    expect(seat.stories(ALICE)).toEqual([story]);
  });

  it('a colleague is called: each line sees its own end', async () => {
    const call = office.phones.alice.dial('832');
    const ringing = await office.phones.bob.ringing();
    await seat.sees(ALICE, 'ringback');
    const offered = await seat.sees(BOB, 'offering');
    expect(shown(offered.last.caller)).toBe('831 Alice');
    ringing.answer();
    await Promise.all([seat.sees(ALICE, 'connected'), seat.sees(BOB, 'connected')]);
    await call.hangUp();
    await seat.silent();
    expect(seat.stories(ALICE)).toEqual([
      'dialtone > dialing > proceeding > ringback > connected > disconnected normal > idle',
    ]);
    expect(seat.stories(BOB)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it('a phone holds, and takes back', async () => {
    const call = office.trunk.dial('500', ZOE);
    const answered = await office.phones.bob.ringing();
    answered.answer();
    await seat.sees(BOB, 'connected');
    await answered.hold();
    await seat.sees(BOB, 'onHold');
    await answered.retrieve();
    await seat.sees(BOB, 'connected');
    await call.hangUp();
    await seat.silent();
    expect(seat.stories(BOB)).toEqual([
      'offering > connected > onHold > connected > disconnected normal > idle',
    ]);
  });

  it('a second call waits while the first is talked on', async () => {
    office.trunk.dial('500', ZOE);
    (await office.phones.bob.ringing()).answer();
    await seat.sees(BOB, 'connected');
    const second = office.phones.alice.dial('832');
    const waiting = await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering', 2);
    await second.hangUp();
    await waiting.until('ended');
    await seat.sees(BOB, 'idle', 2);
    expect(seat.stories(BOB)).toEqual(['offering > connected', 'offering > disconnected cancelled > idle']);
  });

  it('a phone sends its caller to a colleague without asking', async () => {
    const call = office.trunk.dial('500', ZOE);
    const bob = await office.phones.bob.ringing();
    bob.answer();
    await seat.sees(BOB, 'connected');
    await office.bridged(1);
    await bob.refer('833');
    const carol = await office.phones.carol.ringing();
    const offered = await seat.sees(CAROL, 'offering');
    expect(shown(offered.last.caller)).toBe('0301234567 Zoë Müller');
    carol.answer();
    await seat.sees(CAROL, 'connected');
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > connected > disconnected normal > idle']);
    await call.hangUp();
    await seat.silent();
    expect(seat.stories(CAROL)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it('a phone asks a colleague and then joins the two', async () => {
    const call = office.trunk.dial('500', ZOE);
    const bob = await office.phones.bob.ringing();
    bob.answer();
    await seat.sees(BOB, 'connected');
    await bob.hold();
    await seat.sees(BOB, 'onHold');
    const consultation = office.phones.bob.dial('833');
    (await office.phones.carol.ringing()).answer();
    await seat.sees(BOB, 'connected', 2);
    await seat.sees(CAROL, 'connected');
    await office.bridged(2);
    expect(await bob.referTo(consultation)).toBe(202);
    await seat.sees(BOB, 'idle');
    await seat.sees(BOB, 'idle', 2);
    // She talks on, with the caller now.
    expect(seat.stories(CAROL)).toEqual(['offering > connected']);
    await expect
      .poll(() => shown(seat.on(CAROL)[0]?.last.connected ?? ZOE), { timeout: 10_000 })
      .toBe('0301234567 Zoë Müller');
    await call.hangUp();
    await seat.silent();
    const [first, asked] = seat.stories(BOB);
    // Some releases tell of every transfer that the held one was taken back.
    expect(first).toMatch(/^offering > connected > onHold (> connected )?> disconnected normal > idle$/);
    expect(asked).toBe('dialtone > dialing > proceeding > ringback > connected > disconnected normal > idle');
    expect(seat.stories(CAROL)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it.each([
    ['of the group', '*8'],
    ['of a number', '*8500'],
  ])('a colleague picks the call up by the code %s', async (_, code) => {
    office.trunk.dial('500', ZOE);
    await office.phones.bob.ringing();
    await seat.sees(BOB, 'offering');
    office.phones.carol.dial(code);
    // First the call to the code, then what it took over.
    const { last } = await seat.sees(CAROL, 'connected', 2);
    await seat.sees(BOB, 'idle');
    expect(seat.stories(BOB)).toEqual(['offering > disconnected pickup > idle']);
    expect(seat.stories(CAROL)[0]).toMatch(/^dialtone > .*disconnected normal > idle$/);
    expect(shown(last.caller)).toBe('0301234567 Zoë Müller');
  });

  it('every hint is about the dial plan or the rights, and here there is none', () => {
    expect(seat.hints).toEqual([]);
  });
});
