/**
 * AstTapi's place taken: the dial plan of its page in today's syntax drives the lines, as administrators have it, with
 * the user for screen pops and nothing else, and with everything a usual user hears besides.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AsteriskLine } from '../../app/pbx/asterisk/account.ts';
import { LAST_WITH_MACRO, MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat, shown } from './support/seat.ts';

const ZOE = { number: '0301234567', name: 'Zoë Müller' };
const OLGA = 'PJSIP/olga';
/** Named by the administrator, and the phones behind them. */
const NAMED: readonly AsteriskLine[] = [
  { name: 'line_1', channel: 'PJSIP/bob', extension: '832', person: 'Bob' },
  { name: 'line_2', channel: 'PJSIP/carol', extension: '833', person: 'Carol' },
  ...phoneLines('olga 838'),
];
const WAYS = [
  ['heard by a user for screen pops', MANAGERS.screenPop],
  ['heard by a usual user', MANAGERS.usual],
] as const;

describe.each(releases())("the dial plan of AstTapi's page on Asterisk $version", (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  describe.each(WAYS)('%s', (_, user) => {
    let seat: Seat;
    beforeAll(async () => {
      seat = await Seat.open(office, { user, lines: NAMED, context: 'old-page-out' });
    });
    afterEach(async () => {
      await office.quiet();
      await seat.silent();
      seat.forget();
    });
    afterAll(() => seat?.close());

    it('a call comes in for two phones: one answers, the other stops', async () => {
      const call = office.trunk.dial('100', ZOE);
      const bob = await office.phones.bob.ringing();
      await Promise.all([seat.sees('line_1', 'offering'), seat.sees('line_2', 'offering')]);
      const offered = seat.on('line_1')[0];
      await expect.poll(() => offered && shown(offered.last.caller)).toBe('0301234567 Zoë Müller');
      bob.answer();
      await seat.sees('line_1', 'connected');
      await seat.sees('line_2', 'idle');
      await call.hangUp();
      await seat.sees('line_1', 'idle');
      expect(seat.stories('line_1')).toEqual(['offering > connected > disconnected normal > idle']);
      // The page's dial plan says only that it is over; Asterisk says why.
      const why = user === MANAGERS.usual ? 'pickup' : '(normal|pickup)';
      expect(seat.stories('line_2')[0]).toMatch(new RegExp(`^offering > disconnected ${why} > idle$`));
      expect(seat.on('line_1')).toHaveLength(1);
      expect(seat.on('line_2')).toHaveLength(1);
    });

    it('the example of the user guide is followed as it stands there', async () => {
      const call = office.trunk.dial('131', ZOE);
      const bob = await office.phones.bob.ringing();
      await seat.sees('line_1', 'offering');
      bob.answer();
      const { last } = await seat.sees('line_1', 'connected');
      expect(last.caller.number).toBe('0301234567');
      await call.hangUp();
      await seat.sees('line_1', 'idle');
      expect(seat.stories('line_1')).toEqual(['offering > connected > disconnected normal > idle']);
    });

    it('a caller gives up', async () => {
      const call = office.trunk.dial('100', ZOE);
      await Promise.all([seat.sees('line_1', 'offering'), seat.sees('line_2', 'offering')]);
      await call.hangUp();
      await seat.silent();
      for (const line of ['line_1', 'line_2'])
        expect(seat.stories(line)[0]).toMatch(/^offering > disconnected (normal|cancelled) > idle$/);
    });

    it('a phone calls out and is answered', async () => {
      const call = office.phones.olga.dial('90301234567');
      const outside = await office.trunk.ringing();
      await seat.sees(OLGA, user === MANAGERS.usual ? 'ringback' : 'proceeding');
      outside.answer();
      await seat.sees(OLGA, 'connected');
      const { last } = seat.on(OLGA)[0] ?? {};
      expect(last?.direction).toBe('outbound');
      expect(last?.called.number).toBe('0301234567');
      await call.hangUp();
      await seat.sees(OLGA, 'idle');
      const rings = user === MANAGERS.usual ? ' > ringback' : '';
      expect(seat.stories(OLGA)).toEqual([
        `dialtone > dialing > proceeding${rings} > connected > disconnected normal > idle`,
      ]);
    });
  });

  it('dials: the own phone first, then the number, one call and no second for NEWCALL of its dial plan', async () => {
    const seat = await Seat.open(office, { lines: NAMED, context: 'old-page-out' });
    try {
      const dialled = seat.dial(OLGA, '90301234567');
      (await office.phones.olga.ringing()).answer();
      const outside = await office.trunk.ringing();
      expect(await dialled).toMatchObject({ ok: true });
      await seat.sees(OLGA, 'ringback');
      outside.answer();
      const { id } = await seat.sees(OLGA, 'connected');
      expect(await dialled).toEqual({ ok: true, call: id });
      expect(await seat.command(id, 'drop')).toMatchObject({ ok: true });
      await seat.sees(OLGA, 'idle');
      await outside.until('ended');
      expect(seat.stories(OLGA)).toEqual([
        'dialtone > dialing > proceeding > ringback > connected > disconnected normal > idle',
      ]);
    } finally {
      await office.quiet();
      await seat.close();
    }
  });

  it('lines are known in any case, and a line named as it is dialled', async () => {
    const lines = [{ name: 'pjsip/BOB', channel: 'PJSIP/bob', extension: '832', person: '' }];
    const seat = await Seat.open(office, { lines, user: MANAGERS.screenPop });
    try {
      const call = office.trunk.dial('110', ZOE);
      (await office.phones.bob.ringing()).answer();
      await seat.sees('pjsip/BOB', 'connected');
      await call.hangUp();
      await seat.sees('pjsip/BOB', 'idle');
      expect(seat.stories('pjsip/BOB')).toEqual(['offering > connected > disconnected normal > idle']);
    } finally {
      await office.quiet();
      await seat.close();
    }
  });
});

describe.each(releases().filter(({ major }) => major <= LAST_WITH_MACRO))(
  'the dial plan of the page with its Macros on Asterisk $version',
  (release) => {
    it.each(WAYS)('is followed as it was, %s', async (_, user) => {
      const office = await openOffice(release);
      // Asterisk complains of it when it starts, which other tests would take for a fault of theirs.
      await office.asterisk.console('module load app_macro.so');
      const seat = await Seat.open(office, { user, lines: phoneLines('bob 832') });
      try {
        const call = office.trunk.dial('140', ZOE);
        const bob = await office.phones.bob.ringing();
        await seat.sees('PJSIP/bob', 'offering');
        bob.answer();
        await seat.sees('PJSIP/bob', 'connected');
        await call.hangUp();
        await seat.sees('PJSIP/bob', 'idle');
        expect(seat.stories('PJSIP/bob')).toEqual(['offering > connected > disconnected normal > idle']);
        expect(seat.hints.filter(({ about }) => about === undefined)).toEqual([]);
      } finally {
        await office.quiet();
        await seat.close();
        await office.close();
      }
    });
  },
);
