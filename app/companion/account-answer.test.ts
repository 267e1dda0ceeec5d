import { describe, expect, it } from 'vitest';
import { features } from '../calls/features.ts';
import { AccountRig, party, user } from '../testing/account-rig.ts';

const everything = ['dial', 'answer', 'hangup', 'pickup'] as const;

/** Two users whose phones take what they like when they are told to answer. */
const byPhone = (): AccountRig =>
  AccountRig.online(['anna', 'bob'].map((name, i) => user(name, `37${i}`, everything, 'phone')));

/** The calls that are offered an Answer by what was published last of each. */
function answerable(rig: AccountRig): number[] {
  const newest = new Map(rig.published.map((call) => [call.id, call]));
  return [...newest.values()].filter((call) => features(call).has('answer')).map(({ id }) => id);
}

describe('where an Answer names the phone', () => {
  it('nobody can answer one of two ringing calls: the phone would take the one it likes', () => {
    const rig = byPhone();
    const older = rig.ring('anna', 'SIP/a-1');
    expect(answerable(rig)).toEqual([older]);
    const newer = rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    expect(answerable(rig)).toEqual([]);
    rig.news();
    rig.answer(newer);
    rig.answer(older);
    expect(rig.news()).toEqual([`answer ${newer} invalidCallState`, `answer ${older} invalidCallState`]);
    expect(rig.pbx.told).toEqual([]);
  });

  it.each(['gone', 'busy'])('the other one gets it back in the instant the first is %s', (what) => {
    const rig = byPhone();
    const older = rig.ring('anna', 'SIP/a-1');
    const newer = rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    rig.report('anna', 'SIP/a-1', what);
    expect(answerable(rig)).toEqual([newer]);
    rig.answer(newer);
    expect(rig.pbx.told).toEqual(['answer anna SIP/a-2']);
    expect(rig.published.filter(({ id }) => id === older)).not.toHaveLength(1);
  });

  it('what is offered changes as a new state of the call, once each', () => {
    const rig = byPhone();
    rig.ring('anna', 'SIP/a-1');
    rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    rig.report('anna', 'SIP/a-2', 'ringing', { caller: party('0777') });
    expect(rig.news()).toEqual(['1 offering', '1 offering', '2 offering']);
    rig.ring('anna', 'SIP/a-3', { caller: party('0666') });
    expect(rig.news(), 'the two have lost it already').toEqual(['3 offering']);
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news(), 'two still ring').toEqual(['1 disconnected normal', '1 idle']);
    rig.report('anna', 'SIP/a-2', 'gone');
    expect(rig.news()).toEqual(['2 disconnected normal', '2 idle', '3 offering']);
  });

  it('a new call never has it while another rings, not even for a moment', () => {
    const rig = byPhone();
    rig.ring('anna', 'SIP/a-1');
    const newer = rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    const offers = rig.published.filter(({ id }) => id === newer).map((call) => features(call).has('answer'));
    expect(offers).toEqual([false]);
  });

  it('calls that do not ring, and calls of another phone, take nothing away', () => {
    const rig = byPhone();
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.report('anna', 'SIP/a-2', 'ringing', { direction: 'outbound', called: party('832') });
    rig.ring('bob', 'SIP/b-1');
    const ringing = rig.ring('anna', 'SIP/a-3');
    expect(answerable(rig)).toEqual([ringing - 1, ringing]);
  });

  it('it can still be dropped', () => {
    const rig = byPhone();
    rig.ring('anna', 'SIP/a-1');
    rig.drop(rig.ring('anna', 'SIP/a-2', { caller: party('0777') }));
    expect(rig.pbx.told).toEqual(['hangup anna SIP/a-2']);
  });
});

describe('where an Answer names the channel', () => {
  it('each of two ringing calls can be answered', () => {
    const rig = AccountRig.online();
    const older = rig.ring('anna', 'SIP/a-1');
    const newer = rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    expect(answerable(rig)).toEqual([older, newer]);
    rig.answer(newer);
    expect(rig.pbx.told).toEqual(['answer anna SIP/a-2']);
    expect(rig.news()).toEqual(['1 offering', '2 offering']);
  });
});
