import { describe, expect, it } from 'vitest';
import { AccountRig, able, user } from '../testing/account-rig.ts';
import { TRANSFER_SETTLE_MS } from './deadlines.ts';

function talking(rig = AccountRig.online()): { rig: AccountRig; id: number } {
  const id = rig.ring('anna', 'SIP/a-1');
  rig.report('anna', 'SIP/a-1', 'busy');
  rig.news();
  return { rig, id };
}

describe('a blind transfer', () => {
  it('names channel and number, and the call ends when the PBX reports it', async () => {
    const { rig, id } = talking();
    rig.blindTransfer(id, '0049 (0) 89 / 12-34');
    expect(rig.pbx.told).toEqual(['blindTransfer anna SIP/a-1 0049891234']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual(['blindTransfer 1 ok']);
    rig.report('anna', 'SIP/a-1', 'renamed');
    rig.report('anna', 'SIP/a-1', 'gone forwarded');
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);
    expect(rig.clock.waiting).toBe(0);
  });

  it('that is refused leaves the call as it is', async () => {
    const { rig, id } = talking();
    rig.blindTransfer(id, '372');
    await rig.pbx.last.fail('refused');
    rig.clock.advance(TRANSFER_SETTLE_MS);
    expect(rig.news()).toEqual(['blindTransfer 1 operationFailed']);
    expect(rig.living[0]?.status.state).toBe('connected');
  });

  it('to nothing that can be dialled, or of a call that does not talk, is not sent', () => {
    const { rig, id } = talking();
    rig.blindTransfer(id, ' - ');
    const ringing = rig.ring('anna', 'SIP/a-2');
    rig.blindTransfer(ringing, '372');
    rig.blindTransfer(4711, '372');
    expect(rig.answers).toEqual([
      'blindTransfer 1 invalidAddress',
      'blindTransfer 2 invalidCallState',
      'blindTransfer 4711 invalidCallHandle',
    ]);
    expect(rig.pbx.told).toEqual([]);
  });

  it('whose end nobody reports is over all the same', async () => {
    const { rig, id } = talking();
    rig.blindTransfer(id, '372');
    await rig.pbx.last.succeed();
    rig.clock.advance(TRANSFER_SETTLE_MS - 1);
    expect(rig.news()).toEqual(['blindTransfer 1 ok']);
    rig.clock.advance(1);
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);
  });

  it('after which the call is heard of lets it live', async () => {
    const { rig, id } = talking();
    rig.blindTransfer(id, '372');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'held');
    rig.clock.advance(TRANSFER_SETTLE_MS);
    expect(rig.living[0]?.status.state).toBe('onHold');
  });

  it('is offered where the PBX can', () => {
    const { rig, id } = talking(AccountRig.online([user('anna', '370', ['hangup'])]));
    expect(rig.offered(id)).toEqual(['drop']);
  });
});

describe('a redirect', () => {
  const ringing = (): AccountRig => {
    const rig = AccountRig.online([user('anna', '370', able)]);
    rig.ring('anna', 'PJSIP/a-1');
    rig.news();
    return rig;
  };

  it('sends what rings to a number, and the call ends as forwarded there', async () => {
    const rig = ringing();
    expect(rig.offered(1)).toEqual(['accept', 'drop', 'redirect']);
    rig.redirect(1, '0049 (0) 89 / 12-34');
    expect(rig.pbx.told).toEqual(['redirect anna PJSIP/a-1 0049891234']);
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-1', 'gone cancelled');
    expect(rig.news()).toEqual(['redirect 1 ok', '1 offering', '1 disconnected forwarded', '1 idle']);
    expect(rig.published.at(-1)?.redirection.number).toBe('0049891234');
    expect(rig.clock.waiting).toBe(0);
  });

  it('whose end comes before the PBX says yes is one all the same', async () => {
    const rig = ringing();
    rig.redirect(1, '372');
    rig.report('anna', 'PJSIP/a-1', 'gone');
    await rig.pbx.last.succeed();
    expect(rig.news().filter((line) => line !== '1 offering')).toEqual([
      'redirect 1 ok',
      '1 disconnected forwarded',
      '1 idle',
    ]);
    expect(rig.clock.waiting).toBe(0);
  });

  it('whose end nobody reports is over all the same; one that was answered meanwhile lives', async () => {
    const rig = ringing();
    rig.redirect(1, '372');
    await rig.pbx.last.succeed();
    rig.clock.advance(TRANSFER_SETTLE_MS);
    expect(rig.news().slice(-2)).toEqual(['1 disconnected forwarded', '1 idle']);
    const id = rig.ring('anna', 'PJSIP/a-2');
    rig.redirect(id, '372');
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-2', 'busy');
    rig.clock.advance(TRANSFER_SETTLE_MS);
    expect(rig.living[0]?.status.state).toBe('connected');
  });

  it('that is refused leaves the call ringing, and its end as it is', async () => {
    const rig = ringing();
    rig.redirect(1, '372');
    await rig.pbx.last.fail('refused');
    rig.redirect(1, ' - ');
    rig.report('anna', 'PJSIP/a-1', 'gone cancelled');
    expect(rig.news()).toEqual([
      'redirect 1 operationFailed',
      'redirect 1 invalidAddress',
      '1 disconnected cancelled',
      '1 idle',
    ]);
  });
});

describe('an accept', () => {
  it('is noted here: the PBX hears nothing of it, and the call can still be answered and dropped', async () => {
    const rig = AccountRig.online();
    const id = rig.ring('anna', 'SIP/a-1');
    expect(rig.offered(id)).toEqual(['accept', 'answer', 'drop']);
    rig.command('accept', id);
    expect(rig.news()).toEqual(['1 offering', 'accept 1 ok', '1 accepted']);
    expect(rig.offered(id)).toEqual(['answer', 'drop']);
    rig.command('accept', id);
    rig.report('anna', 'SIP/a-1', 'ringing');
    expect(rig.news().filter((line) => !line.startsWith('1 accepted'))).toEqual([
      'accept 1 invalidCallState',
    ]);
    expect(rig.pbx.told).toEqual([]);
    rig.answer(id);
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-1', 'busy');
    expect(rig.news()).toEqual(['answer 1 ok', '1 connected']);
  });
});

describe('the line', () => {
  it('says what its calls may ever be offered', () => {
    const rig = AccountRig.online([user('anna', '370'), user('bob', '371', ['hangup'])]);
    expect([...(rig.line('anna').verbs ?? [])].sort()).toEqual([
      'accept',
      'answer',
      'blindTransfer',
      'dial',
      'drop',
      'hold',
      'unhold',
    ]);
    expect([...(rig.line('bob').verbs ?? [])].sort()).toEqual(['accept', 'drop']);
    expect(rig.line('anna')).toMatchObject({ canPickupGroup: true });
    expect(rig.line('bob')).toMatchObject({ canPickupGroup: false });
  });
});
