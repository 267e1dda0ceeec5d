import { describe, expect, it } from 'vitest';
import { AccountRig, party, user } from '../testing/account-rig.ts';
import { settled } from '../testing/scripted-pbx.ts';
import { HOLD_SETTLE_MS } from './deadlines.ts';

const abilities = ['dial', 'answer', 'hangup', 'pickup', 'hold', 'transfer'] as const;

/** Two users whose phones have one key for hold and back, which takes what it likes. */
const byPhone = (): AccountRig =>
  AccountRig.online(['anna', 'bob'].map((name, i) => user(name, `37${i}`, abilities, 'phone')));

/** A call that Anna talks on, and nothing else. */
function talking(rig = byPhone(), channel = 'SIP/a-1'): { rig: AccountRig; id: number } {
  const id = rig.ring('anna', channel);
  rig.report('anna', channel, 'busy');
  rig.news();
  return { rig, id };
}

describe('a hold', () => {
  it('is done when the PBX reports it, and answered before the call is ONHOLD', async () => {
    const { rig, id } = talking();
    rig.command('hold', id);
    await rig.pbx.last.succeed();
    expect(rig.news(), 'a yes says only that the key was pressed').toEqual([]);
    rig.report('anna', 'SIP/a-1', 'held');
    expect(rig.news()).toEqual(['hold 1 ok', '1 onHold']);
    expect(rig.offered(id)).toEqual(['drop', 'unhold']);
    rig.command('unhold', id);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'retrieved');
    expect(rig.news()).toEqual(['unhold 1 ok', '1 connected']);
    expect(rig.offered(id)).toEqual(['blindTransfer', 'drop', 'hold']);
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-1', 'unhold anna SIP/a-1']);
    expect(rig.clock.waiting).toBe(0);
  });

  it.each([
    ['hold', 'held', 'onHold'],
    ['unhold', 'busy', 'connected'],
  ] as const)('%s may be reported before the PBX says yes', async (verb, what, state) => {
    const { rig, id } = talking();
    if (verb === 'unhold') rig.report('anna', 'SIP/a-1', 'held');
    rig.news();
    rig.command(verb, id);
    rig.report('anna', 'SIP/a-1', what);
    expect(rig.news()).toEqual([`${verb} 1 ok`, `1 ${state}`]);
    await rig.pbx.last.succeed();
    rig.clock.advance(HOLD_SETTLE_MS);
    expect(rig.news()).toEqual([]);
  });

  it('that is never reported fails after a while; no key is pressed a second time', async () => {
    const { rig, id } = talking();
    rig.command('hold', id);
    await rig.pbx.last.succeed();
    rig.clock.advance(HOLD_SETTLE_MS - 1);
    expect(rig.news()).toEqual([]);
    rig.clock.advance(1);
    expect(rig.news()).toEqual(['hold 1 operationFailed']);
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-1']);
    rig.report('anna', 'SIP/a-1', 'held');
    expect(rig.news(), 'what is reported later still holds').toEqual(['1 onHold']);
  });

  it.each([
    ['refused', 'operationFailed'],
    ['unanswered', 'operationFailed'],
    ['offline', 'resourceUnavailable'],
    ['unsupported', 'operationUnavailable'],
  ] as const)('that the PBX answers with %s fails with %s, and the call goes on', async (code, error) => {
    const { rig, id } = talking();
    rig.command('hold', id);
    await rig.pbx.last.fail(code);
    expect(rig.news()).toEqual([`hold 1 ${error}`]);
    expect(rig.offered(id)).toContain('hold');
  });

  it('twice at once is one key press, and both are answered', async () => {
    const { rig, id } = talking();
    rig.command('hold', id);
    rig.command('hold', id);
    await rig.pbx.last.succeed();
    rig.command('hold', id);
    rig.report('anna', 'SIP/a-1', 'held');
    expect(rig.news()).toEqual(['hold 1 ok', 'hold 1 ok', 'hold 1 ok', '1 onHold']);
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-1']);
  });

  it('of a call that is held already is refused, and so is the end of none', () => {
    const { rig, id } = talking();
    rig.command('unhold', id);
    rig.report('anna', 'SIP/a-1', 'held');
    rig.command('hold', id);
    expect(rig.news()).toEqual(['unhold 1 invalidCallState', '1 onHold', 'hold 1 invalidCallState']);
    rig.command('hold', 4711);
    expect(rig.news()).toEqual(['hold 4711 invalidCallHandle']);
    expect(rig.pbx.told).toEqual([]);
  });

  it('of a call that ends meanwhile fails, before its end is told', async () => {
    const { rig, id } = talking();
    rig.command('hold', id);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news()).toEqual(['1 disconnected normal', 'hold 1 operationFailed', '1 idle']);
    expect(rig.clock.waiting).toBe(0);
  });

  it('is not tried on a call of which nothing was heard since the session was lost', async () => {
    const { rig, id } = talking();
    rig.session('waiting');
    rig.session('online');
    rig.command('hold', id);
    expect(rig.news()).toEqual(['hold 1 operationFailed']);
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.command('hold', id);
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-1']);
  });

  it('is answered when the companion ends', () => {
    const { rig, id } = talking();
    rig.command('hold', id);
    rig.calls.close();
    expect(rig.news()).toContain('hold 1 operationFailed');
    expect(rig.living).toEqual([]);
  });

  it('is offered where the phone can, and nowhere else', () => {
    const rig = AccountRig.online([user('anna', '370', ['dial', 'answer', 'hangup'], 'phone')]);
    const { id } = talking(rig);
    expect(rig.offered(id)).toEqual(['drop']);
    rig.command('hold', id);
    expect(rig.news()).toEqual(['hold 1 operationUnavailable']);
  });
});

describe('where a Hold is a key of the phone', () => {
  it.each([
    ['rings', 'ringing', 'inbound'],
    ['is dialled', 'ringing', 'outbound'],
    ['talks', 'busy', 'inbound'],
    ['is held', 'held', 'inbound'],
  ] as const)('no call can be held while a second one %s there', (_, what, direction) => {
    const { rig, id } = talking();
    rig.report('anna', 'SIP/a-2', what, { direction, caller: party('0777'), called: party('832') });
    expect(rig.offered(id)).toEqual(['blindTransfer', 'drop']);
    rig.command('hold', id);
    expect(rig.news()).toContain('hold 1 invalidCallState');
    expect(rig.pbx.told).toEqual([]);
    rig.report('anna', 'SIP/a-2', 'gone');
    expect(rig.offered(id), 'it comes back with the end of the second').toContain('hold');
  });

  it('a held call cannot be taken back beside another one', () => {
    const { rig, id } = talking();
    rig.report('anna', 'SIP/a-1', 'held');
    rig.report('anna', 'SIP/a-2', 'busy');
    expect(rig.offered(id)).toEqual(['drop']);
    expect(rig.offered(id + 1)).toEqual(['blindTransfer', 'drop']);
    rig.report('anna', 'SIP/a-2', 'gone');
    expect(rig.offered(id)).toEqual(['drop', 'unhold']);
  });

  it('a call says again what can be done with it only when that has changed', () => {
    const { rig } = talking();
    rig.ring('anna', 'SIP/a-2');
    rig.ring('anna', 'SIP/a-3');
    expect(rig.news()).toEqual(['1 connected', '2 offering', '2 offering', '3 offering']);
    rig.report('anna', 'SIP/a-3', 'gone');
    rig.report('anna', 'SIP/a-2', 'renamed', { caller: party('0991', 'Otto') });
    expect(rig.news()).toEqual(['3 disconnected normal', '3 idle', '2 offering', '2 offering']);
  });

  it('no key is pressed while a call is being asked for there', async () => {
    const { rig, id } = talking();
    rig.makeCall('anna', '832');
    rig.command('hold', id);
    expect(rig.news()).toEqual(['hold 1 operationFailed']);
    await rig.pbx.last.fail('refused');
    rig.command('hold', id);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hold anna SIP/a-1']);
  });

  it('calls at another phone do not matter', () => {
    const { rig, id } = talking();
    rig.ring('bob', 'SIP/b-1');
    expect(rig.offered(id)).toContain('hold');
    rig.command('hold', id);
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-1']);
  });
});

describe('where a Hold names the channel', () => {
  it('each of two calls can be held and taken back', async () => {
    const { rig, id } = talking(AccountRig.online());
    rig.report('anna', 'SIP/a-1', 'held');
    rig.report('anna', 'SIP/a-2', 'busy');
    expect(rig.offered(id)).toEqual(['drop', 'unhold']);
    rig.command('hold', id + 1);
    rig.report('anna', 'SIP/a-2', 'held');
    rig.command('unhold', id);
    rig.report('anna', 'SIP/a-1', 'retrieved');
    await settled();
    expect(rig.pbx.told).toEqual(['hold anna SIP/a-2', 'unhold anna SIP/a-1']);
    expect(rig.answers).toEqual(['hold 2 ok', 'unhold 1 ok']);
  });
});
