import { describe, expect, it } from 'vitest';
import { ANNA, BEN, CARA, channelOf, setUp } from '../testing/watched-exchange.ts';

describe('pickup', () => {
  it('moves the ringing call to the colleague and connects it', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('0891234', 'Kunde', '341');
    story();
    expect(exchange.pickUp('anna', '341').ok).toBe(true);
    expect(story()).toEqual([
      'ben hungup answered-elsewhere',
      'Anna ringing',
      '0891234 renamed',
      'Anna answered',
      '0891234 answered',
    ]);
    expect(exchange.channels('anna')[0]).toMatchObject({ outbound: false, peer: { number: '0891234' } });
  });

  it('can leave the answering to the user, and outlives the ring timeout of the first phone', () => {
    const { clock, exchange, story } = setUp({ pickupAnswers: false, ringTimeoutMs: 1000 });
    exchange.outside.call('0891234', '', '341');
    exchange.pickUp('anna', '341');
    clock.advance(2000);
    exchange.answer('anna');
    expect(story().at(-1)).toBe('0891234 answered');
  });

  it('is refused without a ringing call, across groups and for one’s own call', () => {
    const { clock, exchange } = setUp({ users: [ANNA, BEN, { ...CARA, pickupGroup: 'sales' }] });
    expect(exchange.pickUp('anna', '341')).toMatchObject({ code: 'no-channel' });
    expect(exchange.pickUp('anna', '999')).toMatchObject({ code: 'unknown-number' });
    exchange.outside.call('1', '', '342');
    expect(exchange.pickUp('anna', '342')).toMatchObject({ code: 'not-allowed' });
    exchange.dial({ user: 'anna', target: '341' });
    clock.advance(0);
    expect(exchange.pickUp('anna', '341')).toMatchObject({ code: 'no-channel' });
  });
});

describe('transfer', () => {
  it('of a connected call lets the other party ring at the target', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('0891234', '', '340');
    exchange.answer('anna');
    story();
    expect(exchange.transfer(channelOf(exchange, 'anna'), '341').ok).toBe(true);
    expect(story()).toEqual([
      'Anna transferring',
      'Anna hungup transferred',
      '0891234 renamed',
      'ben ringing',
    ]);
    expect(exchange.channels('ben')[0]?.redirectedFrom).toMatchObject({ number: '340' });
    exchange.answer('ben');
    exchange.outside.hangUp('0891234');
    expect(story()).toEqual(['ben answered', '0891234 hungup normal', 'ben hungup normal']);
  });

  it('of a ringing call is a redirect', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('0891234', '', '340');
    story();
    exchange.transfer(channelOf(exchange, 'anna'), '341');
    expect(story()).toEqual(['Anna redirected', 'Anna hungup redirected', '0891234 renamed', 'ben ringing']);
  });

  it('that is refused leaves the call as it is', () => {
    const { exchange, story } = setUp();
    exchange.outside.call('1', '', '340');
    exchange.answer('anna');
    exchange.outside.call('2', '', '342');
    const before = exchange.channels();
    story();
    const channel = channelOf(exchange, 'anna');
    expect(exchange.transfer(channel, '342')).toMatchObject({ code: 'target-busy' });
    expect(exchange.transfer(channel, 'no one')).toMatchObject({ code: 'bad-number' });
    expect(exchange.transfer('SIP/none', '341')).toMatchObject({ code: 'no-channel' });
    expect(story()).toEqual([]);
    expect(exchange.channels()).toEqual(before);
  });
});

describe('joining two calls', () => {
  /** Anna has asked Ben about a customer's call. */
  function asked() {
    const scene = setUp();
    const { clock, exchange, story } = scene;
    exchange.outside.call('0891234', 'Kunde', '340');
    exchange.answer('anna');
    exchange.dial({ user: 'anna', target: '341' });
    clock.advance(0);
    const [customer = '', own = '', , ben = ''] = exchange.channels().map(({ id }) => id);
    story();
    return { ...scene, customer, own, ben };
  }

  it('lets their ends talk and releases whom they talked with', () => {
    const { exchange, story, customer, ben } = asked();
    exchange.answer('ben');
    story();
    expect(exchange.join(customer, ben)).toEqual({ ok: true, channel: customer });
    expect(story()).toEqual([
      '0891234 joined',
      'Anna hungup transferred',
      'ben joined',
      '0891234 renamed',
      'ben renamed',
      'Anna hungup transferred',
    ]);
    expect(exchange.channels()).toMatchObject([
      { id: customer, peerChannel: ben, state: 'talking', peer: { number: '341' } },
      { id: ben, peerChannel: customer, state: 'talking', peer: { number: '0891234' } },
    ]);
    exchange.hangUp(ben);
    expect(story()).toEqual(['0891234 hungup normal', 'ben hungup normal']);
  });

  it('is refused while one of them only rings or holds, and within one call', () => {
    const { exchange, story, customer, own, ben } = asked();
    const before = exchange.channels();
    expect(exchange.join(customer, ben)).toMatchObject({ code: 'wrong-state' });
    expect(exchange.join(customer, own)).toMatchObject({ code: 'wrong-state' });
    expect(exchange.join(customer, customer)).toMatchObject({ code: 'wrong-state' });
    expect(exchange.join(customer, 'SIP/none')).toMatchObject({ code: 'no-channel' });
    expect(story()).toEqual([]);
    expect(exchange.channels()).toEqual(before);
    exchange.answer('ben');
    exchange.toggleHold('ben');
    expect(exchange.join(customer, ben)).toMatchObject({ code: 'wrong-state' });
  });

  it('leaves a party outside its time to hang up', () => {
    const { clock, exchange, story } = setUp();
    exchange.outside.set('0891', { kind: 'answers', hangUpAfterMs: 5000 });
    for (const target of ['0891', '0892']) {
      exchange.dial({ user: 'anna', target });
      clock.advance(0);
    }
    exchange.outside.answer('0892');
    const [one, other] = exchange.channels().filter(({ user }) => user === undefined);
    expect(exchange.join(other?.id ?? '', one?.id ?? '').ok).toBe(true);
    story();
    clock.advance(5000);
    expect(story()).toEqual(['0892 hungup normal', '0891 hungup normal']);
    expect(clock.pending).toBe(0);
  });

  it('can be undone by sending one of them on', () => {
    const { exchange, story, customer, ben } = asked();
    exchange.answer('ben');
    exchange.join(customer, ben);
    story();
    expect(exchange.transfer(ben, '342').ok).toBe(true);
    expect(story()).toEqual([
      'ben transferring',
      'ben hungup transferred',
      '0891234 renamed',
      'cara ringing',
    ]);
  });
});
