import fc from 'fast-check';
import type { Exchange } from '../exchange/exchange.ts';
import type { ChannelView, User } from '../exchange/model.ts';
import type { FakeClock } from './fake-clock.ts';

/** Whatever people and phones may do at an exchange, in any order: for property tests of it and of its faces. */

export const USERS: readonly User[] = ['340', '341', '342', '343'].map((extension, index) => ({
  name: `user${index}`,
  fullName: `User ${index}`,
  extension,
  device: `SIP ${index}`,
  callWaiting: index !== 3,
}));
const OUTSIDE = ['0891', '0892', '0893', '0894'];

const user = fc.constantFrom(...USERS.map(({ name }) => name));
const extension = fc.constantFrom(...USERS.map((entry) => entry.extension));
const outside = fc.constantFrom(...OUTSIDE);
const target = fc.oneof(extension, outside, fc.constantFrom('', 'no such'));
/** Picks one of the living channels. */
const pick = fc.nat({ max: 9 });

export type Step = (exchange: Exchange, clock: FakeClock) => void;
const channel = (
  exchange: Exchange,
  index: number,
  fits: (view: ChannelView) => boolean = () => true,
): string => {
  const living = exchange.channels().filter(fits);
  return living[index % Math.max(1, living.length)]?.id ?? 'SIP/none';
};
const talking = (exchange: Exchange, index: number): string =>
  channel(exchange, index, ({ state }) => state === 'talking');
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
    4,
    fc.tuple(pick, pick).map(
      ([one, other]) =>
        (exchange) =>
          void exchange.join(talking(exchange, one), talking(exchange, other)),
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

/** Two calls that are talked on: chance alone seldom comes to what needs both. */
const TWO_CALLS: readonly Step[] = ['340', '341'].map((to, index) => (exchange) => {
  exchange.outside.call(OUTSIDE[index] ?? '', '', to);
  exchange.answer(`user${index}`);
});

/** A day at the exchange: `min` to `max` steps, half of the days with two calls to begin with. */
export const steps = (min: number, max: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(fc.constantFrom([], TWO_CALLS), fc.array(step, { minLength: min, maxLength: max }))
    .map(([begin, rest]) => [...begin, ...rest]);

export const options = fc.record({
  autoAnswerMs: fc.constantFrom<(number | 'never')[]>(0, 500, 'never'),
  ringTimeoutMs: fc.constantFrom(0, 1000),
  pickupAnswers: fc.boolean(),
});

/** Parties outside that answer, are busy, or do not exist; the other one rings. */
export function scriptOutside({ outside: parties }: Exchange): void {
  parties.set('0892', { kind: 'answers', ringAfterMs: 100, afterMs: 900, hangUpAfterMs: 2000 });
  parties.set('0893', { kind: 'busy', afterMs: 200 });
  parties.set('0894', { kind: 'unobtainable' });
}
