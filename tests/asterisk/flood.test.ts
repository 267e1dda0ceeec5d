/** Every Asterisk at its maximum, with a thousand lines: nothing lost, nobody disconnected, and no name that does harm. */
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPorts } from '../../app/pbx/asterisk/ports.ts';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines, Seat } from './support/seat.ts';
import { until } from './support/until.ts';

const THOUSAND = phoneLines(...Array.from({ length: 1_000 }, (_, n) => `u${n}`));
/** Each loop's calls; three events for each. */
const CALLS = 2_000;
/** More than is sent before it is ended. */
const CALLS_WITHOUT_END = 1_000_000;
describe.each(releases())('Asterisk $version at its maximum', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  const flood = (calls: number) =>
    office.asterisk.console(`channel originate Local/${calls}@load/n application Wait 3600`);

  it.each([
    ['one loop', 1],
    ['three loops at once', 3],
  ])('in %s: every call of a thousand lines is seen from its beginning to its end', async (_, loops) => {
    const seat = await Seat.open(office, {
      user: MANAGERS.screenPop,
      lines: [...THOUSAND, ...phoneLines('gerd 841')],
    });
    try {
      for (let loop = 0; loop < loops; loop += 1) await flood(CALLS);
      const seen = () => THOUSAND.flatMap(({ name }) => seat.on(name));
      await until(
        () => seat.total() === CALLS * loops,
        () => `${seat.total()} of ${CALLS * loops} calls, last ${seat.wire.at(-1)?.label}`,
      );
      await seat.silent();
      expect(new Set(seen().map(({ states }) => states.join(' > ')))).toEqual(
        new Set(['offering > disconnected normal > idle']),
      );
      expect(THOUSAND.map(({ name }) => seat.on(name).length)).toEqual(
        THOUSAND.map(() => (CALLS * loops) / THOUSAND.length),
      );
      expect(seat.sessions()).toEqual(['connecting', 'online']);
    } finally {
      await seat.close();
    }
  });

  it('lets a real call through in the middle of it', async () => {
    const lines = [...THOUSAND, ...phoneLines('gerd 841')];
    const seat = await Seat.open(office, { lines });
    try {
      await flood(CALLS);
      const call = office.trunk.dial('841', { number: '0301234567' });
      (await office.phones.gerd.ringing()).answer();
      await seat.sees('PJSIP/gerd', 'connected');
      await call.hangUp();
      await seat.sees('PJSIP/gerd', 'idle');
      await until(
        () => seat.total() === CALLS + 1,
        () => `${seat.total()} of ${CALLS + 1} calls`,
      );
      await seat.silent();
      expect(seat.stories('PJSIP/gerd')).toEqual(['offering > connected > disconnected normal > idle']);
      expect(seat.sessions()).toEqual(['connecting', 'online']);
    } finally {
      await office.quiet();
      await seat.close();
    }
  });

  it('and a caller whose name is a piece of the protocol does nothing but call', async () => {
    const seat = await Seat.open(office, { lines: phoneLines('gerd 841', 'gitta 842') });
    try {
      // No phone can answer it: the name breaks Asterisk's own INVITE.
      const call = office.trunk.dial('190', { number: '0301234567' });
      const { last } = await seat.sees('PJSIP/gerd', 'offering');
      expect(last.caller.name).not.toMatch(/[\r\n]/);
      await call.hangUp();
      await seat.sees('PJSIP/gerd', 'idle');
      expect(seat.stories('PJSIP/gerd')[0]).toMatch(/^offering > disconnected \w+ > idle$/);
      expect(seat.stories('PJSIP/gitta')).toEqual([]);
      expect(seat.sessions()).toEqual(['connecting', 'online']);
    } finally {
      await office.quiet();
      await seat.close();
    }
  });
});

// One release is enough: each has the same patience.
describe.each(releases().slice(0, 1))('Asterisk $version', (release) => {
  it('hangs up on a reader that stalls, which then comes back and knows what is so', async () => {
    const office = await openOffice(release);
    const sockets: Socket[] = [];
    const connect = (host: string, port: number) => {
      const socket = systemPorts.connect(host, port);
      sockets.push(socket);
      return socket;
    };
    // Pings would notice the silence first.
    const deadlines = { quiet: 60_000, ping: 60_000 };
    const options = { lines: THOUSAND, plainText: true, ports: { connect }, deadlines } as const;
    const seat = await Seat.open(office, options);
    try {
      sockets[0]?.pause();
      await office.asterisk.console(
        `channel originate Local/${CALLS_WITHOUT_END}@load/n application Wait 3600`,
      );
      await expect
        .poll(() => office.asterisk.console('manager show connected'), { timeout: 60_000, interval: 200 })
        .not.toContain(MANAGERS.usual);
      await office.asterisk.console('channel request hangup all');
      sockets[0]?.resume();
      await seat.reaches('online', 2);
      expect(seat.sessions()).toEqual(['connecting', 'online', 'waiting', 'connecting', 'online']);
      await seat.silent();
    } finally {
      await seat.close();
      await office.close();
    }
  });
});
