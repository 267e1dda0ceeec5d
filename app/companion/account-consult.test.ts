import { describe, expect, it } from 'vitest';
import { AccountRig, able, party, user } from '../testing/account-rig.ts';
import { TRANSFER_SETTLE_MS } from './deadlines.ts';

const outbound = { direction: 'outbound' } as const;

/** Anna talks to 0991 on PJSIP/a-1: call 1. */
function talking(): AccountRig {
  const rig = AccountRig.online([user('anna', '370', able)]);
  rig.ring('anna', 'PJSIP/a-1', { caller: party('0991') });
  rig.report('anna', 'PJSIP/a-1', 'busy');
  rig.news();
  return rig;
}

/** She asks at 832 on PJSIP/a-2, call 2, and call 1 is held meanwhile. */
async function consulting(): Promise<AccountRig> {
  const rig = talking();
  const { id } = rig.setupTransfer(1, '832');
  await rig.pbx.last.succeed();
  rig.report('anna', 'PJSIP/a-2', 'dialed', { ...outbound, call: id });
  rig.report('anna', 'PJSIP/a-1', 'held');
  rig.report('anna', 'PJSIP/a-2', 'busy', outbound);
  rig.news();
  return rig;
}

describe('a consultation', () => {
  it('is a call beside the one it is about, and each names the other', async () => {
    const rig = talking();
    expect(rig.offered(1)).toEqual(['blindTransfer', 'drop', 'generateDigits', 'setupTransfer']);
    const { id } = rig.setupTransfer(1, '08 32');
    expect(rig.pbx.told).toEqual(['consult anna PJSIP/a-1 0832']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['2 ok', '1 connected', '2 dialtone', '2 dialing']);
    rig.report('anna', 'PJSIP/a-2', 'ringing', { ...outbound, call: id });
    rig.report('anna', 'PJSIP/a-1', 'held');
    expect(rig.news()).toEqual(['2 proceeding', '2 ringback', '1 onHoldPendTransfer']);
    expect(rig.offered(1), 'nobody has answered there').toEqual(['drop']);
    rig.report('anna', 'PJSIP/a-2', 'busy', outbound);
    expect(rig.news()).toEqual(['2 connected', '1 onHoldPendTransfer']);
    expect(rig.offered(1)).toEqual(['completeTransfer', 'drop']);
    expect(rig.offered(2)).toEqual(['blindTransfer', 'drop', 'generateDigits']);
    expect(rig.living.map(({ id: one, related }) => [one, related])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('may get its number later', async () => {
    const rig = talking();
    const { id } = rig.setupTransfer(1, '');
    expect(rig.news()).toEqual(['2 ok', '1 connected', '2 dialtone']);
    rig.dial(id, '832');
    expect(rig.pbx.told).toEqual(['consult anna PJSIP/a-1 832']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['2 dialtone', 'dial 2 ok', '2 dialing']);
  });

  it('is completed: both calls end, each once', async () => {
    const rig = await consulting();
    rig.completeTransfer(1, 2);
    expect(rig.pbx.told.at(-1)).toBe('completeTransfer anna PJSIP/a-1 PJSIP/a-2');
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-2', 'gone');
    rig.report('anna', 'PJSIP/a-1', 'gone');
    expect(rig.news().filter((line) => !line.endsWith('PendTransfer'))).toEqual([
      'completeTransfer 1 ok',
      '2 disconnected normal',
      '2 idle',
      '1 disconnected normal',
      '1 idle',
    ]);
    expect(rig.clock.waiting).toBe(0);
  });

  it('that was completed and never heard of again is over all the same', async () => {
    const rig = await consulting();
    rig.completeTransfer(1, 2);
    await rig.pbx.last.succeed();
    rig.clock.advance(TRANSFER_SETTLE_MS);
    expect(rig.living).toEqual([]);
    expect(rig.clock.waiting).toBe(0);
  });

  it('cannot be completed with another call, and not when the PBX says no', async () => {
    const rig = await consulting();
    rig.completeTransfer(1, 4711);
    rig.completeTransfer(2, 1);
    rig.completeTransfer(1, 2);
    await rig.pbx.last.fail('refused');
    expect(rig.news()).toEqual([
      'completeTransfer 1 invalidCallHandle',
      'completeTransfer 2 invalidCallState',
      'completeTransfer 1 operationFailed',
    ]);
    expect(rig.living.map(({ status }) => status.state)).toEqual(['onHoldPendTransfer', 'connected']);
  });

  it('that is given up leaves the call on hold, and able to ask again', async () => {
    const rig = await consulting();
    rig.drop(2);
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-2', 'gone');
    expect(rig.news()).toEqual([
      'drop 2 ok',
      '2 disconnected normal',
      '1 onHoldPendTransfer',
      '2 idle',
      '1 onHoldPendTransfer',
      '1 onHold',
    ]);
    expect(rig.living[0]?.related).toBeUndefined();
    rig.report('anna', 'PJSIP/a-1', 'retrieved');
    expect(rig.offered(1)).toContain('setupTransfer');
  });

  it('that the PBX refuses leaves nothing behind', async () => {
    const rig = talking();
    rig.setupTransfer(1, '832');
    await rig.pbx.last.fail('refused');
    expect(rig.news()).toEqual(['2 operationFailed']);
    expect(rig.offered(1)).toContain('setupTransfer');
  });

  it('given up before the PBX answered is hung up when it comes', () => {
    const rig = talking();
    const asked = rig.setupTransfer(1, '832');
    asked.cancel();
    rig.report('anna', 'PJSIP/a-2', 'dialed', { ...outbound, call: asked.id });
    expect(rig.pbx.told).toEqual(['consult anna PJSIP/a-1 832', 'hangup anna PJSIP/a-2']);
    expect(rig.news()).toEqual([]);
  });

  it('whose call ends first goes on as a call of its own', async () => {
    const rig = await consulting();
    rig.report('anna', 'PJSIP/a-1', 'gone');
    expect(rig.living).toMatchObject([{ id: 2, status: { state: 'connected' } }]);
    expect(rig.living[0]?.related).toBeUndefined();
    expect(rig.offered(2)).toContain('setupTransfer');
  });

  it('without a number yet, whose call ends, is an ordinary call', () => {
    const rig = talking();
    const { id } = rig.setupTransfer(1, '');
    rig.report('anna', 'PJSIP/a-1', 'gone');
    rig.dial(id, '832');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
  });

  it('is not had of a call that rings, of one that nobody has, twice, or where the PBX cannot', () => {
    const rig = talking();
    const ringing = rig.ring('anna', 'PJSIP/a-3');
    rig.setupTransfer(ringing, '832');
    rig.setupTransfer(4711, '832');
    rig.setupTransfer(1, ' - ');
    rig.setupTransfer(1, '832');
    rig.setupTransfer(1, '833');
    expect(rig.answers).toEqual([
      '3 invalidCallState',
      '4 invalidCallHandle',
      '5 invalidAddress',
      '7 invalidCallState',
    ]);
    const without = AccountRig.online([user('anna', '370', ['hangup'])]);
    const id = without.ring('anna', 'SIP/a-1');
    without.setupTransfer(id, '832');
    without.redirect(id, '832');
    without.generateDigits(id, '1');
    expect(without.answers).toEqual([
      '2 operationUnavailable',
      'redirect 1 operationUnavailable',
      'generateDigits 1 operationUnavailable',
    ]);
  });
});
