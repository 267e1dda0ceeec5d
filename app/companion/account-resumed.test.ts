import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountRig, backAgain, lostWhileTalking, party } from '../testing/account-rig.ts';
import { AWAY_LONGEST_MS, DROP_SETTLE_MS, TALKING_GRACE_MS, UNVERIFIED_LONGEST_MS } from './deadlines.ts';

const lost = ['1 disconnected temporaryFailure', '1 idle'];

describe('a session that is resumed', () => {
  it('has lost nothing: no call is ended, then or later', () => {
    const rig = lostWhileTalking();
    rig.clock.advance(AWAY_LONGEST_MS - 1);
    rig.session('resumed');
    rig.clock.advance(UNVERIFIED_LONGEST_MS);
    expect(rig.news()).toEqual([]);
    expect(rig.clock.waiting, 'nothing waits').toBe(0);
    expect(rig.pbx.journals, 'nothing is asked').toEqual([]);
  });

  it('does not vouch for what an earlier loss had left open', () => {
    const rig = backAgain();
    rig.session('waiting');
    rig.session('resumed');
    rig.clock.advance(TALKING_GRACE_MS);
    expect(rig.news()).toEqual(lost);
  });

  it('keeps what the phone was said to do', () => {
    const rig = backAgain();
    rig.phone('anna', 'inCall');
    rig.session('waiting');
    rig.session('resumed');
    rig.clock.advance(TALKING_GRACE_MS);
    expect(rig.news()).toEqual([]);
  });

  it('keeps the pickups on offer and the channels that nobody wants', async () => {
    const rig = AccountRig.online();
    rig.calls.handle({
      type: 'pickupOffered',
      offer: { user: 'anna', target: '371', targetName: 'Bob', caller: party('0991') },
    });
    rig.drop(rig.ring('anna', 'SIP/a-1'));
    await rig.pbx.last.succeed();
    rig.clock.advance(DROP_SETTLE_MS);
    rig.news();
    rig.session('waiting');
    rig.session('resumed');
    rig.report('anna', 'SIP/a-1', 'busy');
    expect(rig.news(), 'hung up before').toEqual([]);
    rig.pickup('anna', '371');
    rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    expect(rig.news(), 'another caller is not the one picked up').toEqual(['3 offering']);
  });

  it('publishes what it would have published without a loss, wherever the loss falls', () => {
    const what = fc.constantFrom('ringing', 'busy', 'held', 'retrieved', 'gone');
    const report = fc.tuple(fc.constantFrom('SIP/a-1', 'SIP/a-2'), what);
    const play = (reports: readonly (readonly [string, string])[], lossAfter: number): string[] => {
      const rig = AccountRig.online();
      reports.forEach(([channel, kind], i) => {
        rig.report('anna', channel, kind, { caller: party('0991') });
        if (i !== lossAfter) return;
        rig.session('waiting');
        rig.clock.advance(AWAY_LONGEST_MS - 1);
        rig.session('resumed');
        rig.clock.advance(TALKING_GRACE_MS);
      });
      return rig.log;
    };
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 12 }), fc.nat({ max: 11 }), (reports, n) => {
        expect(play(reports, n)).toEqual(play(reports, -1));
      }),
    );
  });
});
