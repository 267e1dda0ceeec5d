/** A caller who sends on whom he called, in the generated dial plan: the one called talks on, and the line knows. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat } from './support/seat.ts';

const GERD = 'PJSIP/gerd';
const GITTA = 'PJSIP/gitta';

describe.each(releases())('a transfer by the caller on Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  describe.each([
    ['heard by a user for screen pops', MANAGERS.screenPop],
    ['heard by a usual user', MANAGERS.usual],
  ])('%s', (_, user) => {
    let seat: Seat;
    beforeAll(async () => {
      seat = await Seat.open(office, { user, lines: phoneLines('gerd 841', 'gitta 842'), context: 'office' });
    });
    afterEach(async () => {
      await office.quiet();
      await seat.silent();
      seat.forget();
    });
    afterAll(() => seat?.close());

    it('with asking first: his line is free, and the one he called talks until she hangs up', async () => {
      const call = office.phones.gerd.dial('842');
      const gitta = await office.phones.gitta.ringing();
      gitta.answer();
      await Promise.all([seat.sees(GERD, 'connected'), seat.sees(GITTA, 'connected')]);
      await office.bridged(1);
      await call.hold();
      const consultation = office.phones.gerd.dial('90301234567');
      (await office.trunk.ringing()).answer();
      await seat.sees(GERD, 'connected', 2);
      await office.bridged(2);
      await call.referTo(consultation);
      await Promise.all([seat.sees(GERD, 'idle'), seat.sees(GERD, 'idle', 2)]);
      expect(seat.on(GITTA).map(({ states }) => states.at(-1))).toEqual(['connected']);
      await gitta.hangUp();
      await seat.sees(GITTA, 'idle');
      expect(seat.stories(GITTA)).toEqual(['offering > connected > disconnected normal > idle']);
    });
  });
});
