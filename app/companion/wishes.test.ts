import { beforeEach, describe, expect, it } from 'vitest';
import { BIND_WINDOW_MS, type NewChannel } from '../calls/binding.ts';
import type { CommandResult } from '../pbx/port.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedPbx } from '../testing/scripted-pbx.ts';
import { EARLY_COMMAND_MS } from './deadlines.ts';
import { type UserWish, Wishes } from './wishes.ts';

let clock: FakeClock;
let pbx: ScriptedPbx;
let wishes: Wishes;
/** `1 yes`, `1 refused`, `1 expired`. */
let log: string[];

beforeEach(() => {
  clock = new FakeClock();
  pbx = new ScriptedPbx();
  log = [];
  wishes = new Wishes(pbx, clock, {
    answered: ({ id }, result: CommandResult) => void log.push(`${id} ${result.ok ? 'yes' : result.code}`),
    expired: ({ id }) => void log.push(`${id} expired`),
  });
});

const dial = (id: number, target: string, user = 'anna'): UserWish => ({
  id,
  kind: 'dial',
  user,
  target,
  number: target,
  at: clock.now(),
});

const channel = (called: string): NewChannel => ({
  direction: 'outbound',
  caller: '370',
  called,
  at: clock.now(),
});

describe('wishes of one user', () => {
  it('go out one after the other: the next one when the channel of the one before is seen', () => {
    wishes.online();
    for (const id of [1, 2, 3]) wishes.add(dial(id, `83${id}`));
    expect(pbx.told).toEqual(['dial anna 831']);
    expect(wishes.seen('anna', channel('831'))).toMatchObject({ wish: { id: 1 }, hangUp: false });
    expect(pbx.told).toEqual(['dial anna 831', 'dial anna 832']);
    expect(wishes.seen('anna', channel('833')).wish, 'not its turn').toBeUndefined();
    wishes.settle(2);
    expect(pbx.told.at(-1)).toBe('dial anna 833');
  });

  it('do not wait for another user’s', () => {
    wishes.online();
    wishes.add(dial(1, '832'));
    wishes.add(dial(2, '832', 'bob'));
    expect(pbx.told).toEqual(['dial anna 832', 'dial bob 832']);
  });

  it('expire one after the other, each after its own window', () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    wishes.add(dial(2, '832'));
    clock.advance(BIND_WINDOW_MS);
    expect(log).toEqual(['1 expired']);
    expect(pbx.told.at(-1)).toBe('dial anna 832');
    clock.advance(BIND_WINDOW_MS - 1);
    expect(log).toEqual(['1 expired']);
    clock.advance(1);
    expect(log).toEqual(['1 expired', '2 expired']);
  });

  it('tell what the PBX answered', async () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    await pbx.last.succeed();
    wishes.seen('anna', channel('831'));
    wishes.add(dial(2, '832'));
    await pbx.last.fail('refused');
    expect(log).toEqual(['1 yes', '2 refused']);
  });

  it('leave no timer behind', () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    wishes.seen('anna', channel('831'));
    wishes.add(dial(2, '832'));
    wishes.settle(2);
    expect(clock.waiting).toBe(0);
  });
});

describe('before the session', () => {
  it('wishes wait and go out in their order', () => {
    wishes.add(dial(1, '831', 'bob'));
    wishes.add(dial(2, '832', 'anna'));
    expect(pbx.told).toEqual([]);
    wishes.online();
    expect(pbx.told).toEqual(['dial bob 831', 'dial anna 832']);
  });

  it('they fail as offline after the deadline', () => {
    wishes.add(dial(1, '831'));
    clock.advance(EARLY_COMMAND_MS - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['1 offline']);
  });

  it('a wish that waited has its whole window once it is sent', () => {
    wishes.add(dial(1, '831'));
    clock.advance(EARLY_COMMAND_MS - 1);
    wishes.online();
    clock.advance(BIND_WINDOW_MS - 1);
    expect(wishes.seen('anna', channel('831')).wish?.id).toBe(1);
  });

  it('one that is given up never goes out, and the next one takes its place', () => {
    wishes.add(dial(1, '831'));
    wishes.add(dial(2, '832'));
    wishes.giveUp(1);
    wishes.online();
    expect(pbx.told).toEqual(['dial anna 832']);
  });

  it('nothing waits for a session that will not come', () => {
    wishes.add(dial(1, '831'));
    wishes.add(dial(2, '832'));
    wishes.failed();
    wishes.add(dial(3, '833'));
    expect(log.sort()).toEqual(['1 offline', '2 offline', '3 offline']);
  });

  it('after a loss they wait again', () => {
    wishes.online();
    wishes.offline();
    wishes.add(dial(1, '831'));
    expect(pbx.told).toEqual([]);
    wishes.online();
    expect(pbx.told).toEqual(['dial anna 831']);
  });
});

describe('when the session is lost', () => {
  it('what waited its turn fails at once, what was sent is the adapter’s to fail', async () => {
    wishes.online();
    for (const id of [1, 2, 3]) wishes.add(dial(id, `83${id}`));
    wishes.offline();
    expect(log).toEqual(['3 offline', '2 offline']);
    await pbx.last.fail('unanswered');
    expect(log.at(-1)).toBe('1 unanswered');
    expect(pbx.told).toEqual(['dial anna 831']);
  });

  it('what waits for the session before it goes on waiting', () => {
    wishes.offline();
    wishes.add(dial(1, '831'));
    wishes.offline();
    expect(log).toEqual([]);
    wishes.online();
    expect(pbx.told).toEqual(['dial anna 831']);
  });
});

describe('a wish that is given up', () => {
  it('keeps its place until its channel is seen, which is to be hung up', () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    wishes.add(dial(2, '832'));
    wishes.giveUp(1);
    expect(pbx.told).toEqual(['dial anna 831']);
    expect(wishes.seen('anna', channel('831')).hangUp).toBe(true);
    expect(pbx.told.at(-1)).toBe('dial anna 832');
    expect(wishes.seen('anna', channel('832'))).toMatchObject({ wish: { id: 2 }, hangUp: false });
  });

  it('is forgotten after its window: a later channel is somebody’s call', () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    wishes.giveUp(1);
    clock.advance(BIND_WINDOW_MS);
    expect(wishes.seen('anna', channel('831'))).toEqual({ hangUp: false });
  });

  it('in the queue is taken out of it', () => {
    wishes.online();
    wishes.add(dial(1, '831'));
    wishes.add(dial(2, '832'));
    wishes.giveUp(2);
    wishes.seen('anna', channel('831'));
    expect(pbx.told).toEqual(['dial anna 831']);
  });

  it('as a pickup of an unknown caller leaves every channel alone', () => {
    wishes.online();
    wishes.add({ id: 1, kind: 'pickup', user: 'anna', target: '371', number: '', at: clock.now() });
    wishes.giveUp(1);
    const incoming: NewChannel = { direction: 'inbound', caller: '0991', called: '370', at: clock.now() };
    expect(wishes.seen('anna', incoming)).toEqual({ hangUp: false });
  });
});
