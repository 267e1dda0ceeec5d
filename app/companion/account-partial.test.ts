import { describe, expect, it } from 'vitest';
import { MAX_ACTIVE_CALLS } from '../lines/line.ts';
import { AccountRig, party, user } from '../testing/account-rig.ts';
import { EARLY_COMMAND_MS, PARTIAL_DIAL_MS } from './deadlines.ts';

const toBob = { direction: 'outbound', caller: party('370'), called: party('832') } as const;

describe('a call without a number', () => {
  it('has a dial tone; the PBX is asked when the number is there', async () => {
    const rig = AccountRig.online();
    const { id } = rig.makeCallPart('anna', '');
    expect(rig.news()).toEqual(['1 ok', '1 dialtone']);
    expect(rig.offered(id)).toEqual(['dial', 'drop']);
    expect(rig.pbx.told).toEqual([]);

    rig.dial(id, '832');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
    expect(rig.offered(id), 'the number is complete').toEqual(['drop']);
    expect(rig.published.at(-1)?.called.number).toBe('832');
    rig.news();
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['dial 1 ok', '1 dialing']);
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    rig.report('anna', 'SIP/a-1', 'busy', toBob);
    expect(rig.news()).toEqual(['1 proceeding', '1 ringback', '1 connected']);
    expect(rig.clock.waiting).toBe(0);
  });

  it('takes its number in parts, the last of which may be empty', async () => {
    const rig = AccountRig.online();
    const { id } = rig.makeCallPart('anna', '0');
    expect(rig.news()).toEqual(['1 ok', '1 dialtone', '1 dialing']);
    rig.clock.advance(PARTIAL_DIAL_MS - 1);
    rig.dial(id, '89/', 'dialPart');
    rig.clock.advance(PARTIAL_DIAL_MS - 1);
    rig.dial(id, '12', 'dialPart');
    rig.dial(id, '');
    expect(rig.pbx.told).toEqual(['dial anna 08912']);
    await rig.pbx.last.succeed();
    expect(rig.answers).toEqual(['1 ok', 'dialPart 1 ok', 'dialPart 1 ok', 'dial 1 ok']);
  });

  it('with a part that cannot be dialled stays as it is', () => {
    const rig = AccountRig.online();
    rig.makeCallPart('anna', '--');
    const { id } = rig.makeCallPart('anna', '');
    rig.news();
    rig.dial(id, '');
    rig.dial(id, '()', 'dialPart');
    expect(rig.news()).toEqual([`dial ${id} invalidAddress`, `dialPart ${id} invalidAddress`]);
    expect(rig.answers[0]).toBe('1 invalidAddress');
    expect(rig.offered(id)).toEqual(['dial', 'drop']);
  });

  it('whose number never comes ends by itself', () => {
    const rig = AccountRig.online();
    rig.makeCallPart('anna', '8');
    rig.clock.advance(PARTIAL_DIAL_MS);
    expect(rig.news().slice(-2)).toEqual(['1 disconnected noAnswer', '1 idle']);
    rig.dial(1, '32');
    expect(rig.news()).toEqual(['dial 1 invalidCallHandle']);
  });

  it.each([
    ['refused', 'operationFailed', 'unreachable'],
    ['offline', 'resourceUnavailable', 'temporaryFailure'],
    ['unanswered', 'operationFailed', 'temporaryFailure'],
  ] as const)(
    'whose number the PBX answers with %s ends: nothing is dialled twice',
    async (code, error, mode) => {
      const rig = AccountRig.online();
      const { id } = rig.makeCallPart('anna', '');
      rig.dial(id, '832');
      rig.news();
      await rig.pbx.last.fail(code);
      expect(rig.news()).toEqual([`dial 1 ${error}`, `1 disconnected ${mode}`, '1 idle']);
      rig.report('anna', 'SIP/a-1', 'ringing', toBob);
      const late = code === 'unanswered' ? ['hangup anna SIP/a-1'] : [];
      expect(rig.pbx.told).toEqual(['dial anna 832', ...late]);
    },
  );

  it('can be dropped at any moment', async () => {
    const rig = AccountRig.online();
    rig.drop(rig.makeCallPart('anna', '8').id);
    expect(rig.news().slice(3)).toEqual(['drop 1 ok', '1 disconnected normal', '1 idle']);
    const { id } = rig.makeCallPart('anna', '');
    rig.dial(id, '832');
    rig.news();
    rig.drop(id);
    expect(rig.news()).toEqual(['drop 2 ok', 'dial 2 operationFailed', '2 disconnected normal', '2 idle']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'ringing', toBob);
    expect(rig.pbx.told).toEqual(['dial anna 832', 'hangup anna SIP/a-1']);
  });

  it('is none of the calls that a lost session leaves in doubt', () => {
    const rig = AccountRig.online();
    const { id } = rig.makeCallPart('anna', '');
    rig.session('waiting');
    rig.session('online');
    rig.phone('anna', 'free');
    rig.dial(id, '832');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
  });

  it('whose number is complete while there is no session waits for one, and then fails once', () => {
    const rig = new AccountRig();
    const { id } = rig.makeCallPart('anna', '');
    rig.dial(id, '832');
    rig.phone('anna', 'free');
    rig.news();
    rig.clock.advance(EARLY_COMMAND_MS);
    expect(rig.news()).toEqual(['dial 1 resourceUnavailable', '1 disconnected temporaryFailure', '1 idle']);
  });

  it('needs a line that can dial and has room', () => {
    const rig = AccountRig.online([user('anna', '370'), user('bob', '371', ['hangup'])]);
    rig.makeCallPart('bob', '');
    for (let n = 0; n <= MAX_ACTIVE_CALLS; n += 1) rig.makeCallPart('anna', '');
    expect(rig.answers).toEqual([
      '1 operationUnavailable',
      '2 ok',
      '3 ok',
      '4 ok',
      '5 ok',
      '6 callUnavailable',
    ]);
  });

  it('is the only one that can be dialled', async () => {
    const rig = AccountRig.online();
    const { id } = rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    expect(rig.offered(id)).toEqual(['drop']);
    rig.dial(id, '1');
    expect(rig.answers.at(-1)).toBe('dial 1 invalidCallState');
  });
});

describe('a pickup without an extension', () => {
  const offer = (target: string, caller: string) => ({
    type: 'pickupOffered' as const,
    offer: { user: 'anna', target, targetName: '', caller: party(caller) },
  });

  it('takes what has rung longest of what the user may take', async () => {
    const rig = AccountRig.online();
    for (const each of [offer('380', '0111'), offer('381', '0222'), offer('382', '0333')])
      rig.calls.handle(each);
    rig.calls.handle({ type: 'pickupGone', user: 'anna', target: '380' });
    const { id } = rig.pickupGroup('anna');
    expect(rig.pbx.told).toEqual(['pickup anna 381']);
    await rig.pbx.last.succeed();
    rig.ring('anna', 'SIP/a-9', { caller: party('0999') });
    rig.ring('anna', 'SIP/a-1', { caller: party('0222') });
    expect(rig.published.at(-1), 'its caller tells which it is').toMatchObject({ id, reason: 'pickup' });
  });

  it('fails where nothing rings, for another user, and for a group by name', () => {
    const rig = AccountRig.online();
    rig.pickupGroup('anna');
    rig.calls.handle(offer('380', '0111'));
    rig.pickupGroup('bob');
    rig.pickupGroup('anna', '7');
    expect(rig.answers).toEqual(['1 operationFailed', '2 operationFailed', '3 operationUnavailable']);
    expect(rig.pbx.told).toEqual([]);
  });

  it('finds nothing after a new session', () => {
    const rig = AccountRig.online();
    rig.calls.handle(offer('380', '0111'));
    rig.session('waiting');
    rig.session('online');
    rig.pickupGroup('anna');
    expect(rig.answers).toEqual(['1 operationFailed']);
  });
});
