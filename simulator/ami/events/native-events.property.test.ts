import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Exchange } from '../../exchange/exchange.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { options, scriptOutside, steps, USERS } from '../../testing/random-steps.ts';
import type { AmiEvent } from '../session.ts';
import { headerNamed } from '../wire.ts';
import { NativeEvents } from './native-events.ts';

/** Channels as somebody sees them who knows nothing but the events. */
class Watcher {
  readonly living = new Map<string, { state: string; bridge: string }>();
  readonly gone = new Set<string>();
  readonly dialling = new Set<string>();

  readonly take = ({ headers }: AmiEvent): void => {
    const value = (name: string) => headerNamed(headers, name);
    const event = value('Event');
    const id = value('Uniqueid');
    const dest = value('DestUniqueid');
    if (event === 'DeviceStateChange') return;
    if (event === 'Newchannel') {
      expect(this.living.has(id) || this.gone.has(id), 'an id comes once').toBe(false);
      this.living.set(id, { state: value('ChannelState'), bridge: '' });
      return;
    }
    for (const known of [id, dest, value('TargetUniqueid')].filter((one) => one !== ''))
      expect(this.living.has(known), `${event} of a channel that lives`).toBe(true);
    const leg = this.living.get(id);
    const bridge = value('BridgeUniqueid');
    switch (event) {
      case 'DialBegin':
        expect(this.dialling.has(dest)).toBe(false);
        this.dialling.add(dest);
        break;
      case 'Newstate':
        if (leg) leg.state = value('ChannelState');
        break;
      case 'BridgeEnter':
        expect([leg?.state, leg?.bridge]).toEqual(['6', '']);
        if (leg) leg.bridge = bridge;
        break;
      case 'BridgeLeave':
        expect(leg?.bridge).toBe(bridge);
        if (leg) leg.bridge = '';
        break;
      case 'Hangup':
        expect(leg?.bridge, 'nobody hangs up in a bridge').toBe('');
        this.living.delete(id);
        this.gone.add(id);
        break;
    }
  };
}

it('tells of channels that live, and of the end of each', () => {
  fc.assert(
    fc.property(options, steps(10, 60), (chosen, day) => {
      const clock = new FakeClock();
      const exchange = new Exchange({ users: USERS, clock, ...chosen });
      scriptOutside(exchange);
      const watcher = new Watcher();
      const events = new NativeEvents(watcher.take, () => clock.now());
      exchange.subscribe((event) => events.take(event));
      for (const act of day) {
        act(exchange, clock);
        // A phone that is picked up keeps ringing until somebody has lifted the other one.
        expect(events.all().length).toBeGreaterThanOrEqual(exchange.channels().length);
      }
      exchange.clear();
      clock.advance(60_000);
      exchange.clear();
      expect(events.all()).toEqual([]);
      expect([...watcher.living.keys()]).toEqual([]);
    }),
  );
});
