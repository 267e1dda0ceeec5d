import { Exchange, type ExchangeOptions } from '../exchange/exchange.ts';
import type { ExchangeEvent, User } from '../exchange/model.ts';
import { FakeClock } from './fake-clock.ts';

export const ANNA: User = {
  name: 'Anna',
  fullName: 'Anna Müller',
  extension: '340',
  device: 'SIP anna [Büro]',
};
export const BEN: User = { name: 'ben', fullName: 'Ben Olsen', extension: '341', device: 'SIP ben' };
/** Has no call waiting. */
export const CARA: User = {
  name: 'cara',
  fullName: 'Cara Weber',
  extension: '342',
  device: 'SIP cara',
  callWaiting: false,
};

/** An exchange whose clock stands still, and the story that it tells. */
export function setUp(options: Partial<ExchangeOptions> = {}) {
  const clock = new FakeClock();
  const exchange = new Exchange({ users: [ANNA, BEN, CARA], clock, ...options });
  const events: ExchangeEvent[] = [];
  exchange.subscribe((event) => events.push(event));
  /** `user change` for users, `number change` for outside parties, with the cause of a hang-up. */
  const story = () =>
    events
      .splice(0)
      .filter((event) => event.type === 'channel')
      .filter(({ change }) => change !== 'created')
      .map(({ change, channel, cause }) =>
        [channel.user ?? channel.party.number, change, cause].filter((part) => part !== undefined).join(' '),
      );
  return { clock, exchange, events, story };
}

/** The user's newest channel. */
export const channelOf = (exchange: Exchange, user: string): string =>
  exchange.channels(user).at(-1)?.id ?? 'none';
