/** The companion comes, goes and is cut off while calls live at every Asterisk. */
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemPorts } from '../../app/pbx/asterisk/ports.ts';
import { type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat, type SeatOptions, shown } from './support/seat.ts';

const LINES = phoneLines('alice 831', 'bob 832', 'carol 833');
const [ALICE, BOB, CAROL] = ['PJSIP/alice', 'PJSIP/bob', 'PJSIP/carol'] as const;
const ZOE = { number: '0301234567', name: 'Zoë Müller' };

describe.each(releases())('a companion of Asterisk $version', (release) => {
  let office: Office;
  let seat: Seat | undefined;
  const sockets: Socket[] = [];
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

  async function sit(options: SeatOptions = {}): Promise<Seat> {
    const connect = (host: string, port: number) => {
      const socket = systemPorts.connect(host, port);
      sockets.push(socket);
      return socket;
    };
    seat = await Seat.open(office, { lines: LINES, ports: { connect }, ...options });
    return seat;
  }

  /** The connection breaks, as a router does it that forgets. */
  const cut = () => {
    for (const socket of sockets.splice(0)) socket.destroy();
  };

  async function talking() {
    const outside = office.trunk.dial('500', ZOE);
    const bob = await office.phones.bob.ringing();
    bob.answer();
    await office.bridged(1);
    return { outside, bob };
  }

  it('that comes late finds what rings, what is talked on and what is held, with its ends', async () => {
    const { bob } = await talking();
    await bob.hold();
    const inside = office.phones.alice.dial('833');
    const carol = await office.phones.carol.ringing();
    const told = await sit();
    const held = await told.sees(BOB, 'connected').catch(() => told.sees(BOB, 'onHold'));
    expect(shown(held.last.caller)).toContain('0301234567');
    const [called] = [await told.sees(ALICE, 'ringback')];
    expect(called.last.called.number).toBe('833');
    const ringing = await told.sees(CAROL, 'offering');
    expect(ringing.last.caller.number).toBe('831');
    carol.answer();
    await Promise.all([told.sees(ALICE, 'connected'), told.sees(CAROL, 'connected')]);
    await inside.hangUp();
    await Promise.all([told.sees(ALICE, 'idle'), told.sees(CAROL, 'idle')]);
    expect(told.on(BOB)).toHaveLength(1);
  });

  it('that is cut off for a moment keeps its calls as they are', async () => {
    const told = await sit();
    const { outside } = await talking();
    await told.sees(BOB, 'connected');
    cut();
    await told.reaches('waiting');
    await told.reaches('online', 2);
    await expect.poll(() => told.listings(), { timeout: 10_000 }).toBe(2);
    expect(told.stories(BOB)).toEqual(['offering > connected']);
    await outside.hangUp();
    await told.sees(BOB, 'idle');
    expect(told.stories(BOB)).toEqual(['offering > connected > disconnected normal > idle']);
  });

  it('that is cut off learns what ended, what was answered and what began meanwhile', async () => {
    // Long enough for what happens meanwhile.
    const told = await sit({ deadlines: { backOffFirst: 60_000, backOffLongest: 60_000 } });
    const { outside } = await talking();
    await told.sees(BOB, 'connected');
    const inside = office.phones.alice.dial('833');
    const carol = await office.phones.carol.ringing();
    await told.sees(CAROL, 'offering');
    cut();
    await told.reaches('waiting');
    await outside.hangUp();
    carol.answer();
    await inside.until('up');
    await office.bridged(1);
    office.trunk.dial('500', { number: '0307654321' });
    await office.phones.bob.ringing();
    // The network is back, and the machine says so.
    told.check();
    await told.reaches('online', 2);
    await told.sees(BOB, 'idle');
    await told.sees(CAROL, 'connected');
    const { last } = await told.sees(BOB, 'offering', 2);
    expect(last.caller.number).toBe('0307654321');
    expect(told.stories(CAROL)).toEqual(['offering > connected']);
  });

  it.each(['stop', 'kill'] as const)('sees all calls end after Asterisk went: %s', async (how) => {
    const told = await sit();
    await talking();
    await told.sees(BOB, 'connected');
    await office.asterisk[how]();
    await told.reaches('waiting');
    await office.asterisk.start();
    await told.reaches('online', 2);
    await told.sees(BOB, 'idle');
    // And goes on as if nothing had been.
    for (const phone of [office.trunk, office.phones.bob]) phone.calls.length = 0;
    await talking();
    await told.sees(BOB, 'connected', 2);
  });
});
