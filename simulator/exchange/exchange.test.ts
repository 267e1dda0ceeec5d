import { describe, expect, it } from 'vitest';
import { ANNA, BEN, channelOf, setUp } from '../testing/watched-exchange.ts';
import { ExchangeSetupError } from './directory.ts';
import { Exchange } from './exchange.ts';

describe('a call from outside', () => {
  it('rings, is answered by the user and ended by him', () => {
    const { clock, exchange, story } = setUp();
    expect(exchange.outside.call('0891234', 'Kunde', '340').ok).toBe(true);
    expect(story()).toEqual(['Anna ringing', '0891234 ringing']);
    expect(exchange.channels('anna')[0]).toMatchObject({
      outbound: false,
      peer: { kind: 'outside', name: 'Kunde', number: '0891234' },
      answeredAt: 0,
    });
    clock.advance(3000);
    exchange.answer('anna');
    expect(exchange.channels('anna')[0]?.answeredAt).toBe(clock.now());
    expect(story()).toEqual(['Anna answered', '0891234 answered']);
    clock.advance(5500);
    exchange.hangUp(channelOf(exchange, 'anna'));
    expect(story()).toEqual(['0891234 hungup normal', 'Anna hungup normal']);
    expect(exchange.journal('anna')).toMatchObject([
      { inbound: true, durationS: 8, connectedS: 5, cause: 'normal' },
    ]);
  });

  it('is missed when the caller gives up', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('0891234', '', '340');
    story();
    exchange.outside.hangUp('0891234');
    expect(story()).toEqual(['0891234 hungup normal', 'Anna hungup no-answer']);
    expect(exchange.journal('anna')).toMatchObject([{ connectedS: 0, cause: 'no-answer' }]);
  });

  it('is released after the ring timeout', () => {
    const { clock, exchange, story } = setUp({ ringTimeoutMs: 20_000 });
    exchange.outside.call('0891234', '', '340');
    clock.advance(19_999);
    expect(exchange.channels('anna')).toHaveLength(1);
    story();
    clock.advance(1);
    expect(story()).toEqual(['0891234 hungup no-answer', 'Anna hungup no-answer']);
  });

  it('does not reach a phone that is busy, unplugged or unknown', () => {
    const { exchange } = setUp();
    exchange.outside.call('1', '', '342');
    expect(exchange.outside.call('2', '', '342')).toMatchObject({ ok: false, code: 'target-busy' });
    exchange.setRegistered('ben', false);
    expect(exchange.outside.call('2', '', '341')).toMatchObject({ ok: false, code: 'phone-unregistered' });
    expect(exchange.outside.call('2', '', '999')).toMatchObject({ ok: false, code: 'unknown-number' });
    expect(exchange.outside.call('12 34', '', '341')).toMatchObject({ ok: false, code: 'bad-number' });
    expect(exchange.channels()).toHaveLength(2);
  });

  it('that is second holds the first when it is answered', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('1', '', '340');
    exchange.answer('anna');
    exchange.outside.call('2', '', '340');
    story();
    exchange.answer('anna');
    expect(story()).toEqual(['Anna held', 'Anna answered', '2 answered']);
    exchange.toggleHold('anna');
    expect(story()).toEqual(['Anna held']);
    exchange.toggleHold('anna');
    expect(story()).toEqual(['Anna resumed']);
  });

  it.each([
    ['toggles', ['Anna held', 'Anna resumed']],
    ['holds', ['Anna held']],
    ['dead', []],
  ] as const)('is held by a key that %s', (holdKey, told) => {
    const { exchange, story } = setUp({ holdKey });
    exchange.outside.call('1', '', '340');
    exchange.answer('anna');
    story();
    expect(exchange.toggleHold('anna').ok).toBe(true);
    expect(exchange.toggleHold('anna').ok).toBe(true);
    expect(story()).toEqual(told);
  });
});

describe('a call to outside', () => {
  it('rings at the far end, is answered there and ended there', () => {
    const { clock, exchange, story } = setUp();
    exchange.outside.set(
      '0891234',
      { kind: 'answers', ringAfterMs: 200, afterMs: 1000, hangUpAfterMs: 5000 },
      'Kunde',
    );
    const dialled = exchange.dial({ user: 'anna', target: '0891234' });
    expect(dialled).toEqual({ ok: true, channel: 'SIP/Anna-00000001' });
    expect(story()).toEqual([]);
    clock.advance(200);
    expect(story()).toEqual(['0891234 ringing', 'Anna ringing']);
    expect(exchange.channels('anna')[0]).toMatchObject({
      outbound: true,
      peer: { name: 'Kunde', number: '0891234' },
    });
    clock.advance(1000);
    expect(story()).toEqual(['0891234 answered', 'Anna answered']);
    clock.advance(5000);
    expect(story()).toEqual(['Anna hungup normal', '0891234 hungup normal']);
  });

  it('shows the prefix the exchange puts before the number', () => {
    const { clock, exchange } = setUp({ outsidePrefix: '0' });
    exchange.dial({ user: 'anna', target: '0891234' });
    exchange.dial({ user: 'ben', target: '0891234', prefix: '9' });
    clock.advance(0);
    expect(exchange.channels('anna')[0]?.peer.number).toBe('00891234');
    expect(exchange.channels('ben')[0]?.peer.number).toBe('90891234');
  });

  it('ends soon and without ringing when the far end is busy', () => {
    const { clock, exchange, story } = setUp();
    exchange.outside.set('0891234', { kind: 'busy', afterMs: 300 });
    exchange.dial({ user: 'anna', target: '0891234' });
    clock.advance(300);
    expect(story()).toEqual(['Anna hungup busy', '0891234 hungup busy']);
    expect(clock.pending).toBe(0);
  });

  it('waits for the handset when the phone does not pick itself up', () => {
    const { clock, exchange, story } = setUp({ autoAnswerMs: 'never' });
    exchange.dial({ user: 'anna', target: '341' });
    clock.advance(60_000);
    expect(story()).toEqual([]);
    exchange.answer('anna');
    expect(story()).toEqual(['ben ringing', 'Anna ringing']);
  });

  it('that is answered while the caller talks in another call holds that one', () => {
    const { clock, exchange, story } = setUp();
    exchange.dial({ user: 'anna', target: '0891234' });
    clock.advance(0);
    exchange.outside.call('0897777', '', '340');
    exchange.answer('anna');
    story();
    exchange.outside.answer('0891234');
    expect(story()).toEqual(['Anna held', '0891234 answered', 'Anna answered']);
  });

  it.each(['', '0891 1234', '0049 (0) 29691 0', 'nobody', '++49', '1'.repeat(42)])(
    'refuses to dial %j',
    (target) => {
      const { exchange } = setUp();
      expect(exchange.dial({ user: 'anna', target })).toMatchObject({ ok: false, code: 'bad-number' });
      expect(exchange.channels()).toEqual([]);
    },
  );
});

describe('a call inside', () => {
  it('declined by the called user sounds busy to the caller', () => {
    const { clock, exchange, story } = setUp();
    exchange.dial({ user: 'anna', target: 'ben' });
    clock.advance(0);
    story();
    exchange.hangUp(channelOf(exchange, 'ben'));
    expect(story()).toEqual(['Anna hungup busy', 'ben hungup normal']);
  });

  it('to oneself is busy', () => {
    const { clock, exchange, story } = setUp();
    exchange.dial({ user: 'anna', target: '340' });
    clock.advance(0);
    expect(story()).toEqual(['Anna hungup busy']);
  });

  it('tells whether the phones are busy', () => {
    const { clock, exchange, events } = setUp();
    exchange.dial({ user: 'anna', target: '341' });
    clock.advance(0);
    exchange.hangUp(channelOf(exchange, 'ben'));
    exchange.setRegistered('ben', false);
    const phones = events
      .filter((event) => event.type === 'phone')
      .map(({ user, state }) => `${user} ${state}`);
    expect(phones).toEqual(['Anna busy', 'ben busy', 'Anna free', 'ben free', 'ben unregistered']);
  });
});

it('renames the caller when the name becomes known', () => {
  const { exchange, story } = setUp();
  exchange.outside.call('0891234', '', '340');
  story();
  exchange.outside.rename('0891234', 'Kunde AG');
  expect(story()).toEqual(['Anna renamed']);
  expect(exchange.channels('anna')[0]?.peer.name).toBe('Kunde AG');
});

it('ends the calls of a phone that is unplugged', () => {
  const { exchange } = setUp();
  exchange.outside.call('0891234', '', '340');
  exchange.answer('anna');
  exchange.setRegistered('anna', false);
  expect(exchange.channels()).toEqual([]);
  expect(exchange.dial({ user: 'anna', target: '341' })).toMatchObject({ code: 'phone-unregistered' });
});

it.each([
  ['a bad name', [{ ...ANNA, name: 'an na' }]],
  ['a bad extension', [{ ...ANNA, extension: '34a' }]],
  ['one name twice', [ANNA, { ...BEN, name: 'ANNA' }]],
  ['one extension twice', [ANNA, { ...BEN, extension: '340' }]],
])('refuses users with %s', (_what, users) => {
  expect(() => new Exchange({ users })).toThrow(ExchangeSetupError);
});
