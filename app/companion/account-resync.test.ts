import { describe, expect, it } from 'vitest';
import { AccountRig, backAgain, lostWhileTalking, party, user } from '../testing/account-rig.ts';
import { AWAY_LONGEST_MS, RINGING_GRACE_MS, TALKING_GRACE_MS, UNVERIFIED_LONGEST_MS } from './deadlines.ts';

const toBob = { direction: 'outbound', caller: party('370'), called: party('832') } as const;

const lost = ['1 disconnected temporaryFailure', '1 idle'];
const ended = ['1 disconnected normal', '1 idle'];

describe('a new session', () => {
  it('ends a call that nothing is heard of after its grace; an event lets it live', () => {
    const rig = AccountRig.online();
    for (const n of [1, 2, 3]) rig.ring('anna', `SIP/a-${n}`);
    for (const n of [1, 2]) rig.report('anna', `SIP/a-${n}`, 'busy');
    rig.session('waiting');
    rig.clock.advance(20_000);
    rig.session('online');
    rig.news();
    rig.report('anna', 'SIP/a-2', 'held');
    rig.clock.advance(RINGING_GRACE_MS);
    expect(rig.news()).toEqual(['2 onHold', '3 disconnected temporaryFailure', '3 idle']);
    rig.clock.advance(TALKING_GRACE_MS - RINGING_GRACE_MS);
    expect(rig.news()).toEqual(lost);
    rig.clock.advance(UNVERIFIED_LONGEST_MS);
    expect(rig.living.map(({ id }) => id)).toEqual([2]);
  });

  it('ends what its free phone cannot have, at once, and nothing of another phone', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.ring('bob', 'SIP/b-1');
    rig.session('waiting');
    rig.session('online');
    rig.news();
    rig.phone('anna', 'free');
    expect(rig.news()).toEqual(ended);
    expect(rig.living.map(({ id }) => id)).toEqual([2]);
  });

  it('believes the phone also where it is told before the session is there', () => {
    const rig = lostWhileTalking();
    rig.phone('anna', 'free');
    expect(rig.news()).toEqual(ended);
  });

  it('a phone that is free says nothing of a call that was heard of since', () => {
    const rig = backAgain();
    rig.report('anna', 'SIP/a-1', 'held');
    rig.news();
    rig.phone('anna', 'free');
    expect(rig.news()).toEqual([]);
  });

  it('keeps a call while the phone is in one, until it is free', () => {
    const rig = backAgain();
    rig.phone('anna', 'inCall');
    rig.clock.advance(3_600_000);
    expect(rig.news()).toEqual([]);
    rig.phone('anna', 'free');
    expect(rig.news()).toEqual(ended);
  });

  it('a second call that is answered there is what the phone is busy with: the first has its grace', () => {
    const rig = backAgain();
    rig.phone('anna', 'inCall');
    rig.report('anna', 'SIP/a-2', 'ringing', toBob);
    rig.report('anna', 'SIP/a-2', 'busy', toBob);
    rig.news();
    rig.clock.advance(TALKING_GRACE_MS - 1);
    expect(rig.news(), 'it may be on hold').toEqual([]);
    rig.clock.advance(1);
    expect(rig.news()).toEqual(lost);
  });

  it('asks the journal from the oldest call on; what it has is over', async () => {
    const began = new AccountRig().clock.now();
    const rig = backAgain();
    const [asked] = rig.pbx.journals;
    expect(asked).toMatchObject({ user: 'anna' });
    expect(asked?.since).toBeLessThanOrEqual(began);
    await asked?.tell([{ direction: 'inbound', number: '0991', began, lasted: 12_000 }]);
    expect(rig.news()).toEqual(ended);
  });

  it('a journal that does not answer says nothing', async () => {
    const rig = backAgain();
    await rig.pbx.journals[0]?.tell(undefined);
    expect(rig.news()).toEqual([]);
  });

  it('the journal’s event is believed, too; told twice it ends one call, not two of the same number', async () => {
    const rig = AccountRig.online();
    const began = rig.clock.now();
    for (const channel of ['SIP/a-1', 'SIP/a-2']) {
      rig.ring('anna', channel);
      rig.report('anna', channel, 'busy', { caller: party('0991') });
      rig.clock.advance(1_000);
    }
    rig.session('waiting');
    rig.session('online');
    rig.news();
    const entry = { direction: 'inbound', number: '0991', began, lasted: 2_000 } as const;
    rig.ended('anna', entry);
    expect(rig.news()).toEqual(ended);
    await rig.pbx.journals[0]?.tell([entry]);
    expect(rig.news()).toEqual([]);
  });

  it('that begins without a loss told before is one all the same: events were missed', () => {
    const rig = AccountRig.online();
    rig.ring('anna', 'SIP/a-1');
    rig.news();
    rig.session('online');
    rig.clock.advance(RINGING_GRACE_MS);
    expect(rig.news()).toEqual(lost);
  });

  it('a call that began meanwhile is not judged', async () => {
    const rig = lostWhileTalking();
    rig.session('online');
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.report('anna', 'SIP/a-2', 'ringing', toBob);
    rig.news();
    rig.phone('anna', 'free');
    expect(rig.news()).toEqual(ended);
    expect(rig.living.map(({ id }) => id)).toEqual([2]);
  });

  it('a Dial whose channel was not seen ends with the grace of one that rings', async () => {
    const rig = AccountRig.online();
    rig.makeCall('anna', '832');
    await rig.pbx.last.succeed();
    rig.session('waiting');
    rig.session('online');
    rig.news();
    rig.clock.advance(RINGING_GRACE_MS);
    expect(rig.news()).toEqual(lost);
    rig.report('anna', 'SIP/a-1', 'busy', toBob);
    expect(rig.news().at(-1), 'it rings after all: a new call, and nobody hangs it up').toBe('2 connected');
    expect(rig.pbx.told).toEqual(['dial anna 832']);
  });
});

describe('while there is no session', () => {
  it('calls live for the longest time and no longer', () => {
    const rig = lostWhileTalking();
    rig.session('connecting');
    rig.clock.advance(AWAY_LONGEST_MS - 1);
    expect(rig.news()).toEqual([]);
    rig.session('waiting');
    rig.clock.advance(1);
    expect(rig.news()).toEqual(lost);
  });
});

describe('a call that ended here in silence and lives', () => {
  it.each(['while away', 'in the new session'])('comes back as a new one: ended %s', (when) => {
    const rig = lostWhileTalking();
    if (when !== 'while away') rig.session('online');
    rig.clock.advance(AWAY_LONGEST_MS);
    expect(rig.news()).toEqual(lost);
    if (when === 'while away') rig.session('online');
    rig.report('anna', 'SIP/a-1', 'busy', { caller: party('0991') });
    expect(rig.news()).toEqual(['2 offering', '2 connected']);
  });

  it('is not taken for what is dialled now, nor hung up in its place', async () => {
    const rig = AccountRig.online();
    rig.report('anna', 'SIP/a-1', 'busy', toBob);
    rig.session('waiting');
    rig.session('online');
    rig.clock.advance(TALKING_GRACE_MS);
    rig.makeCall('anna', '832').cancel();
    rig.news();
    rig.report('anna', 'SIP/a-1', 'held', toBob);
    expect(rig.news().at(-1)).toBe('3 onHold');
    rig.report('anna', 'SIP/a-2', 'ringing', toBob);
    expect(rig.pbx.told, 'the one that was dialled is').toEqual(['dial anna 832', 'hangup anna SIP/a-2']);
  });

  it('says nothing by its end', () => {
    const rig = backAgain();
    rig.clock.advance(TALKING_GRACE_MS);
    rig.news();
    rig.report('anna', 'SIP/a-1', 'gone');
    expect(rig.news()).toEqual([]);
  });
});

describe('a channel name that a restarted PBX uses again', () => {
  it.each([
    ['rings again', 'ringing', { caller: party('0777') }, ['2 offering']],
    ['goes the other way', 'busy', toBob, ['2 dialtone', '2 dialing', '2 proceeding', '2 connected']],
  ] as const)('and %s is another call: the one before is over', (_, what, said, states) => {
    const rig = backAgain();
    rig.report('anna', 'SIP/a-1', what, said);
    expect(rig.news()).toEqual([...ended, ...states]);
  });

  it('in one session it is the same call', () => {
    const rig = AccountRig.online();
    rig.report('anna', 'SIP/a-1', 'busy');
    rig.news();
    rig.report('anna', 'SIP/a-1', 'ringing');
    expect(rig.news()).toEqual([]);
  });
});

describe('a drop of an unverified call', () => {
  it('whose channel the PBX does not know ends it', async () => {
    const rig = backAgain();
    rig.drop(1);
    await rig.pbx.last.fail('refused');
    expect(rig.news()).toEqual(['drop 1 ok', ...ended]);
  });

  it('fails while there is no session, and the call stays', async () => {
    const rig = lostWhileTalking();
    rig.drop(1);
    await rig.pbx.last.fail('offline');
    expect(rig.news()).toEqual(['drop 1 resourceUnavailable']);
  });
});

describe('where an Answer names the phone', () => {
  it('a call that only seems to ring takes the Answer away until it is over', () => {
    const anna = user('anna', '370', ['dial', 'answer', 'hangup', 'pickup'], 'phone');
    const rig = AccountRig.online([anna]);
    rig.ring('anna', 'SIP/a-1');
    rig.session('waiting');
    rig.session('online');
    rig.ring('anna', 'SIP/a-2', { caller: party('0777') });
    rig.answer(2);
    expect(rig.answers).toEqual(['answer 2 invalidCallState']);
    rig.clock.advance(RINGING_GRACE_MS);
    rig.answer(2);
    expect(rig.pbx.told).toEqual(['answer anna SIP/a-2']);
  });
});

describe('a PBX that lists what lives', () => {
  it('ends at once what it does not list, and vouches for what it does', () => {
    const rig = lostWhileTalking();
    rig.session('online');
    rig.listed('anna', 'SIP/a-9');
    expect(rig.news()).toEqual(['1 disconnected normal', '1 idle']);

    const other = backAgain();
    other.listed('anna', 'SIP/a-1');
    expect(other.news()).toEqual([]);
    expect(other.clock.waiting, 'nothing is left to be judged').toBe(0);
    other.clock.advance(TALKING_GRACE_MS);
    expect(other.living).toHaveLength(1);
  });

  it('says nothing about other users, nor about calls that were not in doubt', () => {
    const rig = lostWhileTalking();
    rig.session('online');
    const id = rig.ring('bob', 'SIP/b-1');
    rig.news();
    rig.listed('bob');
    expect(rig.news()).toEqual([]);
    expect(rig.living.map((call) => call.id)).toEqual([1, id]);
  });
});
