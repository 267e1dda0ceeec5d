/** What administrators copied from AstTapi's page with its mistakes, on every Asterisk: it works as far as it can. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AsteriskLine } from '../../app/pbx/asterisk/account.ts';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { Seat } from './support/seat.ts';

const ZOE = { number: '0301234567', name: 'Zoë Müller' };
const LINES: readonly AsteriskLine[] = [
  { name: 'line_1', channel: 'PJSIP/bob', extension: '832', person: 'Bob' },
  { name: 'line_2', channel: 'PJSIP/carol', extension: '833', person: 'Carol' },
];

describe.each(releases())('a dial plan with mistakes on Asterisk $version', (release) => {
  let office: Office;
  let seat: Seat | undefined;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterEach(async () => {
    await office.quiet();
    await seat?.silent();
    await seat?.close();
    seat = undefined;
  });
  afterAll(() => office?.close());

  const sit = async (user: string) => {
    seat = await Seat.open(office, { lines: LINES, user });
    return seat;
  };
  const hinted = (told: Seat) => told.hints.filter(({ about }) => about === undefined);

  it.each([MANAGERS.usual, MANAGERS.screenPop])('with pipes, and without colons, for %s', async (user) => {
    const told = await sit(user);
    const call = office.trunk.dial('120', ZOE);
    const bob = await office.phones.bob.ringing();
    const { last } = await told.sees('line_1', 'offering');
    // ${CALLERID} is empty today; Asterisk names the caller all the same.
    expect(last.caller.number).toBe('0301234567');
    bob.answer();
    await call.until('up');
    // The dial plan's word never comes; Asterisk's own does, where it is heard.
    if (user === MANAGERS.usual) await told.sees('line_1', 'connected');
    await call.hangUp();
    await told.sees('line_1', 'idle');
    const talked = user === MANAGERS.usual ? ' > connected' : '';
    expect(told.stories('line_1')).toEqual([`offering${talked} > disconnected normal > idle`]);
    const hints = hinted(told);
    expect(hints.map(({ code }) => code).sort()).toEqual(['callerEmpty', 'colonForgotten', 'pipes']);
    for (const { what, why, todo } of hints)
      for (const text of [what, why, todo]) expect([text.de, text.en]).not.toContain('');
  });

  it.each([MANAGERS.usual, MANAGERS.screenPop])('without the word that others stop, for %s', async (user) => {
    const told = await sit(user);
    const call = office.trunk.dial('121', ZOE);
    const bob = await office.phones.bob.ringing();
    await Promise.all([told.sees('line_1', 'offering'), told.sees('line_2', 'offering')]);
    bob.answer();
    await told.sees('line_1', 'connected');
    await told.sees('line_2', 'idle');
    expect(told.stories('line_1')).toEqual(['offering > connected']);
    // Where Asterisk itself says that the phone stopped, nothing is missing.
    const missing = user === MANAGERS.screenPop ? [{ code: 'hangupMissing', subject: 'line_2' }] : [];
    expect(hinted(told)).toMatchObject(missing);
    await call.hangUp();
    await told.sees('line_1', 'idle');
  });

  it('with a state that there is none of, one hint and the call as it is', async () => {
    const told = await sit(MANAGERS.usual);
    const call = office.trunk.dial('122', ZOE);
    (await office.phones.bob.ringing()).answer();
    await told.sees('line_1', 'connected');
    await call.hangUp();
    await told.sees('line_1', 'idle');
    expect(told.stories('line_1')).toEqual(['offering > connected > disconnected normal > idle']);
    expect(hinted(told)).toMatchObject([{ code: 'wordUnknown' }]);
    expect(hinted(told)[0]?.subject).toContain('ASLEEP');
  });
});
