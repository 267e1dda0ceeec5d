import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ask,
  BIND_WINDOW_MS,
  type Binding,
  bind,
  giveUp,
  type NewChannel,
  noWishes,
  settle,
  type Wish,
} from './binding.ts';

const dial = (id: number, number: string, at = 0): Wish => ({ id, kind: 'dial', number, at });
const out = (called: string, at = 1): NewChannel => ({ direction: 'outbound', caller: '370', called, at });
const waiting = (wish: Wish): Binding => ask(noWishes, wish).binding;

describe('a Dial and its channel', () => {
  it.each([
    ['832', '832'],
    ['0832', '832'],
    ['+4930123456', '004930123456'],
    ['0049991123456', '0991123456'],
    ['000991123456', '0991123456'],
    ['weber', 'Weber'],
  ])('channel to %s belongs to the Dial of %s', (seen, asked) => {
    expect(bind(waiting(dial(1, asked)), out(seen)).bound?.id).toBe(1);
  });

  it.each([
    ['833', '832'],
    ['32', '832'],
    ['99112345', '0991123456'],
    ['anna', 'weber'],
  ])('channel to %s is not the Dial of %s', (seen, asked) => {
    expect(bind(waiting(dial(1, asked)), out(seen)).bound).toBeUndefined();
  });

  it('an incoming channel is none', () => {
    const channel: NewChannel = { direction: 'inbound', caller: '832', called: '370', at: 1 };
    expect(bind(waiting(dial(1, '832')), channel).bound).toBeUndefined();
  });

  it('a channel after the window is none', () => {
    expect(bind(waiting(dial(1, '832')), out('832', BIND_WINDOW_MS)).bound?.id).toBe(1);
    expect(bind(waiting(dial(1, '832')), out('832', BIND_WINDOW_MS + 1)).bound).toBeUndefined();
  });

  it('a channel of which nothing but its end is heard is its channel', () => {
    expect(bind(waiting(dial(1, '832')), { ...out('832'), gone: true }).bound?.id).toBe(1);
  });

  it('for a pickup only where its caller is known: any other call may have ended', () => {
    const ended: NewChannel = { direction: 'inbound', caller: '0991', called: '370', at: 1, gone: true };
    const pickup = (number: string) => waiting({ id: 1, kind: 'pickup', number, at: 0 });
    expect(bind(pickup('0991'), ended).bound?.id).toBe(1);
    expect(bind(pickup(''), ended).bound).toBeUndefined();
  });

  it('a second Dial waits for the first one’s channel', () => {
    const second = ask(waiting(dial(1, '832')), dial(2, '833'));
    expect(second.send).toBeUndefined();
    const bound = bind(second.binding, out('832'));
    expect(bound.bound?.id).toBe(1);
    expect(bound.send?.id).toBe(2);
    expect(bind(bound.binding, out('833')).bound?.id).toBe(2);
  });

  it('a refused Dial lets the next one go', () => {
    const both = ask(waiting(dial(1, '832')), dial(2, '833')).binding;
    expect(settle(both, 1).send?.id).toBe(2);
    expect(settle(both, 2).send).toBeUndefined();
  });

  it('a hang-up before the channel waits for the channel', () => {
    const given = giveUp(waiting(dial(1, '832')), 1);
    expect(given.gone).toBe(false);
    expect(bind(given.binding, out('833')).hangUp).toBe(false);
    expect(bind(given.binding, out('832'))).toMatchObject({ bound: { id: 1 }, hangUp: true });
  });

  it('a hang-up of a Dial that was never sent forgets it', () => {
    const both = ask(waiting(dial(1, '832')), dial(2, '833')).binding;
    const given = giveUp(both, 2);
    expect(given.gone).toBe(true);
    expect(settle(given.binding, 1).send).toBeUndefined();
  });
});

describe('a pickup and its channel', () => {
  const pickup = (number: string): Wish => ({ id: 1, kind: 'pickup', number, at: 0 });
  const incoming = (caller: string): NewChannel => ({ direction: 'inbound', caller, called: '370', at: 1 });

  it('takes the incoming channel of the caller it was asked for', () => {
    expect(bind(waiting(pickup('0991555')), incoming('0991555')).bound?.id).toBe(1);
    expect(bind(waiting(pickup('0991555')), incoming('0991777')).bound).toBeUndefined();
  });

  it('takes the next incoming channel when the caller is not known', () => {
    expect(bind(waiting(pickup('')), incoming('0991777')).bound?.id).toBe(1);
  });
});

describe('any sequence of wishes', () => {
  type Act = { do: 'ask' | 'settle' | 'giveUp' | 'channel'; id: number };
  const act: fc.Arbitrary<Act> = fc.record({
    do: fc.constantFrom('ask' as const, 'settle' as const, 'giveUp' as const, 'channel' as const),
    id: fc.integer({ min: 1, max: 5 }),
  });

  it('sends each wish at most once, one unbound at a time, and loses none', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let binding = noWishes;
        const asked = new Set<number>();
        const sent: number[] = [];
        const open = new Set<number>();
        for (const { do: what, id } of acts) {
          const number = `${100 + id}`;
          let step: { binding: Binding; send?: Wish } = { binding };
          if (what === 'ask' && !asked.has(id)) {
            asked.add(id);
            step = ask(binding, dial(id, number));
          } else if (what === 'settle') {
            step = settle(binding, id);
            open.delete(id);
          } else if (what === 'giveUp') {
            const given = giveUp(binding, id);
            step = given;
          } else if (what === 'channel') {
            const bound = bind(binding, out(number));
            step = bound;
            if (bound.bound) open.delete(bound.bound.id);
          }
          binding = step.binding;
          if (step.send) {
            sent.push(step.send.id);
            open.add(step.send.id);
          }
          expect(open.size).toBeLessThanOrEqual(1);
          expect(binding.waiting !== undefined || binding.queue.length === 0).toBe(true);
        }
        expect(new Set(sent).size).toBe(sent.length);
      }),
    );
  });
});
