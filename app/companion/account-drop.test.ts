import { describe, expect, it } from 'vitest';
import { AccountRig, party } from '../testing/account-rig.ts';
import { DROP_SETTLE_MS } from './deadlines.ts';

const toBob = { direction: 'outbound', caller: party('370'), called: party('832') } as const;

/** Anna dials 832 and the PBX has said yes; there is no channel yet. */
async function dialling(): Promise<AccountRig> {
  const rig = AccountRig.online();
  rig.makeCall('anna', '832');
  await rig.pbx.last.succeed();
  rig.news();
  return rig;
}

describe('a drop', () => {
  it('of a ringing call is a rejection', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news()).toEqual(['1 offering', 'drop 1 ok', '1 disconnected reject', '1 idle']);
  });

  it('of a ringing call that is answered all the same ends normally', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    rig.report('anna', 'SIP/a-1', 'busy');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news()).toEqual(['1 offering', '1 connected', 'drop 1 ok', '1 disconnected normal', '1 idle']);
  });

  it('that the PBX refuses leaves the call as it is', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    await rig.pbx.last.fail('refused');
    rig.clock.advance(120_000);
    expect(rig.news()).toEqual(['1 offering', 'drop 1 operationFailed']);
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news(), 'and its end is no rejection').toEqual(['1 disconnected normal', '1 idle']);
  });

  it('that the PBX refuses because the call has just ended has worked', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    rig.report('anna', 'SIP/a-1', 'gone');
    await rig.pbx.last.fail('refused');
    expect(rig.news().filter((line) => line.startsWith('drop'))).toEqual(['drop 1 ok']);
  });

  it('is answered before its end is told, even where the end is reported first', async () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.news();
    rig.drop(1);
    rig.drop(1);
    rig.report('anna', 'SIP/a-1', 'gone');
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['drop 1 ok', 'drop 1 ok', '1 disconnected normal', '1 idle']);
  });

  it('of a call that nobody has answered yet ends it as given up, whatever the PBX makes of it', async () => {
    const rig = AccountRig.online();
    const { id } = rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', { direction: 'outbound', called: party('832') });
    rig.drop(id);
    rig.report('anna', 'SIP/a-1', 'gone noAnswer', { direction: 'outbound' });
    expect(rig.news().slice(-2)).toEqual(['1 disconnected normal', '1 idle']);
  });

  it('without a reported end: the call is over all the same', async () => {
    const rig = AccountRig.online();
    const id = rig.ring('anna', 'SIP/a-1');
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.drop(id);
    await rig.pbx.last.succeed();
    rig.clock.advance(DROP_SETTLE_MS - 1);
    expect(rig.news()).toEqual(['1 offering', '1 connected', 'drop 1 ok']);
    rig.clock.advance(1);
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news(), 'what comes late means nothing').toEqual([]);
  });

  it('twice: both are answered, and the PBX is asked once', async () => {
    const rig = AccountRig.online();
    const id = rig.ring('anna', 'SIP/a-1');
    rig.drop(id);
    rig.drop(id);
    await rig.pbx.last.succeed();
    rig.drop(id);
    rig.report('anna', 'SIP/a-1', 'gone');
    await rig.pbx.last.succeed();
    rig.drop(id);
    expect(rig.pbx.told).toEqual(['hangup anna SIP/a-1']);
    expect(rig.news().filter((line) => line.startsWith('drop'))).toEqual(Array(4).fill('drop 1 ok'));
  });

  it('of a call nobody knows has worked', () => {
    const rig = AccountRig.online();
    rig.drop(4711);
    expect(rig.news()).toEqual(['drop 4711 ok']);
    expect(rig.pbx.told).toEqual([]);
  });

  it('never goes out without a channel', async () => {
    const rig = await dialling();
    rig.ring('anna', 'SIP/a-9');
    rig.news();
    rig.drop(1);
    expect(rig.news()).toEqual(['drop 1 ok', '1 disconnected normal', '1 idle']);
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    expect(rig.living.map(({ id }) => id)).toEqual([2]);
  });

  it('before the channel: the channel is hung up when it is seen, and is no call', async () => {
    const rig = await dialling();
    rig.drop(1);
    rig.news();
    for (const what of ['ringing', 'busy', 'gone']) rig.report('anna', 'SIP/a-1', what, toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hangup anna SIP/a-1']);
    expect(rig.news()).toEqual([]);
  });

  it('before the PBX has said yes: the drop works, the request fails, no call is published', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    rig.drop(1);
    expect(rig.news()).toEqual(['drop 1 ok', '1 operationFailed']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hangup anna SIP/a-1']);
    expect(rig.news()).toEqual([]);
  });
});

describe('a request that is cancelled', () => {
  it('before the channel: the channel is hung up when it is seen, and no call is ever published', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832').cancel();
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    rig.report('anna', 'SIP/a-1', 'gone', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hangup anna SIP/a-1']);
    expect(rig.log).toEqual([]);
  });

  it('after its answer is not cancelled: the call is there', async () => {
    const rig = AccountRig.online();
    const asked = rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    asked.cancel();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    expect(rig.log).toContain('1 ringback');
  });

  it('and refused by the PBX is forgotten: the same number dialled on the phone is not hung up', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832').cancel();
    await rig.pbx.last.fail('refused');
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    expect(rig.log).toContain('2 ringback');
  });

  it('before it was sent never reaches the PBX', () => {
    const rig = new AccountRig();
    rig.makeCall('anna', '832').cancel();
    rig.session('online');
    expect(rig.pbx.told).toEqual([]);
  });

  it('as a pickup of an unknown caller: no call that comes by chance is hung up', async () => {
    const rig = AccountRig.online();
    rig.pickup('anna', '371').cancel();
    await rig.pbx.last.succeed();
    rig.ring('anna', 'SIP/a-1');
    expect(rig.pbx.told).toEqual(['pickup anna 371']);
    expect(rig.log).toEqual(['2 offering']);
  });

  it('as a pickup of a known caller: what was picked up is hung up', async () => {
    const rig = AccountRig.online();
    rig.calls.handle({
      type: 'pickupOffered',
      offer: { user: 'anna', target: '371', targetName: 'Bob', caller: party('0991') },
    });
    rig.pickup('anna', '371').cancel();
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', { caller: party('0777') });
    rig.report('anna', 'SIP/a-2', 'busy', { caller: party('0991') });
    expect(rig.pbx.told).toEqual(['pickup anna 371', 'hangup anna SIP/a-2']);
    expect(rig.log).toEqual(['2 offering']);
  });
});

describe('an answer', () => {
  it.each([
    ['a call that talks', ['ringing', 'busy'], 'invalidCallState'],
    ['a call that is held', ['busy', 'held'], 'invalidCallState'],
    ['a call that is over', ['ringing', 'gone'], 'invalidCallHandle'],
  ])('to %s is refused', (_, reports, error) => {
    const rig = AccountRig.online();
    for (const what of reports) rig.report('anna', 'SIP/a-1', what);
    rig.answer(1);
    expect(rig.news().at(-1)).toBe(`answer 1 ${error}`);
    expect(rig.pbx.told).toEqual([]);
  });

  it('to the user’s own Dial is refused', async () => {
    const rig = await dialling();
    rig.answer(1);
    expect(rig.news()).toEqual(['answer 1 invalidCallState']);
  });

  it.each([
    ['refused', 'operationFailed'],
    ['offline', 'resourceUnavailable'],
    ['unsupported', 'operationUnavailable'],
  ] as const)('that fails as %s leaves the call ringing', async (code, error) => {
    const rig = AccountRig.online();
    rig.answer(rig.ring('anna', 'SIP/a-1'));
    await rig.pbx.last.fail(code);
    expect(rig.news()).toEqual(['1 offering', `answer 1 ${error}`]);
    expect(rig.living).toHaveLength(1);
  });
});
