import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import type { AmiAction } from '../ami/connection.ts';
import { type AmiHeader, type AmiPacket, header } from '../ami/packet.ts';
import { type Actions, createActions, MAX_WAITING } from './actions.ts';

const DEADLINE = 1_000;

let clock: FakeClock;
let sent: string[];
let made: Actions;
/** As the connection does it. */
let actions: Omit<Actions, 'take'> & { readonly take: (packet: AmiPacket) => AmiAction | undefined };

beforeEach(() => {
  clock = fakeClock();
  sent = [];
  made = createActions((_action, bytes) => sent.push(bytes.toString()), clock, 'secret', DEADLINE);
  actions = { ...made, take: (packet) => made.take(packet, header(packet, 'Event')) };
});

const packet = (...headers: readonly AmiHeader[]) => ({ headers });
const PING: AmiAction = { name: 'Ping' };
const STATUS: AmiAction = { name: 'Status' };

describe('an action', () => {
  it('gets the answer that names it, and no other', async () => {
    const first = actions.action(PING);
    const second = actions.action(STATUS);
    const answer = packet(['Response', 'Success'], ['ActionID', 'secret-2']);
    expect(actions.take(packet(['Response', 'Success'], ['ActionID', 'secret-3']))).toBeUndefined();
    expect(actions.take(packet(['Response', 'Success']))).toBeUndefined();
    expect(actions.take(answer)).toBe(STATUS);
    expect(await second).toEqual({ ok: true, packet: answer, actionId: 'secret-2' });
    expect(actions.take(answer)).toBeUndefined();
    actions.end('over');
    expect(await first).toEqual({ ok: false, code: 'unanswered', detail: 'over' });
    expect(sent[0]).toBe('Action: Ping\r\nActionID: secret-1\r\n\r\n');
  });

  it('is not answered by the event that it brings about, though that names a response', async () => {
    const actionId = actions.newActionId();
    const answered = actions.action({ name: 'Originate', actionId });
    const event = packet(['Event', 'OriginateResponse'], ['ActionID', actionId], ['Response', 'Failure']);
    expect(actions.take(event)).toBeUndefined();
    actions.take(packet(['Response', 'Success'], ['ActionID', actionId]));
    expect(await answered).toMatchObject({ ok: true, actionId });
    expect(actions.take(event)).toBeUndefined();
  });

  it.each([
    ['Permission denied', 'denied'],
    ['Channel not specified', 'refused'],
  ] as const)('is refused with %j as %s', async (message, code) => {
    const answered = actions.action(PING);
    actions.take(packet(['Response', 'Error'], ['ActionID', 'secret-1'], ['Message', message]));
    expect(await answered).toEqual({ ok: false, code, detail: message });
  });

  it('ends at its deadline, and a late answer is none', async () => {
    const answered = actions.action(PING);
    await clock.pass(DEADLINE);
    expect(await answered).toMatchObject({ ok: false, code: 'unanswered' });
    expect(actions.take(packet(['Response', 'Success'], ['ActionID', 'secret-1']))).toBeUndefined();
    expect(clock.waiting()).toBe(0);
  });

  it('that could smuggle in another is not sent', async () => {
    const answered = await actions.action({
      name: 'Originate',
      headers: [['Channel', 'a\r\nAction: Logoff']],
    });
    expect(answered).toMatchObject({ ok: false, code: 'invalid' });
    expect(sent).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  it('is not sent after the end, nor where too many wait', async () => {
    const all = Array.from({ length: MAX_WAITING }, () => actions.action(PING));
    expect(await actions.action(PING)).toMatchObject({ ok: false, code: 'offline' });
    actions.end('cut');
    expect(new Set((await Promise.all(all)).map((answer) => !answer.ok && answer.code))).toEqual(
      new Set(['unanswered']),
    );
    expect(await actions.list(STATUS)).toEqual({ ok: false, code: 'offline', detail: 'cut' });
    expect(sent).toHaveLength(MAX_WAITING);
    expect(clock.waiting()).toBe(0);
  });
});

describe('a list', () => {
  const begin = packet(['Response', 'Success'], ['ActionID', 'secret-1'], ['EventList', 'start']);
  const item = (channel: string) =>
    packet(['Event', 'Status'], ['ActionID', 'secret-1'], ['Channel', channel]);

  it.each([
    ['today', packet(['Event', 'StatusComplete'], ['ActionID', 'secret-1'], ['EventList', 'Complete'])],
    ['before Asterisk 1.8', packet(['Event', 'StatusComplete'], ['ActionID', 'secret-1'])],
  ])('is whole when its end has come, as it is told %s', async (_when, end) => {
    const answered = actions.list(STATUS);
    for (const each of [begin, item('a'), item('b')]) expect(actions.take(each)).toBe(STATUS);
    expect(actions.take(packet(['Event', 'Newchannel']))).toBeUndefined();
    expect(actions.take(end)).toBe(STATUS);
    expect(await answered).toEqual({ ok: true, items: [item('a'), item('b')] });
    expect(clock.waiting()).toBe(0);
  });

  it('may take long as long as something comes', async () => {
    const answered = actions.list(STATUS);
    actions.take(begin);
    for (const channel of ['a', 'b', 'c']) {
      await clock.pass(DEADLINE - 1);
      actions.take(item(channel));
    }
    await clock.pass(2 * DEADLINE);
    expect(await answered).toMatchObject({ ok: false, code: 'unanswered' });
    expect(clock.waiting()).toBe(0);
  });

  it('is refused like any action', async () => {
    const answered = actions.list(STATUS);
    actions.take(packet(['Response', 'Error'], ['ActionID', 'secret-1'], ['Message', 'Permission denied']));
    expect(await answered).toEqual({ ok: false, code: 'denied', detail: 'Permission denied' });
  });
});
