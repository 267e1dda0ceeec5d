import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { EARLY_COMMAND_MS } from './deadlines.ts';
import { EarlyCommands } from './early-commands.ts';

let clock: FakeClock;
let expectsLines: boolean;
let isThere: boolean;
let early: EarlyCommands;
let log: string[];

beforeEach(() => {
  clock = new FakeClock();
  expectsLines = true;
  isThere = false;
  log = [];
  early = new EarlyCommands({ clock, expectsLines: () => expectsLines });
});

const take = (name: string) =>
  early.take({
    attempt: () => {
      if (!isThere) return undefined;
      log.push(`${name} done`);
      return { cancel: () => void log.push(`${name} cancelled`) };
    },
    fail: (error) => void log.push(`${name} ${error}`),
  });

describe('TAPI-4: a command about a line that is not known yet', () => {
  it('is carried out at once where the line is known after all', () => {
    isThere = true;
    take('a').cancel();
    expect(log).toEqual(['a done', 'a cancelled']);
    expect(clock.waiting).toBe(0);
  });

  it('waits, and is carried out once when the line is there; others in their order', () => {
    take('a');
    take('b');
    early.review();
    expect(log).toEqual([]);
    isThere = true;
    early.review();
    early.review();
    expect(log).toEqual(['a done', 'b done']);
    expect(clock.waiting).toBe(0);
  });

  it('can be given up after that, too', () => {
    const pending = take('a');
    isThere = true;
    early.review();
    pending.cancel();
    expect(log).toEqual(['a done', 'a cancelled']);
  });

  it('fails once, with a reason, after the deadline', () => {
    take('a');
    clock.advance(EARLY_COMMAND_MS - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    isThere = true;
    early.review();
    expect(log).toEqual(['a resourceUnavailable']);
  });

  it('fails as soon as no line will come', () => {
    take('a');
    expectsLines = false;
    early.review();
    expect(log).toEqual(['a resourceUnavailable']);
    take('b');
    expect(log.at(-1)).toBe('b invalidLineHandle');
    expect(clock.waiting).toBe(0);
  });

  it('given up before says nothing and is never carried out', () => {
    take('a').cancel();
    isThere = true;
    early.review();
    clock.advance(EARLY_COMMAND_MS);
    expect(log).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
