/** What the account and its manager user decide of what can be asked of calls, at every Asterisk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat } from './support/seat.ts';

const LINES = phoneLines('alice 831', 'bob 832');
const [ALICE, BOB] = ['PJSIP/alice', 'PJSIP/bob'] as const;

describe.each(releases())(
  'a phone that lifts by itself when its owner dials, at Asterisk $version',
  (release) => {
    it('is told to', async () => {
      const office = await openOffice(release);
      const seat = await Seat.open(office, { lines: LINES, autoAnswer: true });
      try {
        office.phones.alice.manner = 'answerIfTold';
        expect(await seat.dial(ALICE, '90301234567')).toMatchObject({ ok: true });
        (await office.trunk.ringing()).answer();
        await seat.sees(ALICE, 'connected');
        // Whoever else calls it is not let in.
        office.phones.bob.dial('831');
        await office.phones.alice.ringing();
      } finally {
        await office.quiet();
        await seat.close();
        await office.close();
      }
    });
  },
);

describe.each(releases())('control by a user with few rights at Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  it('offers what the rights allow and says what is missing', async () => {
    const seat = await Seat.open(office, { lines: LINES, user: MANAGERS.screenPop });
    try {
      const { canDial, canPickup, verbs } = seat.line(BOB);
      expect([canDial, canPickup, [...(verbs ?? [])]]).toEqual([false, false, ['accept']]);
      expect(await seat.dial(BOB, '831')).toMatchObject({ ok: false });
      expect(seat.hints.length).toBeGreaterThan(0);
      expect(new Set(seat.hints.map(({ about }) => about))).toEqual(new Set(['rights']));
      for (const { what, why, todo } of seat.hints)
        for (const text of [what, why, todo]) expect(text.de !== '' && text.en !== '').toBe(true);
    } finally {
      await seat.close();
    }
  });

  it('does not offer to answer without the class system, and says so where it is wanted', async () => {
    const seat = await Seat.open(office, { lines: LINES, remoteAnswer: true });
    try {
      expect(seat.line(BOB).verbs?.has('answer')).toBe(false);
      expect(seat.hints.map(({ code }) => code)).toContain('missing-system');
    } finally {
      await seat.close();
    }
  });
});
