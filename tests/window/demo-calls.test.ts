/** The calls of the built-in demo, in milliseconds of two clocks that a test moves. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../app/testing/fake-clock.ts';
import { playDemoCalls } from '../../main/companion/demo-calls.ts';
import { Exchange } from '../../simulator/exchange/exchange.ts';
import { FakeClock as ExchangeClock } from '../../simulator/testing/fake-clock.ts';

const ME = { name: 'alex', fullName: 'Alex Winter', extension: '340', device: 'SIP alex' };
const MIA = { name: 'mia', fullName: 'Mia Schulz', extension: '341', device: 'SIP mia' };

let clock: FakeClock;
let exchangeClock: ExchangeClock;
let exchange: Exchange;
let stop: () => void;

beforeEach(() => {
  clock = new FakeClock();
  exchangeClock = new ExchangeClock();
  exchange = new Exchange({ users: [ME, MIA], clock: exchangeClock });
  stop = playDemoCalls(exchange, ME, MIA, clock);
});

function pass(ms: number): void {
  clock.advance(ms);
  exchangeClock.advance(ms);
}
const rings = (user: string) =>
  exchange.channels(user).map(({ state, peer }) => `${state} ${peer.name || 'nobody known'}`);

describe('the demo calls', () => {
  it('come to the user, then to a colleague, then from somebody who hides, and begin again', () => {
    pass(4_000);
    expect(rings('alex')).toEqual(['ringing Zoë Zimmer']);
    pass(25_000);
    expect(rings('alex'), 'nobody answered').toEqual([]);
    pass(15_000);
    expect([rings('alex'), rings('mia')]).toEqual([[], ['ringing Karl Weber']]);
    pass(20_000);
    pass(30_000);
    expect([rings('alex'), rings('mia')]).toEqual([['ringing nobody known'], []]);
    pass(20_000);
    pass(4_000);
    expect(rings('alex')).toEqual(['ringing Zoë Zimmer']);
  });

  it('leave a call that was answered alone, and wait until it is over', () => {
    pass(4_000);
    exchange.answer('alex');
    pass(25_000);
    expect(rings('alex')).toEqual(['talking Zoë Zimmer']);
    pass(60_000);
    expect([rings('alex'), rings('mia')]).toEqual([['talking Zoë Zimmer'], []]);
    exchange.hangUp(exchange.channels('alex')[0]?.id ?? '');
    pass(15_000);
    expect(rings('mia')).toEqual(['ringing Karl Weber']);
  });

  it('are answered by the colleague whom the user dials', () => {
    exchange.dial({ user: 'alex', target: MIA.extension });
    exchangeClock.advance(1);
    expect(rings('mia')).toEqual(['ringing Alex Winter']);
    clock.advance(3_000);
    expect([rings('alex'), rings('mia')]).toEqual([['talking Mia Schulz'], ['talking Alex Winter']]);
  });

  it('end with the demo, and leave no timer', () => {
    pass(4_000);
    stop();
    expect(clock.waiting).toBe(0);
  });
});
