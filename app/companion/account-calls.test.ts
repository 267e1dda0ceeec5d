import { describe, expect, it } from 'vitest';
import { AccountRig, party, user } from '../testing/account-rig.ts';
import { settled } from '../testing/scripted-pbx.ts';

const toBob = {
  direction: 'outbound',
  internal: true,
  caller: party('370'),
  called: party('832', 'Weber'),
} as const;

describe('the four calls', () => {
  it('incoming: answered by the user, dropped by the program', async () => {
    const rig = AccountRig.online();
    const id = rig.ring('anna', 'SIP/a-1', { caller: party('0991', 'Öz'), called: party('370') });
    expect(rig.news()).toEqual(['1 offering']);

    rig.answer(id);
    expect(rig.pbx.told).toEqual(['answer anna SIP/a-1']);
    expect(rig.news(), 'nothing before the PBX has said yes').toEqual([]);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'busy', { caller: party('0991', 'Öz'), called: party('370') });
    expect(rig.news()).toEqual(['answer 1 ok', '1 connected']);
    expect(rig.published.at(-1)?.connected).toEqual(party('0991', 'Öz'));

    rig.drop(id);
    expect(rig.pbx.told).toEqual(['answer anna SIP/a-1', 'hangup anna SIP/a-1']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news()).toEqual(['drop 1 ok', '1 disconnected normal', '1 idle']);
    expect(rig.living).toEqual([]);
  });

  it('outgoing: every state of the sequence, ended by the far end', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    expect(rig.news(), 'nothing before the PBX has said yes').toEqual([]);

    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing']);
    rig.report('anna', 'SIP/a-2', 'ringing', toBob);
    expect(rig.news()).toEqual(['1 proceeding', '1 ringback']);
    rig.report('anna', 'SIP/a-2', 'busy', toBob);
    expect(rig.news()).toEqual(['1 connected']);
    expect(rig.published.at(-1)?.connected).toEqual(party('832', 'Weber'));
    rig.report('anna', 'SIP/a-2', 'gone', toBob);
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);
  });

  it('missed: the caller gives up', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-3');
    rig.report('anna', 'SIP/a-3', 'gone');
    expect(rig.news()).toEqual(['1 offering', '1 disconnected normal', '1 idle']);
    expect(rig.published.at(-1)?.answered).toBe(false);
  });

  it('picked up from a colleague’s phone', async () => {
    const rig = AccountRig.online();
    rig.calls.handle({
      type: 'pickupOffered',
      offer: { user: 'anna', target: '371', targetName: 'Bob', caller: party('0991') },
    });
    rig.pickup('anna', '371');
    expect(rig.pbx.told).toEqual(['pickup anna 371']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['1 ok']);
    rig.report('anna', 'SIP/a-4', 'busy', { caller: party('0991'), called: party('370') });
    expect(rig.news()).toEqual(['1 offering', '1 connected']);
    const [call] = rig.published;
    expect(call).toMatchObject({ direction: 'inbound', reason: 'pickup', caller: party('0991') });
    rig.report('anna', 'SIP/a-4', 'gone');
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);
  });
});

describe('a Dial and its channel', () => {
  it('the channel is seen before the reply: the request is answered first, and only once', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 proceeding', '1 ringback']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual([]);
  });

  it('a refusal after the channel was seen changes nothing: the call is there', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    rig.news();
    await rig.pbx.last.fail('refused');
    expect(rig.news()).toEqual([]);
    expect(rig.living).toHaveLength(1);
  });

  it.each([
    ['refused', 'operationFailed'],
    ['unanswered', 'operationFailed'],
    ['offline', 'resourceUnavailable'],
    ['unsupported', 'operationUnavailable'],
  ] as const)('%s: the request fails and no call is ever published', async (code, error) => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.fail(code);
    rig.clock.advance(120_000);
    expect(rig.news()).toEqual([`1 ${error}`]);
    expect(rig.published).toEqual([]);
  });

  it('accepted, and no channel is ever seen: DISCONNECTED noAnswer, IDLE', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.clock.advance(30_000);
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 disconnected noAnswer', '1 idle']);
  });

  it('the PBX never answers: the request fails, and is not told to have worked', () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    rig.clock.advance(120_000);
    expect(rig.news()).toEqual(['1 operationFailed']);
    expect(rig.published).toEqual([]);
  });

  it('a pickup that was accepted and never seen: OFFERING, DISCONNECTED, IDLE', async () => {
    const rig = AccountRig.online();
    rig.pickup('anna', '371');
    await rig.pbx.last.succeed();
    rig.clock.advance(30_000);
    expect(rig.news()).toEqual(['1 ok', '1 offering', '1 disconnected noAnswer', '1 idle']);
  });

  it('a second Dial waits for the first one’s channel, and has its whole time from then on', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.makeCall('anna', '833');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    rig.clock.advance(29_000);
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'dial anna 833']);
    await rig.pbx.last.succeed();
    rig.news();
    rig.clock.advance(25_000);
    rig.report('anna', 'SIP/a-2', 'ringing', { ...toBob, called: party('833') });
    expect(rig.news()).toEqual(['2 proceeding', '2 ringback']);
  });

  it.each([
    ['gone', ['1 disconnected normal', '1 idle']],
    ['gone busy', ['1 proceeding', '1 busy station', '1 idle']],
    ['gone failed', ['1 disconnected unreachable', '1 idle']],
  ])('whose first report is its end (%s) is over at once', async (what, states) => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.makeCall('anna', '833');
    rig.news();
    rig.report('anna', 'SIP/a-1', what, toBob);
    expect(rig.news()).toEqual(states);
    expect(rig.pbx.told.at(-1), 'the next one goes out').toBe('dial anna 833');
  });

  it('another channel’s end is not it', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.news();
    rig.report('anna', 'SIP/a-1', 'gone', { ...toBob, called: party('833') });
    rig.report('anna', 'SIP/a-2', 'gone', { caller: party('832') });
    expect(rig.news()).toEqual([]);
  });

  it('given up, and its first report is its end: there is nothing to hang up', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832').cancel();
    rig.makeCall('anna', '833');
    rig.report('anna', 'SIP/a-1', 'gone', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'dial anna 833']);
    expect(rig.log).toEqual([]);
  });

  it('another user’s channel to the same number is not it', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.news();
    rig.report('bob', 'SIP/b-1', 'ringing', toBob);
    expect(rig.published.at(-1)?.line).toBe('acme/bob');
    expect(rig.news()).toEqual(['2 dialtone', '2 dialing', '2 proceeding', '2 ringback']);
  });
});

describe('ends', () => {
  it('the far end is busy: BUSY, then IDLE', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    rig.news();
    rig.report('anna', 'SIP/a-1', 'gone busy', toBob);
    expect(rig.news()).toEqual(['1 busy station', '1 idle']);
  });

  it.each([
    ['noAnswer', 'normal'],
    ['rejected', 'reject'],
    ['answeredElsewhere', 'pickup'],
    ['forwarded', 'forwarded'],
    ['busy', 'busy'],
  ])('an incoming call that is gone for %s ends with mode %s', (cause, mode) => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.report('anna', 'SIP/a-1', `gone ${cause}`);
    expect(rig.news()).toEqual(['1 offering', `1 disconnected ${mode}`, '1 idle']);
  });

  it.each(['busy', 'rejected', 'failed'])('a call that was answered ends normally, also for %s', (cause) => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.report('anna', 'SIP/a-1', `gone ${cause}`);
    expect(rig.news()).toEqual(['1 offering', '1 connected', '1 disconnected normal', '1 idle']);
  });

  it('a channel that is gone before anybody heard of it is no call', () => {
    const rig = AccountRig.online();
    rig.report('anna', 'SIP/a-1', 'gone');
    rig.report('anna', 'SIP/a-2', 'gone', toBob);
    expect(rig.news()).toEqual([]);
  });

  it.each(['inbound', 'outbound'] as const)(
    'an %s channel of which only a name was heard is no call',
    (way) => {
      const rig = AccountRig.online();
      rig.report('anna', 'SIP/a-1', 'renamed', { ...toBob, direction: way });
      rig.report('anna', 'SIP/a-1', 'gone', { ...toBob, direction: way });
      expect(rig.news()).toEqual([]);
      expect(rig.calls.has(1)).toBe(false);
    },
  );
});

describe('reports', () => {
  it('the same report twice changes nothing; a new name is published in the same state', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1', { caller: party('0991') });
    rig.ring('anna', 'SIP/a-1', { caller: party('0991') });
    expect(rig.news()).toEqual(['1 offering']);
    rig.report('anna', 'SIP/a-1', 'renamed', { caller: party('0991', 'Öz') });
    expect(rig.news()).toEqual(['1 offering']);
    expect(rig.published.at(-1)?.caller.name).toBe('Öz');
  });

  it('holding and retrieving', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    for (const what of ['busy', 'held', 'retrieved']) rig.report('anna', 'SIP/a-1', what);
    expect(rig.news()).toEqual(['1 offering', '1 connected', '1 onHold', '1 connected']);
  });

  it('a call found in the middle gets its first states', () => {
    const rig = AccountRig.online();
    rig.report('anna', 'SIP/a-1', 'busy', { ...toBob });
    rig.report('bob', 'SIP/b-1', 'held', { caller: party('0991') });
    expect(rig.news()).toEqual([
      '1 dialtone',
      '1 dialing',
      '1 proceeding',
      '1 connected',
      '2 offering',
      '2 connected',
      '2 onHold',
    ]);
  });

  it('of a user that is not ours mean nothing', () => {
    const rig = AccountRig.online([user('anna', '370')]);
    rig.report('bob', 'SIP/b-1', 'ringing');
    expect(rig.news()).toEqual([]);
  });

  it('origin and reason are what was reported', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1', { internal: true });
    rig.ring('anna', 'SIP/a-2', { redirecting: party('831', 'Jan') });
    expect(rig.published).toMatchObject([
      { origin: 'internal', reason: 'direct' },
      { origin: 'external', reason: 'redirect', redirecting: party('831', 'Jan') },
    ]);
  });

  it('are traced with their call, the first one too', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await settled();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    rig.report('anna', 'SIP/a-1', 'gone', toBob);
    rig.report('anna', 'SIP/a-9', 'gone', toBob);
    expect(rig.traced).toEqual([1, 1, undefined]);
  });
});
