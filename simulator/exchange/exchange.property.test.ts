import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { options, scriptOutside, steps, USERS } from '../testing/random-steps.ts';
import { Exchange } from './exchange.ts';
import type { ChannelChange, ExchangeEvent } from './model.ts';

/** What may follow what on one channel; written down from how telephones work, not from the exchange. */
const AFTER: Record<ChannelChange, readonly ChannelChange[]> = {
  created: ['ringing', 'renamed', 'hungup'],
  ringing: ['answered', 'renamed', 'redirected', 'hungup'],
  answered: ['held', 'renamed', 'joined', 'transferring', 'hungup'],
  held: ['resumed', 'renamed', 'joined', 'transferring', 'hungup'],
  resumed: ['held', 'renamed', 'joined', 'transferring', 'hungup'],
  joined: ['held', 'resumed', 'renamed', 'joined', 'transferring', 'hungup'],
  redirected: ['hungup'],
  transferring: ['hungup'],
  renamed: [
    'ringing',
    'answered',
    'held',
    'resumed',
    'renamed',
    'joined',
    'redirected',
    'transferring',
    'hungup',
  ],
  hungup: [],
};

it('leaks no call: whatever happens, every channel follows the rules and ends exactly once', () => {
  fc.assert(
    fc.property(options, steps(10, 60), (chosen, day) => {
      const clock = new FakeClock();
      const exchange = new Exchange({ users: USERS, clock, ...chosen });
      scriptOutside(exchange);
      const changes = new Map<string, ChannelChange[]>();
      const phones = new Map<string, string>();
      exchange.subscribe((event: ExchangeEvent) => {
        if (event.type === 'phone') phones.set(event.user, event.state);
        if (event.type !== 'channel') return;
        const earlier = changes.get(event.channel.id) ?? [];
        changes.set(event.channel.id, [...earlier, event.change]);
      });

      for (const run of day) {
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
