import { describe, expect, it } from 'vitest';
import { AccountRig, party, user } from '../testing/account-rig.ts';
import { DROP_SETTLE_MS, EARLY_COMMAND_MS } from './deadlines.ts';

const toBob = { direction: 'outbound', caller: party('370'), called: party('832') } as const;

describe('TAPI-4: a Dial before the session is there', () => {
  it('waits and goes out with the session', async () => {
    const rig = new AccountRig();
    rig.session('connecting');
    rig.makeCall('anna', '832');
    rig.clock.advance(EARLY_COMMAND_MS - 1);
    expect(rig.pbx.told).toEqual([]);
    rig.session('online');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    await rig.pbx.last.succeed();
    rig.clock.advance(29_000);
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing', '1 proceeding', '1 ringback']);
  });

  it('fails once when the session does not come in time, and is not dialled later', () => {
    const rig = new AccountRig();
    rig.makeCall('anna', '832');
    rig.clock.advance(EARLY_COMMAND_MS);
    expect(rig.news()).toEqual(['1 resourceUnavailable']);
    rig.session('online');
    rig.clock.advance(120_000);
    expect(rig.news()).toEqual([]);
    expect(rig.pbx.told).toEqual([]);
    expect(rig.published).toEqual([]);
  });

  it('every one of them fails after the same time', () => {
    const rig = new AccountRig();
    for (const target of ['832', '833', '834']) rig.makeCall('anna', target);
    rig.clock.advance(EARLY_COMMAND_MS);
    expect(rig.news().sort()).toEqual([1, 2, 3].map((id) => `${id} resourceUnavailable`));
  });

  it.each(['failed', 'stopped'] as const)('fails at once when the session has %s', (state) => {
    const rig = new AccountRig();
    rig.makeCall('anna', '832');
    rig.makeCall('anna', '833');
    rig.session(state);
    rig.makeCall('anna', '834');
    expect(rig.news().sort()).toEqual([1, 2, 3].map((id) => `${id} resourceUnavailable`));
  });

  it('waits again once a failed session is tried anew', () => {
    const rig = new AccountRig();
    rig.session('failed');
    rig.session('connecting');
    rig.makeCall('anna', '832');
    expect(rig.news()).toEqual([]);
    rig.session('online');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
  });
});

describe('when the session is lost', () => {
  it('lines go out of service and come back', () => {
    const rig = AccountRig.online();
    expect(rig.line('anna').inService).toBe(true);
    rig.session('waiting');
    expect([...rig.lines.values()].map((line) => line.inService)).toEqual([false, false]);
    rig.session('online');
    expect(rig.line('anna').inService).toBe(true);
  });

  it('what was sent fails with it, and so does what waited its turn; what is asked then waits', async () => {
    const rig = AccountRig.online();
    for (const target of ['832', '833', '834']) rig.makeCall('anna', target);
    rig.session('waiting');
    await rig.pbx.last.fail('unanswered');
    expect(rig.news().sort()).toEqual([
      '1 operationFailed',
      '2 resourceUnavailable',
      '3 resourceUnavailable',
    ]);
    rig.makeCall('bob', '835');
    rig.session('online');
    expect(rig.pbx.told, 'nothing is sent twice').toEqual(['dial anna 832', 'dial bob 835']);
  });

  it('a channel name that was hung up before is not ignored for ever: PBXs start their names anew', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    await rig.pbx.last.succeed();
    rig.clock.advance(DROP_SETTLE_MS);
    rig.session('waiting');
    rig.session('online');
    rig.news();
    rig.ring('anna', 'SIP/a-1');
    expect(rig.news()).toEqual(['2 offering']);
  });

  it('pickups on offer are forgotten: their callers may be others now', async () => {
    const rig = AccountRig.online();
    rig.calls.handle({
      type: 'pickupOffered',
      offer: { user: 'anna', target: '371', targetName: 'Bob', caller: party('0991') },
    });
    rig.session('waiting');
    rig.session('online');
    rig.pickup('anna', '371');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'busy', { caller: party('0777') });
    expect(rig.news()).toEqual(['1 ok', '1 offering', '1 connected']);
  });
});

describe('a user', () => {
  it('who is removed takes his line and calls along', async () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.ring('bob', 'SIP/b-1');
    rig.makeCall('anna', '832');
    rig.news();
    rig.calls.handle({ type: 'users', users: [user('bob', '371')] });
    expect(rig.news()).toEqual(['3 resourceUnavailable', '1 disconnected unavailable', '1 idle']);
    expect([...rig.lines.keys()]).toEqual(['acme/bob']);
    rig.report('anna', 'SIP/a-1', 'busy');
    expect(rig.news()).toEqual([]);
  });

  it('whose line is gone cannot dial', () => {
    const rig = AccountRig.online();
    const line = rig.line('anna');
    rig.calls.handle({ type: 'users', users: [user('bob', '371')] });
    const answers: unknown[] = [];
    rig.calls.makeCall(line, '832', 9, (result) => void answers.push(result));
    expect(answers).toEqual([{ ok: false, error: 'invalidLineHandle' }]);
  });

  it('whose phone cannot do it is told so, and offered nothing', () => {
    const rig = AccountRig.online([user('anna', '370', [])]);
    rig.makeCall('anna', '832');
    rig.pickup('anna', '371');
    rig.ring('anna', 'SIP/a-1');
    rig.answer(3);
    expect(rig.news()).toEqual([
      '1 operationUnavailable',
      '2 operationUnavailable',
      '3 offering',
      'answer 3 operationUnavailable',
    ]);
    expect(rig.line('anna')).toMatchObject({ canDial: false, canPickup: false });
  });

  it('has at most four active calls: a held one does not count, a waiting Dial does', () => {
    const rig = AccountRig.online();
    for (const n of [1, 2, 3]) rig.ring('anna', `SIP/a-${n}`);
    rig.makeCall('anna', '832');
    rig.makeCall('anna', '833');
    expect(rig.news().at(-1)).toBe('5 callUnavailable');
    rig.report('anna', 'SIP/a-1', 'held');
    rig.news();
    rig.makeCall('anna', '834');
    rig.makeCall('bob', '835');
    expect(rig.news()).toEqual([]);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'dial bob 835']);
  });

  it.each([
    ['nothing', ''],
    ['brackets', '()'],
    ['a dash', ' - '],
    ['129 digits', '5'.repeat(129)],
  ])('who dials %s is told that it is no number', (_, typed) => {
    const rig = AccountRig.online();
    rig.makeCall('anna', typed);
    rig.pickup('anna', typed);
    expect(rig.news()).toEqual(['1 invalidAddress', '2 invalidAddress']);
  });
});

describe('the end of the companion', () => {
  it('ends every call, fails what waits, and leaves the lines out of service', async () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.makeCall('bob', '832');
    rig.news();
    rig.calls.close();
    expect(rig.news()).toEqual(['2 resourceUnavailable', '1 disconnected temporaryFailure', '1 idle']);
    expect([...rig.lines.values()].map((line) => line.inService)).toEqual([false, false]);
    expect(rig.pbx.told, 'the PBX’s calls go on').toEqual(['dial bob 832']);

    rig.session('online');
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.clock.advance(120_000);
    expect(rig.news(), 'what comes late means nothing').toEqual([]);
    expect(rig.line('anna').inService).toBe(false);
  });

  it('sends nothing more to the PBX: what waits in the queue is given up first', () => {
    const rig = AccountRig.online();
    rig.pickup('anna', '371');
    rig.makeCall('anna', '832');
    rig.makeCall('anna', '833');
    rig.calls.close();
    expect(rig.pbx.told).toEqual(['pickup anna 371']);
    expect(rig.news().sort()).toEqual([1, 2, 3].map((id) => `${id} resourceUnavailable`));
  });

  it('is the end of the lines when the account is given up', () => {
    const rig = AccountRig.online();
    rig.calls.remove();
    expect(rig.lines.size).toBe(0);
  });
});
