import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Exchange } from './exchange.ts';
import type { ChannelChange, ExchangeEvent, User } from './model.ts';

const USERS: readonly User[] = ['340', '341', '342', '343'].map((extension, index) => ({
  name: `user${index}`,
  fullName: `User ${index}`,
  extension,
  device: `SIP ${index}`,
  callWaiting: index !== 3,
}));
const OUTSIDE = ['0891', '0892', '0893', '0894'];

/** What may follow what on one channel; written down from how telephones work, not from the exchange. */
const AFTER: Record<ChannelChange, readonly ChannelChange[]> = {
  created: ['ringing', 'renamed', 'hungup'],
  ringing: ['answered', 'renamed', 'redirected', 'hungup'],
  answered: ['held', 'renamed', 'transferring', 'hungup'],
  held: ['resumed', 'renamed', 'transferring', 'hungup'],
  resumed: ['held', 'renamed', 'transferring', 'hungup'],
  redirected: ['hungup'],
  transferring: ['hungup'],
  renamed: ['ringing', 'answered', 'held', 'resumed', 'renamed', 'redirected', 'transferring', 'hungup'],
  hungup: [],
};

const user = fc.constantFrom(...USERS.map(({ name }) => name));
const extension = fc.constantFrom(...USERS.map((entry) => entry.extension));
const outside = fc.constantFrom(...OUTSIDE);
const target = fc.oneof(extension, outside, fc.constantFrom('', 'no such'));
/** Picks one of the living channels. */
const pick = fc.nat({ max: 9 });

type Step = (exchange: Exchange, clock: FakeClock) => void;
const channel = (exchange: Exchange, index: number): string => {
  const living = exchange.channels();
  return living[index % Math.max(1, living.length)]?.id ?? 'SIP/none';
};
const likely = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });
/** Calls are made and answered more often than ended, so that users come to have several. */
const step: fc.Arbitrary<Step> = fc.oneof(
  likely(
    4,
    fc.tuple(user, target).map(
      ([name, to]) =>
        (exchange) =>
          void exchange.dial({ user: name, target: to }),
    ),
  ),
  likely(
    4,
    fc.tuple(outside, extension).map(
      ([from, to]) =>
        (exchange) =>
          void exchange.outside.call(from, '', to),
    ),
  ),
  likely(
    6,
    user.map((name) => (exchange) => void exchange.answer(name)),
  ),
  likely(
    2,
    pick.map((index) => (exchange) => void exchange.hangUp(channel(exchange, index))),
  ),
  likely(
    2,
    user.map((name) => (exchange) => void exchange.toggleHold(name)),
  ),
  likely(
    3,
    fc.tuple(pick, target).map(
      ([index, to]) =>
        (exchange) =>
          void exchange.transfer(channel(exchange, index), to),
    ),
  ),
  likely(
    3,
    fc.tuple(user, extension).map(
      ([name, at]) =>
        (exchange) =>
          void exchange.pickUp(name, at),
    ),
  ),
  likely(
    2,
    outside.map((number) => (exchange) => void exchange.outside.answer(number)),
  ),
  likely(
    1,
    outside.map((number) => (exchange) => void exchange.outside.hangUp(number)),
  ),
  likely(
    1,
    fc.tuple(outside, fc.string()).map(
      ([at, name]) =>
        (exchange) =>
          void exchange.outside.rename(at, name),
    ),
  ),
  likely(
    1,
    fc.tuple(user, fc.integer({ min: 0, max: 9 })).map(
      ([name, chance]) =>
        (exchange) =>
          void exchange.setRegistered(name, chance > 0),
    ),
  ),
  likely(
    4,
    fc.nat({ max: 1500 }).map((ms) => (_exchange, clock) => clock.advance(ms)),
  ),
);

const options = fc.record({
  autoAnswerMs: fc.constantFrom<(number | 'never')[]>(0, 500, 'never'),
  ringTimeoutMs: fc.constantFrom(0, 1000),
  pickupAnswers: fc.boolean(),
});

it('leaks no call: whatever happens, every channel follows the rules and ends exactly once', () => {
  fc.assert(
    fc.property(options, fc.array(step, { minLength: 10, maxLength: 60 }), (chosen, steps) => {
      const clock = new FakeClock();
      const exchange = new Exchange({ users: USERS, clock, ...chosen });
      exchange.outside.set('0892', { kind: 'answers', ringAfterMs: 100, afterMs: 900, hangUpAfterMs: 2000 });
      exchange.outside.set('0893', { kind: 'busy', afterMs: 200 });
      exchange.outside.set('0894', { kind: 'unobtainable' });
      const changes = new Map<string, ChannelChange[]>();
      const phones = new Map<string, string>();
      exchange.subscribe((event: ExchangeEvent) => {
        if (event.type === 'phone') phones.set(event.user, event.state);
        if (event.type !== 'channel') return;
        const earlier = changes.get(event.channel.id) ?? [];
        changes.set(event.channel.id, [...earlier, event.change]);
      });

      for (const run of steps) {
        run(exchange, clock);
        for (const { name } of USERS) {
          expect(
            exchange.channels(name).filter(({ state }) => state === 'talking').length,
          ).toBeLessThanOrEqual(1);
          expect(phones.get(name) ?? 'free').toBe(exchange.phone(name));
        }
        for (const living of exchange.channels()) {
          if (living.peerChannel === '') expect(['originating', 'calling']).toContain(living.state);
        }
      }
      exchange.clear();

      expect(exchange.channels()).toEqual([]);
      expect(clock.pending).toBe(0);
      for (const list of changes.values()) {
        expect(list[0]).toBe('created');
        expect(list.filter((change) => change === 'hungup')).toHaveLength(1);
        for (const [index, change] of list.entries()) {
          if (index > 0) expect(AFTER[list[index - 1] ?? 'hungup']).toContain(change);
        }
      }
    }),
    { numRuns: 500 },
  );
}, 30_000);
