/** The dial plan and the manager user that the generator writes, in every Asterisk: taken without a word, and followed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat, shown } from './support/seat.ts';

const LINES = phoneLines('gerd 841', 'gitta 842', 'front-desk 843');
const [GERD, GITTA, DESK] = ['PJSIP/gerd', 'PJSIP/gitta', 'PJSIP/front-desk'] as const;
const ZOE = { number: '0301234567', name: 'Zoë Müller-Lüdke' };

describe.each(releases())('the generated dial plan on Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  it('and manager.conf are taken without a complaint', () => {
    expect(office.asterisk.complaints()).toEqual([]);
  });

  describe.each([
    ['alone, for screen pops', MANAGERS.screenPop, false],
    ['alone, through an event filter', MANAGERS.filtered, false],
    ["beside Asterisk's own events", MANAGERS.usual, true],
  ])('%s', (_, user, native) => {
    let seat: Seat;
    beforeAll(async () => {
      seat = await Seat.open(office, { user, lines: LINES, context: 'office' });
    });
    afterEach(async () => {
      await office.quiet();
      await seat.silent();
      seat.forget();
    });
    afterAll(() => seat?.close());

    const rings = native ? ' > ringback' : '';

    it('a call comes in and is answered', async () => {
      const call = office.trunk.dial('841', ZOE);
      const gerd = await office.phones.gerd.ringing();
      await seat.sees(GERD, 'offering');
      await expect
        .poll(() => shown(seat.on(GERD)[0]?.last.caller ?? ZOE))
        .toBe('0301234567 Zoë Müller-Lüdke');
      gerd.answer();
      await seat.sees(GERD, 'connected');
      await call.hangUp();
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a phone whose name has a dash is known', async () => {
      const call = office.trunk.dial('843', ZOE);
      (await office.phones['front-desk'].ringing()).answer();
      await seat.sees(DESK, 'connected');
      await call.hangUp();
      await seat.sees(DESK, 'idle');
      expect(seat.stories(DESK)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a caller gives up', async () => {
      const call = office.trunk.dial('841', ZOE);
      await seat.sees(GERD, 'offering');
      await office.phones.gerd.ringing();
      await call.hangUp();
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)[0]).toMatch(/^offering > disconnected (cancelled|normal) > idle$/);
    });

    it('a phone is busy', async () => {
      office.phones.gerd.manner = 'busy';
      await office.trunk.dial('841', ZOE).until('ended');
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)[0]).toMatch(/^offering > disconnected (busy|normal|reject) > idle$/);
    });

    it('a phone calls out: answered, and busy', async () => {
      const call = office.phones.gerd.dial('90301234567');
      const outside = await office.trunk.ringing();
      await seat.sees(GERD, native ? 'ringback' : 'proceeding');
      outside.answer();
      const { last } = await seat.sees(GERD, 'connected');
      expect(last.called.number).toBe('0301234567');
      await call.hangUp();
      await seat.sees(GERD, 'idle');
      office.trunk.manner = 'busy';
      await office.phones.gerd.dial('90301234568').until('ended');
      await seat.sees(GERD, 'idle', 2);
      expect(seat.stories(GERD)).toEqual([
        `dialtone > dialing > proceeding${rings} > connected > disconnected normal > idle`,
        'dialtone > dialing > proceeding > busy > idle',
      ]);
    });

    it('a colleague is called: each line has one call of its own', async () => {
      const call = office.phones.gerd.dial('842');
      const gitta = await office.phones.gitta.ringing();
      await seat.sees(GERD, native ? 'ringback' : 'proceeding');
      const offered = await seat.sees(GITTA, 'offering');
      await expect.poll(() => offered.last.caller.number).toBe('841');
      gitta.answer();
      await Promise.all([seat.sees(GERD, 'connected'), seat.sees(GITTA, 'connected')]);
      await call.hangUp();
      await seat.silent();
      expect(seat.stories(GERD)).toEqual([
        `dialtone > dialing > proceeding${rings} > connected > disconnected normal > idle`,
      ]);
      expect(seat.stories(GITTA)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a call is sent to a colleague, whose line rings', async () => {
      const call = office.trunk.dial('841', ZOE);
      const gerd = await office.phones.gerd.ringing();
      gerd.answer();
      await seat.sees(GERD, 'connected');
      await office.bridged(1);
      await gerd.refer('842');
      const gitta = await office.phones.gitta.ringing();
      await seat.sees(GITTA, 'offering');
      gitta.answer();
      await seat.sees(GITTA, 'connected');
      await seat.sees(GERD, 'idle');
      await call.hangUp();
      await seat.silent();
      expect(seat.stories(GERD)).toEqual(['offering > connected > disconnected normal > idle']);
      expect(seat.stories(GITTA)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a phone forwards to a colleague, whose line has the call', async () => {
      const call = office.trunk.dial('841', ZOE);
      const gerd = await office.phones.gerd.ringing();
      await seat.sees(GERD, 'offering');
      gerd.forward('842');
      const gitta = await office.phones.gitta.ringing();
      await seat.sees(GITTA, 'offering');
      gitta.answer();
      await seat.sees(GITTA, 'connected');
      await seat.sees(GERD, 'idle');
      expect(seat.on(GITTA)[0]?.last.caller.number).toBe('0301234567');
      expect(seat.on(GITTA)[0]?.last.origin, 'the one who forwards is not who calls').not.toBe('internal');
      await call.hangUp();
      await seat.silent();
      // A dial plan hears of no forward: to it another phone has answered.
      expect(seat.stories(GERD)).toEqual([
        `offering > disconnected ${native ? 'forwarded' : 'pickup'} > idle`,
      ]);
      expect(seat.stories(GITTA)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a colleague picks up: the line that rang stops, the other has the call', async () => {
      const call = office.trunk.dial('841', ZOE);
      await office.phones.gerd.ringing();
      await seat.sees(GERD, 'offering');
      await office.rings('gerd');
      office.phones.gitta.dial('*8841');
      // What gitta dialled for it, where that is seen, is a call of its own.
      const picked = native ? 2 : 1;
      await seat.sees(GITTA, 'connected', picked);
      await seat.sees(GERD, 'idle');
      await call.hangUp();
      await seat.silent();
      expect(seat.stories(GERD)[0]).toMatch(/^offering > disconnected (pickup|normal) > idle$/);
      expect(seat.stories(GITTA).at(-1)).toBe('offering > connected > disconnected normal > idle');
      expect(seat.on(GITTA)).toHaveLength(picked);
      expect(seat.on(GITTA).at(-1)?.last.caller.number).toBe('0301234567');
    });

    it.each([
      ['a comma and a line end', 'Eve, Inc.'],
      ['quotes and a backslash', 'Rosa "R\\S" O\'Neil'],
      ['what looks like an event', 'x TAPIEVENT: LINE_CALLSTATE LINECALLSTATE_IDLE'],
    ])('a caller name with %s stays a name', async (_what, name) => {
      const call = office.trunk.dial('841', { number: '0301234567', name });
      const gerd = await office.phones.gerd.ringing();
      await seat.sees(GERD, 'offering');
      gerd.answer();
      await seat.sees(GERD, 'connected');
      await call.hangUp();
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a name in Latin-1 reaches the line readable, and the call goes on', async () => {
      const call = office.trunk.dial('841', { number: '0301234567', name: 'Jürgen', encoding: 'latin1' });
      const gerd = await office.phones.gerd.ringing();
      const { last } = await seat.sees(GERD, 'offering');
      // 22 replaces what is not UTF-8 before anybody sees it; 16 passes the bytes on.
      expect(last.caller.number).toBe('0301234567');
      gerd.answer();
      await seat.sees(GERD, 'connected');
      await call.hangUp();
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('gives no reason for a hint about the dial plan', () => {
      expect(seat.hints.filter(({ about }) => about !== 'rights')).toEqual([]);
    });
  });

  describe('asked by programs', () => {
    let seat: Seat;
    beforeAll(async () => {
      seat = await Seat.open(office, { lines: LINES, context: 'office' });
    });
    afterEach(async () => {
      await office.quiet();
      await seat.silent();
      seat.forget();
    });
    afterAll(() => seat?.close());

    it('dials outside: one call, for which NEWCALL of the dial plan is no second', async () => {
      office.phones.gerd.manner = 'answer';
      const dialled = await seat.dial(GERD, '90301234567');
      (await office.trunk.ringing()).answer();
      const { id, last } = await seat.sees(GERD, 'connected');
      expect(dialled).toEqual({ ok: true, call: id });
      // The dial plan says what is called, without its 9.
      expect(last.called.number).toBe('0301234567');
      await seat.command(id, 'drop');
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)).toEqual([
        'dialtone > dialing > proceeding > ringback > connected > disconnected normal > idle',
      ]);
    });

    it('dials a colleague: each line has one call', async () => {
      office.phones.gerd.manner = 'answer';
      await seat.dial(GERD, '842');
      const gitta = await office.phones.gitta.ringing();
      await seat.sees(GERD, 'ringback');
      await seat.sees(GITTA, 'offering');
      gitta.answer();
      await Promise.all([seat.sees(GERD, 'connected'), seat.sees(GITTA, 'connected')]);
      expect(seat.on(GERD)).toHaveLength(1);
      expect(seat.on(GITTA)).toHaveLength(1);
    });

    it('picks up: the line that rang stops, the other has one call', async () => {
      office.trunk.dial('841', ZOE);
      await office.phones.gerd.ringing();
      await seat.sees(GERD, 'offering');
      await office.rings('gerd');
      office.phones.gitta.manner = 'answer';
      expect(await seat.pickup(GITTA, '841')).toMatchObject({ ok: true });
      const { last } = await seat.sees(GITTA, 'connected');
      expect(last.caller.number).toBe('0301234567');
      await seat.sees(GERD, 'idle');
      expect(seat.stories(GERD)).toEqual(['offering > disconnected pickup > idle']);
      expect(seat.on(GITTA)).toHaveLength(1);
    });

    it('sends a ringing call and a talking one to a colleague', async () => {
      const call = office.trunk.dial('841', ZOE);
      await office.phones.gerd.ringing();
      const ringing = await seat.sees(GERD, 'offering');
      expect(await seat.redirect(ringing.id, '843')).toMatchObject({ ok: true });
      (await office.phones['front-desk'].ringing()).answer();
      const { id } = await seat.sees(DESK, 'connected');
      expect(seat.stories(GERD)).toEqual(['offering > disconnected forwarded > idle']);
      await office.bridged(1);
      expect(await seat.blindTransfer(id, '842')).toMatchObject({ ok: true });
      (await office.phones.gitta.ringing()).answer();
      await seat.sees(GITTA, 'connected');
      await seat.sees(DESK, 'idle');
      expect(call.state).toBe('up');
      expect([GERD, GITTA, DESK].map((line) => seat.on(line).length)).toEqual([1, 1, 1]);
    });

    it('shows another companion of the same lines the same calls', async () => {
      const other = await Seat.open(office, { lines: LINES, context: 'office' });
      try {
        office.phones.gerd.manner = 'answer';
        await seat.dial(GERD, '90301234567');
        (await office.trunk.ringing()).answer();
        await seat.sees(GERD, 'connected');
        const { last } = await other.sees(GERD, 'connected');
        expect([last.direction, last.called.number.slice(-10)]).toEqual(['outbound', '0301234567']);
        expect(other.on(GERD)).toHaveLength(1);
        await office.quiet();
        await other.silent();
      } finally {
        await other.close();
      }
    });
  });
});
